namespace Ilt.Auditing;

/// <summary>What is known of the rows and their labels: what the checks of the data look at. Not for several threads at once.</summary>
public sealed class DataEvidence
{
    private RowGeometry? geometry;

    /// <summary>Rows, labelled or not, in the order of the file.</summary>
    public required int RowCount { get; init; }

    /// <summary>What is known of each task; by default there are none.</summary>
    public IReadOnlyList<TaskEvidence> Tasks { get; init; } = [];

    /// <summary>[rows x D] the features as numbers in any units; NaN where a value is missing. Null: there are none, as of images.</summary>
    public float[]? Features { get; init; }

    /// <summary>[D] the features' names, for messages; null: they are numbered.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>[rows x E] where a trained network sees the rows (<see cref="Ilt.Torch.MultiTaskModel.Embed"/>); null: there is none.</summary>
    public float[]? Embedding { get; init; }

    /// <summary>[rows] a hash of each row's input, of 64 good bits: rows of equal hashes are taken for equal. Null: rows are equal where all their features are.</summary>
    public ulong[]? InputHashes { get; init; }

    /// <summary>By task, the classes' names, for messages; classes of other tasks are numbered.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ClassNames { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Seed of everything random. The default is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Features per row; 0 where there are none.</summary>
    public int FeatureCount => Features is null || RowCount == 0 ? 0 : Features.Length / RowCount;

    /// <summary>Which rows are equal and which are near each other, computed when it is first asked for.</summary>
    internal RowGeometry Geometry => geometry ??= new RowGeometry(this);

    internal string FeatureName(int feature) => FeatureNames is { } names ? $"'{names[feature]}'" : Words.Text($"number {feature} (from 0)");

    internal string ClassName(string task, int label) =>
        ClassNames.TryGetValue(task, out var names) && label < names.Count ? $"'{names[label]}'" : Words.Text($"{label}");

    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    internal void Check()
    {
        if (RowCount < 0) throw new ArgumentException($"{nameof(RowCount)} must not be negative, found {RowCount}.");
        RequireWholeRows(Features, nameof(Features));
        RequireWholeRows(Embedding, nameof(Embedding));
        if (FeatureNames is { } names && FeatureCount > 0 && names.Count != FeatureCount)
            throw new ArgumentException($"There are {FeatureCount} features, but {names.Count} names of features.");
        if (InputHashes is { } hashes && hashes.Length != RowCount) throw new ArgumentException($"There are {RowCount} rows, but {hashes.Length} hashes of inputs.");
        foreach (var task in Tasks)
        {
            var given = task.Form == LabelForm.Numbers ? RowCount * task.Columns : RowCount;
            if (task.Scores.Length != RowCount || task.Given.Length != given)
                throw new ArgumentException($"Task '{task.Task}' has {task.Scores.Length} scores and {task.Given.Length} labels; {RowCount} and {given} were expected for {RowCount} rows.");
            if (task.OutOfFold is { } predictions && task.Form != LabelForm.Images && predictions.Length != RowCount * task.Columns)
                throw new ArgumentException($"Task '{task.Task}' has {predictions.Length} out-of-fold predictions; {RowCount * task.Columns} were expected for {RowCount} rows.");
        }
    }

    private void RequireWholeRows(float[]? values, string name)
    {
        if (values is not null && (RowCount == 0 ? values.Length > 0 : values.Length % RowCount != 0))
            throw new ArgumentException($"{name} has {values.Length} numbers, which are no whole number for each of {RowCount} rows.");
    }
}
