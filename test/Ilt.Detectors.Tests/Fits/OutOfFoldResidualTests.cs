using Ilt.Torch;

namespace Ilt.Detectors.Tests;

public class OutOfFoldResidualTests
{
    [TestCase(true), TestCase(false)]
    public void Detect_Vectors_EqualTheSlowTwin(bool local)
    {
        var random = new Random(4);
        var (rows, d) = (130, 2);
        var labels = Enumerable.Range(0, rows * d).Select(i => (float)random.NextDouble() * (1 + i % d)).ToArray();
        labels[20] = float.NaN; // row 10 has no label
        var predicted = Enumerable.Range(0, rows * d).Select(_ => (float)random.NextDouble()).ToArray();
        var input = new DetectorInput([new RegressionTask("v", d)], new TableData(new float[rows], 1, [new NumberLabels(labels, d)]), NoisyTable.Quick);

        var found = new OutOfFoldResidual(new FixedPredictions(predicted)) { IsLocal = local }.Detect(input).Scores[0]!;

        int[] kept = [.. Enumerable.Range(0, rows).Where(row => row != 10)];
        foreach (var row in kept)
        {
            var sum = 0.0;
            for (var c = 0; c < d; c++)
            {
                double Error(int of) => Math.Abs(labels[of * d + c] - (double)predicted[of * d + c]);
                var usual = Median(kept.Select(Error));
                if (local)
                {
                    var sorted = kept.OrderBy(of => predicted[of * d + c]).ToList();
                    var first = Math.Min(Math.Max(0, sorted.IndexOf(row) - 10), kept.Length - 20); // 129 rows: 20 neighbours
                    usual = (usual + Median(sorted.Skip(first).Take(20).Select(Error))) / 2;
                }
                sum += Math.Pow(Error(row) / usual, 2);
            }
            Assert.That(found[row], Is.EqualTo(Math.Sqrt(sum / d)).Within(1e-4).Percent);
        }
        Assert.That(found[10], Is.NaN);
    }

    [Test]
    public void UsualErrors_WhereErrorsGrowWithThePrediction_GrowWithIt()
    {
        var predicted = Enumerable.Range(0, 400).Select(i => (double)i).ToArray();
        var usual = UsualErrors.Of(predicted, Array.ConvertAll(predicted, p => p / 10), local: true);
        Assert.That(usual[380] / usual[20], Is.GreaterThan(2));
    }

    [Test]
    public void Detect_PerfectPredictions_ScoreZero()
    {
        var input = new DetectorInput([new RegressionTask("v")], new TableData(new float[3], 1, [new NumberLabels([1, 2, 3])]), NoisyTable.Quick);
        Assert.That(new OutOfFoldResidual(new FixedPredictions([1, 2, 3])).Detect(input).Scores[0], Is.All.Zero);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed class FixedPredictions(float[] predictions) : IDetector
    {
        public string Name => "fixed";

        public string Summary => "predicts what it was told";

        public bool AppliesTo(TaskDefinition task, InputShape input) => true;

        public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default) => new() { Scores = [null], OutOfFold = [predictions], Fits = 1 };
    }
}
