using System.Security.Cryptography;
using Ilt.Torch;

namespace Ilt.Mpi.Tests;

/// <summary>Trains in one rank and in several threads, and compares all that comes out.</summary>
internal static class Together
{
    public static (TrainingResult? Value, Exception? Failure)[] Train(
        int ranks, IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options, CancellationToken cancellation = default) =>
        ThreadRanks.Run(ranks, replicas => MultiTaskTraining.Train(tasks, train, validation, options with { Replicas = replicas }, cancellation));

    /// <summary>Requires that all ranks have one result to the last digit, and that it is that of one rank but for the order of sums.</summary>
    public static (TrainingResult One, TrainingResult Ranks) RequireSame(
        int ranks, IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options, double tolerance = 2e-3)
    {
        var one = MultiTaskTraining.Train(tasks, train, validation, options);
        var all = Train(ranks, tasks, train, validation, options);
        Assert.That(all.Select(rank => rank.Failure), Is.All.Null);
        Assert.That(all.Select(rank => Describe(rank.Value!)).Distinct().Count(), Is.EqualTo(1), "all ranks have one result");
        var several = all[0].Value!;
        Assert.Multiple(() =>
        {
            RequireNear(several.History.SelectMany(e => e.TrainLoss), one.History.SelectMany(e => e.TrainLoss), tolerance, "losses of the epochs");
            for (var k = 0; k < tasks.Count; k++)
            {
                RequireNear(Rows(k, several.Scores.NoiseScore), Rows(k, one.Scores.NoiseScore), tolerance, $"noise scores of {tasks[k].Name}");
                RequireNear(Rows(k, several.Scores.LogVariance), Rows(k, one.Scores.LogVariance), tolerance, $"s of {tasks[k].Name}");
                RequireNear(Rows(k, several.Scores.MeanMargin), Rows(k, one.Scores.MeanMargin), tolerance, $"margins of {tasks[k].Name}");
            }
            if (validation is not null)
                RequireNear(several.History.SelectMany(e => e.Validation!.Select(m => m.Loss)), one.History.SelectMany(e => e.Validation!.Select(m => m.Loss)), tolerance, "validation");
        });
        one.Model.Dispose();
        foreach (var rank in all) rank.Value!.Model.Dispose();
        return (one, several);

        IEnumerable<double> Rows(int task, Func<int, int, float> of) => Enumerable.Range(0, train.RowCount).Select(row => (double)of(row, task));
    }

    /// <summary>Network and scores, byte by byte.</summary>
    public static string Describe(TrainingResult result)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        NetworkState.Save(result.Model.Network, writer);
        for (var row = 0; row < result.Scores.RowCount; row++)
            for (var k = 0; k < result.Scores.TaskCount; k++)
                foreach (var number in (float[])[result.Scores.NoiseScore(row, k), result.Scores.LogVariance(row, k), result.Scores.MeanMargin(row, k), result.Scores.LastLoss(row, k)]) writer.Write(number);
        return $"{result.History.Count} {result.BestEpoch} {Convert.ToHexString(SHA256.HashData(stream.ToArray()))}";
    }

    public static void RequireNear(IEnumerable<double> found, IEnumerable<double> expected, double tolerance, string what)
    {
        foreach (var ((a, b), i) in found.Zip(expected).Select((pair, i) => (pair, i)))
            if (double.IsNaN(a) != double.IsNaN(b) || Math.Abs(a - b) > tolerance * Math.Max(1, Math.Abs(b)))
            {
                Assert.Fail($"{what}: number {i} is {a:R} in several ranks, {b:R} in one");
                return;
            }
    }
}

/// <summary>Tables of which some rows lack a label.</summary>
internal static class Tables
{
    public static TableData WithMissing(int rows)
    {
        var (features, classes, numbers) = Ilt.Torch.Tests.TestTables.Make(rows, 1);
        for (var row = 0; row < rows; row += 6) classes[row] = -1;
        for (var row = 3; row < rows; row += 5) numbers[row] = float.NaN;
        return new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
    }
}

/// <summary>Images with the first of the tasks.</summary>
internal static class Images
{
    public static ImageData Of(int rows, int seed, int tasks)
    {
        var all = Ilt.Torch.Tests.TestImages.Make(rows, seed);
        return new ImageData(all.Images, Ilt.Torch.Tests.TestImages.Size, 3, [.. all.Labels.Take(tasks)]);
    }
}
