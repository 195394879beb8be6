using System.Runtime.InteropServices;
using Ilt.Corruption;
using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Which rows are hit and what their labels become. Holds the changed rows only.</summary>
internal sealed class CorruptionPlan
{
    private readonly Dictionary<int, int>? byPosition;
    private readonly Dictionary<string, int>? byId;
    private readonly byte[] fingerprint;

    /// <param name="changed">The new labels of the changed rows.</param>
    /// <param name="rows">The changed rows.</param>
    /// <param name="values">All labels as they are.</param>
    private CorruptionPlan(TaskLabels changed, IReadOnlyList<int> rows, LabelValues values)
    {
        Changed = changed;
        if (values.Ids is null)
        {
            byPosition = Enumerable.Range(0, rows.Count).ToDictionary(i => rows[i]);
            fingerprint = LabelColumn.Fingerprint(values.Labels);
            return;
        }
        var index = new InstanceIndex(values.Ids); // refuses two rows of one id
        byId = Enumerable.Range(0, rows.Count).ToDictionary(i => index[rows[i]], StringComparer.Ordinal);
        fingerprint = [];
    }

    /// <summary>The new labels of the changed rows.</summary>
    public TaskLabels Changed { get; }

    public int Count => Changed.Count;

    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    public static CorruptionPlan Make(LabelCorruption corruption, LabelValues values)
    {
        bool[] wrong;
        TaskLabels after;
        if (values.Labels is ClassLabels classLabels)
        {
            var classes = classLabels.Classes.ToArray();
            wrong = corruption.CorruptClasses(classes, values.Size);
            after = new ClassLabels(classes);
        }
        else
        {
            var given = (NumberLabels)values.Labels;
            var numbers = given.Values.ToArray();
            wrong = corruption.CorruptNumbers(numbers, given.Dimensions);
            after = new NumberLabels(numbers, given.Dimensions);
        }
        var rows = Enumerable.Range(0, wrong.Length).Where(row => wrong[row]).ToArray();
        var changed = new TableData(new float[wrong.Length], 1, [after]).Subset(rows).Labels[0];
        return new CorruptionPlan(changed, rows, values);
    }

    /// <param name="corruption">What to do.</param>
    /// <param name="values">The masks as they are.</param>
    /// <param name="stores">Where the changed masks go; they live as long as the plan.</param>
    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    public static CorruptionPlan Make(MaskCorruption corruption, LabelValues values, PixelStores stores)
    {
        var masks = (MaskLabels)values.Labels;
        var (changed, rows, buffer) = (stores.Create(masks.Size.PixelCount), new List<int>(), new byte[masks.Size.PixelCount]);
        corruption.Corrupt(
            Labelled(masks),
            masks.Size.Height,
            masks.Size.Width,
            values.Size,
            row =>
            {
                masks.Read(row, buffer);
                return buffer;
            },
            (row, _, after) =>
            {
                changed.Append(after);
                rows.Add(row);
            });
        return new CorruptionPlan(new MaskLabels(changed, masks.Size), rows, values);
    }

    /// <param name="corruption">What to do.</param>
    /// <param name="values">The maps as they are.</param>
    /// <param name="stores">Where the changed maps go; they live as long as the plan.</param>
    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    public static CorruptionPlan Make(MapCorruption corruption, LabelValues values, PixelStores stores)
    {
        var maps = (MapLabels)values.Labels;
        var (changed, rows, buffer) = (stores.Create(maps.Size.PixelCount * sizeof(float)), new List<int>(), new float[maps.Size.PixelCount]);
        corruption.Corrupt(
            Labelled(maps),
            row =>
            {
                maps.Read(row, buffer);
                return buffer;
            },
            (row, _, after) =>
            {
                changed.Append(MemoryMarshal.AsBytes<float>(after));
                rows.Add(row);
            });
        return new CorruptionPlan(new MapLabels(changed, maps.Size), rows, values);
    }

    /// <summary>Whether labels with this fingerprint are those of the fitted data.</summary>
    public bool Recognises(byte[] other) => fingerprint.AsSpan().SequenceEqual(other);

    /// <summary>The index in <see cref="Changed"/> of the row at this position; -1 where it is not changed.</summary>
    public int Find(long position) => byPosition!.TryGetValue((int)position, out var found) ? found : -1;

    /// <summary>The index in <see cref="Changed"/> of the row with this id; -1 where it is not changed.</summary>
    public int Find(string? id) => id is not null && byId!.TryGetValue(id, out var found) ? found : -1;

    private static bool[] Labelled(TaskLabels labels) => [.. Enumerable.Range(0, labels.Count).Select(labels.IsLabelled)];
}
