using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>How labels are made wrong: what <see cref="LabelCorruptionEstimator"/> asks.</summary>
internal abstract partial class TaskBinding
{
    /// <summary>What a corrupted column holds, in messages; not used where labels cannot be corrupted.</summary>
    public virtual string Noun => throw Cannot("get corrupted");

    /// <summary>The columns whose labels can be corrupted, in messages.</summary>
    public virtual string ExpectedForCorruption => Expected;

    /// <summary>Whether the options say how such labels are made wrong.</summary>
    public virtual bool IsCorruptedBy(LabelCorruptionEstimator.Options options) => false;

    /// <summary>Whether the labels of a column of this shape can be made wrong.</summary>
    public virtual bool FitsCorruption(SchemaShape.Column column) => Fits(column);

    /// <summary>Whether such labels can be made wrong in this way.</summary>
    public virtual bool Takes(LabelCorruptionKind kind) => throw Cannot($"get corrupted by {kind}");

    /// <summary>Makes labels wrong.</summary>
    /// <param name="options">How.</param>
    /// <param name="values">All labels as they are.</param>
    /// <param name="stores">Where changed label images go; they live as long as the plan.</param>
    public virtual ChangedLabels Corrupt(LabelCorruptionEstimator.Options options, LabelValues values, PixelStores stores)
        => throw Cannot("get corrupted");

    /// <summary>A getter that gives changed labels in place of the column's own.</summary>
    /// <param name="row">A row or cursor in which the column is active.</param>
    /// <param name="column">The label column.</param>
    /// <param name="changed">The changed labels.</param>
    /// <param name="find">Where in them the current row's label stands; -1 where it is not changed.</param>
    public virtual Delegate CorruptedGetter(DataViewRow row, DataViewSchema.Column column, TaskLabels changed, Func<int> find)
        => throw Cannot("get corrupted");

    /// <summary>A hash of all labels: equal labels in equal order, and nothing else, give equal hashes.</summary>
    public virtual byte[] Fingerprint(TaskLabels labels) => throw Cannot("have a fingerprint");

    /// <summary>The size of label images; 0 x 0 for other labels.</summary>
    public virtual ImageSize ImageSizeOf(TaskLabels labels) => default;

    /// <summary>The labels of the rows that were made wrong, which the flags tell.</summary>
    protected static ChangedLabels Changed(TaskLabels after, bool[] wrong)
    {
        var rows = Enumerable.Range(0, wrong.Length).Where(row => wrong[row]).ToArray();
        return new ChangedLabels(new TableData(new float[wrong.Length], 1, [after]).Subset(rows).Labels[0], rows);
    }

    protected static bool[] Labelled(TaskLabels labels) => [.. Enumerable.Range(0, labels.Count).Select(labels.IsLabelled)];

    protected static ValueGetter<T> Replace<T>(DataViewRow row, DataViewSchema.Column column, Func<int> find, Replacement<T> replace)
    {
        var original = row.GetGetter<T>(column);
        return (ref T value) =>
        {
            var changed = find();
            if (changed >= 0) replace(changed, ref value);
            else original(ref value);
        };
    }

    protected delegate void Replacement<T>(int changed, ref T value);
}

/// <summary>Labels that were made wrong.</summary>
/// <param name="Labels">The new labels, of the changed rows only.</param>
/// <param name="Rows">The changed rows, in that order.</param>
internal sealed record ChangedLabels(TaskLabels Labels, IReadOnlyList<int> Rows);
