using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Which rows are hit and what their labels become. Holds the changed rows only.</summary>
internal sealed class CorruptionPlan
{
    private readonly Dictionary<int, int>? byPosition;
    private readonly Dictionary<string, int>? byId;
    private readonly byte[] fingerprint;

    /// <param name="binding">What the labels are.</param>
    /// <param name="changed">The changed rows with their new labels.</param>
    /// <param name="values">All labels as they are.</param>
    private CorruptionPlan(TaskBinding binding, ChangedLabels changed, LabelValues values)
    {
        Changed = changed.Labels;
        var rows = changed.Rows;
        if (values.Ids is null)
        {
            byPosition = Enumerable.Range(0, rows.Count).ToDictionary(i => rows[i]);
            fingerprint = binding.Fingerprint(values.Labels);
            return;
        }
        var index = new InstanceIndex(values.Ids); // refuses two rows of one id
        byId = Enumerable.Range(0, rows.Count).ToDictionary(i => index[rows[i]], StringComparer.Ordinal);
        fingerprint = [];
    }

    /// <summary>The new labels of the changed rows.</summary>
    public TaskLabels Changed { get; }

    public int Count => Changed.Count;

    /// <param name="options">What to do.</param>
    /// <param name="binding">What the labels are.</param>
    /// <param name="values">The labels as they are.</param>
    /// <param name="stores">Where changed label images go; they live as long as the plan.</param>
    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    public static CorruptionPlan Make(LabelCorruptionEstimator.Options options, TaskBinding binding, LabelValues values, PixelStores stores)
        => new(binding, binding.Corrupt(options, values, stores), values);

    /// <summary>Whether labels with this fingerprint are those of the fitted data.</summary>
    public bool Recognises(byte[] other) => fingerprint.AsSpan().SequenceEqual(other);

    /// <summary>The index in <see cref="Changed"/> of the row at this position; -1 where it is not changed.</summary>
    public int Find(long position) => byPosition!.TryGetValue((int)position, out var found) ? found : -1;

    /// <summary>The index in <see cref="Changed"/> of the row with this id; -1 where it is not changed.</summary>
    public int Find(string? id) => id is not null && byId!.TryGetValue(id, out var found) ? found : -1;
}
