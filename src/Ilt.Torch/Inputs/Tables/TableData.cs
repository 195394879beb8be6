using System.Security.Cryptography;

namespace Ilt.Torch;

/// <summary>A table in memory: one feature vector per row, and per task one label per row.</summary>
public sealed class TableData : TrainingData
{
    /// <summary>Makes a table over arrays, which are kept, not copied.</summary>
    /// <param name="features">[rows x featureCount], row-major, finite.</param>
    /// <param name="featureCount">Numbers per row, at least 1.</param>
    /// <param name="labels">One per task, in the order of the tasks, each with as many entries as there are rows.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a feature is NaN or infinite.</exception>
    public TableData(float[] features, int featureCount, IReadOnlyList<TaskLabels> labels)
        : base(RowsOf(features, featureCount), new InputShape(featureCount), labels)
    {
        Features = features;
        for (var i = 0; i < features.Length; i++)
            if (!float.IsFinite(features[i]))
                throw new ArgumentException($"Feature {i % featureCount} of data row {i / featureCount + 1} is {features[i]}; features must be finite. Replace missing values first.", nameof(features));
    }

    /// <summary>[rows x <see cref="FeatureCount"/>], row-major.</summary>
    public float[] Features { get; }

    /// <summary>Numbers per row.</summary>
    public int FeatureCount => Input.Channels;

    /// <inheritdoc/>
    public override void ReadInputs(ReadOnlySpan<int> rows, Span<float> destination)
    {
        for (var i = 0; i < rows.Length; i++)
            Features.AsSpan(rows[i] * FeatureCount, FeatureCount).CopyTo(destination[(i * FeatureCount)..]);
    }

    /// <summary>A new table of the given rows, in the given order.</summary>
    public override TableData Subset(ReadOnlySpan<int> rows)
    {
        var features = new float[rows.Length * FeatureCount];
        ReadInputs(rows, features);
        return new TableData(features, FeatureCount, LabelsOf(rows)) { KnownRight = KnownRightOf(rows) };
    }

    internal override TableData WithLabels(IReadOnlyList<TaskLabels> labels) => new(Features, FeatureCount, labels);

    internal override void AppendInputs(IncrementalHash hash) => hash.Append<float>(Features);

    internal override IBatches OpenBatches(BatchOptions options) => new TableBatches(this, options);

    private static int RowsOf(float[] features, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (features.Length % featureCount != 0)
            throw new ArgumentException($"{features.Length} numbers are no whole number of rows of {featureCount} features.", nameof(features));
        return features.Length / featureCount;
    }
}
