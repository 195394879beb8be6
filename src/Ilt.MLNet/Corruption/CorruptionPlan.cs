using System.Runtime.InteropServices;
using System.Security.Cryptography;
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

    private CorruptionPlan(TaskLabels changed, Dictionary<int, int>? byPosition, Dictionary<string, int>? byId, byte[] fingerprint)
    {
        Changed = changed;
        this.byPosition = byPosition;
        this.byId = byId;
        this.fingerprint = fingerprint;
    }

    /// <summary>The new labels of the changed rows.</summary>
    public TaskLabels Changed { get; }

    public int Count => Changed.Count;

    /// <param name="corruption">What to do.</param>
    /// <param name="labels">The labels as they are.</param>
    /// <param name="classCount">Number of classes; not used for numbers.</param>
    /// <param name="index">Names of the rows, or null.</param>
    public static CorruptionPlan Make(LabelCorruption corruption, TaskLabels labels, int classCount, InstanceIndex? index)
    {
        var (mask, after) = labels is ClassLabels classes ? Corrupt(corruption, classes, classCount) : Corrupt(corruption, (NumberLabels)labels);
        var rows = Enumerable.Range(0, mask.Length).Where(row => mask[row]).ToArray();
        var changed = new TableData(new float[mask.Length], 1, [after]).Subset(rows).Labels[0];
        return index is null
            ? new CorruptionPlan(changed, Enumerable.Range(0, rows.Length).ToDictionary(i => rows[i]), null, Fingerprint(labels))
            : new CorruptionPlan(changed, null, Enumerable.Range(0, rows.Length).ToDictionary(i => index[rows[i]], StringComparer.Ordinal), []);
    }

    /// <summary>Whether these labels are those of the fitted data.</summary>
    public bool Recognises(TaskLabels labels) => fingerprint.AsSpan().SequenceEqual(Fingerprint(labels));

    /// <summary>The index in <see cref="Changed"/> of the row at this position; -1 where it is not changed.</summary>
    public int Find(long position) => byPosition!.TryGetValue((int)position, out var found) ? found : -1;

    /// <summary>The index in <see cref="Changed"/> of the row with this id; -1 where it is not changed.</summary>
    public int Find(string? id) => id is not null && byId!.TryGetValue(id, out var found) ? found : -1;

    private static (bool[] Mask, TaskLabels After) Corrupt(LabelCorruption corruption, ClassLabels labels, int classCount)
    {
        var classes = labels.Classes.ToArray();
        return (corruption.CorruptClasses(classes, classCount), new ClassLabels(classes));
    }

    private static (bool[] Mask, TaskLabels After) Corrupt(LabelCorruption corruption, NumberLabels labels)
    {
        var numbers = labels.Values.ToArray();
        return (corruption.CorruptNumbers(numbers, labels.Dimensions), new NumberLabels(numbers, labels.Dimensions));
    }

    // Equal labels in equal order, and nothing else, give equal hashes; the number of rows is in the number of bytes.
    private static byte[] Fingerprint(TaskLabels labels) => SHA256.HashData(labels is ClassLabels classes
        ? MemoryMarshal.AsBytes(classes.Classes)
        : MemoryMarshal.AsBytes(((NumberLabels)labels).Values));
}
