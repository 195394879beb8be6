using System.Security.Cryptography;

namespace Ilt.Torch;

/// <summary>Rows to train on or to measure: inputs for the network, and per task one label per row.</summary>
public abstract class TrainingData
{
    private protected TrainingData(int rowCount, InputShape input, IReadOnlyList<TaskLabels> labels)
    {
        for (var k = 0; k < labels.Count; k++)
            if (labels[k].Count != rowCount)
                throw new ArgumentException($"Task {k} has {labels[k].Count} label entries; there are {rowCount} rows.", nameof(labels));
        RowCount = rowCount;
        Input = input;
        Labels = labels;
    }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Shape of one row's input.</summary>
    public InputShape Input { get; }

    /// <summary>One entry per task.</summary>
    public IReadOnlyList<TaskLabels> Labels { get; }

    /// <summary>
    /// Per task the rows whose label is known to be right, since a person has looked at it: what a training learns of single rows (log-variances, temperatures) it does
    /// not learn of these, which weigh as a typical row does. The default is null: none; so is the entry of a task of which nothing is known.
    /// </summary>
    /// <exception cref="ArgumentException">There is not one entry per task, or one has not as many values as there are rows.</exception>
    public IReadOnlyList<bool[]?>? KnownRight
    {
        get => knownRight;
        init
        {
            if (value is not null && (value.Count != Labels.Count || value.Any(of => of is not null && of.Length != RowCount)))
                throw new ArgumentException($"{nameof(KnownRight)} must have an entry for each of {Labels.Count} task(s), null or of {RowCount} rows.", nameof(value));
            knownRight = value is not null && value.Any(of => of is not null && of.Contains(true)) ? value : null;
        }
    }

    private readonly IReadOnlyList<bool[]?>? knownRight;

    /// <summary>Copies the inputs of rows, unscaled: [rows x <see cref="InputShape.Size"/>], an image as channels, lines, columns of 0 .. 255.</summary>
    /// <param name="rows">Rows, from 0.</param>
    /// <param name="destination">Room for the inputs of all of them.</param>
    public abstract void ReadInputs(ReadOnlySpan<int> rows, Span<float> destination);

    /// <summary>The given rows, in the given order.</summary>
    public abstract TrainingData Subset(ReadOnlySpan<int> rows);

    /// <summary>The same rows with other labels, of as many tasks as there are now or of others; nothing is known of these.</summary>
    internal abstract TrainingData WithLabels(IReadOnlyList<TaskLabels> labels);

    /// <summary>Adds all inputs to a hash.</summary>
    internal abstract void AppendInputs(IncrementalHash hash);

    /// <summary>The scale on which the network sees the inputs; null where they are taken as they are.</summary>
    internal virtual InputScaling? FitInputScaling() => null;

    /// <summary>Which rows go into which batch; batches of <see cref="OpenBatches"/> may rely on it.</summary>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="seed">Seed of the run.</param>
    internal virtual BatchOrder OrderOf(int batchSize, int seed) => new(RowCount, batchSize, seed);

    /// <summary>What the order of the rows depends on beside the seed, in words; null: nothing.</summary>
    internal virtual string? OrderInWords => null;

    /// <summary>Some rows, in the order in which a subset of them is best read: the one given, unless that costs.</summary>
    internal virtual int[] InReadingOrder(int[] rows) => rows;

    /// <summary>Opens the batches of a training; the caller disposes them.</summary>
    internal abstract IBatches OpenBatches(BatchOptions options);

    private protected IReadOnlyList<bool[]?>? KnownRightOf(ReadOnlySpan<int> rows)
    {
        if (KnownRight is null) return null;
        var chosen = new bool[KnownRight.Count][];
        for (var k = 0; k < chosen.Length; k++)
        {
            if (KnownRight[k] is not { } known) continue;
            chosen[k] = new bool[rows.Length];
            for (var i = 0; i < rows.Length; i++) chosen[k][i] = known[rows[i]];
        }
        return chosen;
    }

    private protected TaskLabels[] LabelsOf(ReadOnlySpan<int> rows)
    {
        var labels = new TaskLabels[Labels.Count];
        for (var k = 0; k < labels.Length; k++) labels[k] = Labels[k].Subset(rows);
        return labels;
    }
}
