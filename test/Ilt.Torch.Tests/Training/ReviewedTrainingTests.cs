using Ilt.Detection;

namespace Ilt.Torch.Tests.Training;

/// <summary>Looking at the rows that a training doubts most, and training again, finds more of the wrong labels that are left.</summary>
public class ReviewedTrainingTests
{
    private const int Rows = 500, Looked = 100;

    [Test]
    public void Train_TopRowsReviewed_FindsMoreOfTheRest()
    {
        var (before, after) = (0.0, 0.0);
        for (var seed = 1; seed <= 3; seed++)
        {
            var (data, clean, wrong) = Noisy(seed);
            var first = Scores(data, seed);
            var top = Enumerable.Range(0, Rows).OrderByDescending(row => first.NoiseScore(row, 0)).Take(Looked).ToHashSet();
            // Wrong labels among them are corrected, and all are known right then.
            float[] corrected = [.. Enumerable.Range(0, Rows).Select(row => top.Contains(row) ? clean[row] : ((NumberLabels)data.Labels[0]).Values[row])];
            var second = Scores(new TableData(data.Features, 4, [new NumberLabels(corrected)]) { KnownRight = [[.. Enumerable.Range(0, Rows).Select(top.Contains)]] }, seed);

            int[] rest = [.. Enumerable.Range(0, Rows).Where(row => !top.Contains(row))];
            bool[] restWrong = [.. rest.Select(row => wrong[row])];
            Assert.That(restWrong.Count(isWrong => isWrong), Is.GreaterThan(20), "there is something left to find");
            before += DetectionMetrics.AveragePrecision([.. rest.Select(row => first.NoiseScore(row, 0))], restWrong) / 3;
            after += DetectionMetrics.AveragePrecision([.. rest.Select(row => second.NoiseScore(row, 0))], restWrong) / 3;
        }

        TestContext.Out.WriteLine($"{before:F3} {after:F3}");
        Assert.That(after, Is.GreaterThan(before + 0.02));
    }

    private static InstanceScores Scores(TableData data, int seed)
    {
        var options = new TrainingOptions { Epochs = 20, BatchSize = 32, LearningRate = 1e-2, HiddenUnits = [32], Seed = seed };
        using var result = new Disposing(MultiTaskTraining.Train([new RegressionTask("number")], data, null, options));
        return result.Value.Scores;
    }

    // A fifth of the numbers is moved by about as much as they differ.
    private static (TableData Data, float[] Clean, bool[] Wrong) Noisy(int seed)
    {
        var (features, _, numbers) = TestTables.Make(Rows, seed);
        var random = new Random(100 + seed);
        for (var row = 0; row < Rows; row++) numbers[row] += (float)(15 * TestTables.Normal(random));
        var wrong = new bool[Rows];
        foreach (var row in Enumerable.Range(0, Rows).OrderBy(_ => random.Next()).Take(Rows / 5)) wrong[row] = true;
        float[] given = [.. numbers.Select((number, row) => wrong[row] ? number + (float)(200 * random.NextDouble() - 100) : number)];
        return (new TableData(features, 4, [new NumberLabels(given)]), numbers, wrong);
    }
}
