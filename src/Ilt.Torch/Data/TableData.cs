namespace Ilt.Torch;

/// <summary>A table in memory: one feature vector per row, and per task one label per row.</summary>
public sealed class TableData
{
    /// <summary>Makes a table over arrays, which are kept, not copied.</summary>
    /// <param name="features">[rows x featureCount], row-major, finite.</param>
    /// <param name="featureCount">Numbers per row, at least 1.</param>
    /// <param name="labels">One per task, in the order of the tasks, each with as many entries as there are rows.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a feature is NaN or infinite.</exception>
    public TableData(float[] features, int featureCount, IReadOnlyList<TaskLabels> labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (features.Length % featureCount != 0)
            throw new ArgumentException($"{features.Length} numbers are no whole number of rows of {featureCount} features.", nameof(features));
        Features = features;
        FeatureCount = featureCount;
        Labels = labels;
        RowCount = features.Length / featureCount;
        for (var k = 0; k < labels.Count; k++)
            if (labels[k].Count != RowCount)
                throw new ArgumentException($"Task {k} has {labels[k].Count} label entries; the table has {RowCount} rows.", nameof(labels));
        for (var i = 0; i < features.Length; i++)
            if (!float.IsFinite(features[i]))
                throw new ArgumentException($"Feature {i % featureCount} of data row {i / featureCount + 1} is {features[i]}; features must be finite. Replace missing values first.", nameof(features));
    }

    /// <summary>[rows x <see cref="FeatureCount"/>], row-major.</summary>
    public float[] Features { get; }

    /// <summary>Numbers per row.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>One entry per task.</summary>
    public IReadOnlyList<TaskLabels> Labels { get; }

    /// <summary>The features of the given rows, row-major.</summary>
    public float[] FeaturesOf(ReadOnlySpan<int> rows)
    {
        var gathered = new float[rows.Length * FeatureCount];
        for (var i = 0; i < rows.Length; i++)
            Features.AsSpan(rows[i] * FeatureCount, FeatureCount).CopyTo(gathered.AsSpan(i * FeatureCount));
        return gathered;
    }

    /// <summary>A new table of the given rows, in the given order.</summary>
    public TableData Subset(ReadOnlySpan<int> rows)
    {
        var labels = new TaskLabels[Labels.Count];
        for (var k = 0; k < labels.Length; k++)
        {
            if (Labels[k] is ClassLabels classes)
            {
                var chosen = new int[rows.Length];
                for (var i = 0; i < rows.Length; i++) chosen[i] = classes.Classes[rows[i]];
                labels[k] = new ClassLabels(chosen);
            }
            else
            {
                var numbers = (NumberLabels)Labels[k];
                var chosen = new float[rows.Length * numbers.Dimensions];
                for (var i = 0; i < rows.Length; i++) numbers[rows[i]].CopyTo(chosen.AsSpan(i * numbers.Dimensions));
                labels[k] = new NumberLabels(chosen, numbers.Dimensions);
            }
        }
        return new TableData(FeaturesOf(rows), FeatureCount, labels);
    }
}
