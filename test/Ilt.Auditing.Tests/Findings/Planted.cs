using Ilt.Corruption;

namespace Ilt.Auditing.Tests.Findings;

/// <summary>Clean seeded data in which tests plant what they look for: normal features, three classes and a number that models know well.</summary>
internal sealed class Planted
{
    private readonly SeededGenerator random;

    public Planted(int rows = 300, int features = 4, int seed = 1)
    {
        random = new SeededGenerator(seed);
        (Rows, FeatureCount) = (rows, features);
        Features = Draw(rows * features);
        Embedding = new float[rows * 3];
        for (var row = 0; row < rows; row++) // a smooth function of the features, as a trunk is
            for (var e = 0; e < 3; e++)
                Embedding[(row * 3) + e] = MathF.Tanh(Features[row * features] + (e * Features[(row * features) + 1])) + Features[(row * features) + ((e + 1) % features)];
        Classes = [.. Enumerable.Range(0, rows).Select(_ => (float)random.NextInt(3))];
        Numbers = Draw(rows);
        (ClassScores, NumberScores) = (Draw(rows), Draw(rows));
        Probabilities = new float[rows * 3];
        for (var row = 0; row < rows; row++)
            for (var k = 0; k < 3; k++) Probabilities[(row * 3) + k] = k == (int)Classes[row] ? 0.8f : 0.1f;
        Predicted = [.. Numbers.Select(number => number + (0.1f * (float)random.NextGaussian()))];
    }

    public int Rows { get; }

    public int FeatureCount { get; }

    public float[] Features { get; set; }

    public float[]? Embedding { get; set; }

    public float[] Classes { get; }

    public float[] Numbers { get; }

    public float[] Probabilities { get; }

    public float[]? Predicted { get; set; }

    public float[] ClassScores { get; }

    public float[] NumberScores { get; }

    public IReadOnlyList<string>? Names { get; init; }

    public float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    /// <summary>Makes the input of a row that of another, moved in every feature.</summary>
    public void Copy(int from, int to, float move = 0)
    {
        for (var d = 0; d < FeatureCount; d++) Features[(to * FeatureCount) + d] = Features[(from * FeatureCount) + d] + move;
        if (Embedding is null) return;
        for (var e = 0; e < 3; e++) Embedding[(to * 3) + e] = Embedding[(from * 3) + e] + move;
    }

    public void SetFeature(int feature, Func<int, float> value)
    {
        for (var row = 0; row < Rows; row++) Features[(row * FeatureCount) + feature] = value(row);
    }

    public DataEvidence Evidence(int seed = 1) => new()
    {
        RowCount = Rows, Features = Features, Embedding = Embedding, FeatureNames = Names, Seed = seed,
        ClassNames = new Dictionary<string, IReadOnlyList<string>> { ["kind"] = ["ant", "bee", "cat"] },
        Tasks =
        [
            new() { Task = "kind", Form = LabelForm.Classes, Columns = 3, Given = Classes, Scores = ClassScores, OutOfFold = Probabilities },
            new() { Task = "weight", Form = LabelForm.Numbers, Columns = 1, Given = Numbers, Scores = NumberScores, OutOfFold = Predicted },
        ],
    };

    public IReadOnlyList<Finding> Find(int seed = 1) => DataAudit.Find(Evidence(seed));

    public Finding? Find(string kind, string? task) => Find().SingleOrDefault(finding => finding.Kind == kind && finding.Task == task);
}
