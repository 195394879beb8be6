namespace Ilt.Torch.Tests;

/// <summary>Small seeded tables whose labels follow from the features, so that learning and detection can be checked.</summary>
internal static class TestTables
{
    public static readonly TaskDefinition[] ClassAndNumber = [new ClassificationTask("class", 3), new RegressionTask("number")];

    /// <summary>Three classes by angle of the first two features, and a number 1000 + 50 (x0 + x1 x2).</summary>
    public static (float[] Features, int[] Classes, float[] Numbers) Make(int rows, int seed, int featureCount = 4)
    {
        var random = new Random(seed);
        var features = new float[rows * featureCount];
        var classes = new int[rows];
        var numbers = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            for (var d = 0; d < featureCount; d++) features[row * featureCount + d] = (float)Normal(random);
            var x = features.AsSpan(row * featureCount, featureCount);
            classes[row] = (int)((Math.Atan2(x[1], x[0]) + Math.PI) / (2 * Math.PI) * 2.9999);
            numbers[row] = 1000 + 50 * (x[0] + x[1] * x[2]);
        }
        return (features, classes, numbers);
    }

    public static TableData Table(int rows, int seed)
    {
        var (features, classes, numbers) = Make(rows, seed);
        return new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
    }

    /// <summary>The same rows in a scratch file.</summary>
    public static StreamedTable Streamed(TableData table, int rowsPerShard, int shardsAtOnce) => new(FileOf(table), null, table.Labels, rowsPerShard, shardsAtOnce);

    public static FeatureFile FileOf(TableData table)
    {
        var file = new FeatureFile(table.FeatureCount);
        file.Append(table.Features);
        return file;
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
