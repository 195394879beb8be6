using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>Each model beside the network learns what it can, keeps classes apart, and heeds weights.</summary>
public class TabularModelTests
{
    private const int Rows = 240, Features = 4;

    private static IEnumerable<TestCaseData> Models =>
    [
        .. ((TreeSize[])[TreeSize.Usual, TreeSize.Slow, TreeSize.Small]).SelectMany(size => ((TreeLibrary[])[TreeLibrary.LightGbm, TreeLibrary.FastTree])
            .Select(library => new TestCaseData(new BoostedTrees(library, size)).SetArgDisplayNames($"{size.Name} of {library}"))),
        new TestCaseData(new Forest()).SetArgDisplayNames("forest"),
        new TestCaseData(new LinearModel()).SetArgDisplayNames("linear"),
    ];

    [TestCaseSource(nameof(Models))]
    public void FitAndPredict_Number_IsNearTheTruthOfRowsNotSeen(object model)
    {
        var (table, targets) = Number(noise: 0);
        var predicted = ((TabularModel)model).FitAndPredict(table, targets, [.. Even], null, [.. Odd], 3);
        var truth = Odd.Select(row => targets.Values[row]).ToArray();
        Assert.That(predicted.Zip(truth, (p, t) => (p - t) * (p - t)).Average(), Is.LessThan(0.35 * truth.Select(t => t * t).Average()));
    }

    [TestCaseSource(nameof(Models))]
    public void FitAndPredict_Classes_GivesEachClassItsOwnColumn(object model)
    {
        var (table, targets) = Classes();
        var predicted = ((TabularModel)model).FitAndPredict(table, targets, [.. Even], null, [.. Odd], 3);
        var right = Odd.Select((row, i) => Enumerable.Range(0, 3).MaxBy(c => predicted[i * 3 + c]) == targets.Values[row]).Count(isRight => isRight);
        Assert.That(right / (double)Odd.Count(), Is.GreaterThan(0.85));
        Assert.That(predicted.Chunk(3).Select(row => row.Sum()), Is.All.EqualTo(1).Within(1e-4));
    }

    [TestCaseSource(nameof(Models))]
    public void FitAndPredict_ClassWithoutARow_HasASmallProbability(object model)
    {
        var (table, targets) = Classes();
        int[] fit = [.. Even.Where(row => targets.Values[row] != 1)];
        var predicted = ((TabularModel)model).FitAndPredict(table, targets, fit, null, [.. Odd], 3);
        Assert.That(predicted.Chunk(3).Select(row => row[1]), Is.All.GreaterThan(0).And.All.LessThan(0.2));
    }

    [TestCaseSource(nameof(Models))]
    public void FitAndPredict_RowsOfNoWeight_TeachNothing(object model)
    {
        var (table, targets) = Number(noise: 0);
        var spoiled = targets.Values.ToArray();
        var weights = Even.Select(row => row % 3 == 0 ? 1e-6f : 1).ToArray();
        foreach (var row in Even.Where(row => row % 3 == 0)) spoiled[row] += 20;
        // Odd rows have right labels, on the scale that all labels give.
        var asked = PlainTargets.Of(new RegressionTask("n"), new NumberLabels(spoiled))!;
        double Error(float[]? weighted)
        {
            var predicted = ((TabularModel)model).FitAndPredict(table, asked, [.. Even], weighted, [.. Odd], 3);
            return Odd.Select((row, i) => Math.Pow(predicted[i] - asked.Values[row], 2)).Average();
        }
        Assert.That(Error(weights), Is.LessThan(0.3 * Error(null)));
    }

    [Test]
    public void Linear_OneFixedPenalty_EqualsTheNormalEquations()
    {
        // Without noise the smallest penalty wins, 0.1 per hundred rows.
        var (table, targets) = Number(noise: 0);
        int[] fit = [.. Even], held = [.. Odd];
        var values = Array.ConvertAll(fit, row => targets.Values[row]);
        var (means, deviations) = (new double[Features], new double[Features]);
        for (var d = 0; d < Features; d++)
        {
            var column = d;
            means[d] = fit.Average(row => table.Features[row * Features + column]);
            deviations[d] = Math.Sqrt(fit.Average(row => Math.Pow(table.Features[row * Features + column] - means[column], 2)));
        }
        double X(int row, int d) => (table.Features[row * Features + d] - means[d]) / deviations[d];
        var mean = values.Average();
        var (a, b) = (new double[Features, Features], new double[Features]);
        for (var d = 0; d < Features; d++)
        {
            for (var e = 0; e < Features; e++) a[d, e] = fit.Sum(row => X(row, d) * X(row, e)) + (d == e ? 0.1 * fit.Length / 100 : 0);
            b[d] = fit.Select((row, i) => X(row, d) * (values[i] - mean)).Sum();
        }
        var w = Solve(a, b);

        var predicted = new LinearModel().FitAndPredict(table, targets, fit, null, held, 1);

        for (var i = 0; i < held.Length; i++)
            Assert.That(predicted[i], Is.EqualTo(mean + Enumerable.Range(0, Features).Sum(d => w[d] * X(held[i], d))).Within(1e-4));
    }

    private static IEnumerable<int> Even => Enumerable.Range(0, Rows).Where(row => row % 2 == 0);

    private static IEnumerable<int> Odd => Enumerable.Range(0, Rows).Where(row => row % 2 == 1);

    private static (TableData, PlainTargets) Number(double noise)
    {
        var random = new Random(4);
        var features = Draw(random);
        float[] values = [.. Enumerable.Range(0, Rows).Select(row => (float)(2 * features[row * Features] - features[row * Features + 1] + noise * random.NextDouble()))];
        return (new TableData(features, Features, [new NumberLabels(values)]), PlainTargets.Of(new RegressionTask("n"), new NumberLabels(values))!);
    }

    private static (TableData, PlainTargets) Classes()
    {
        var features = Draw(new Random(5));
        int[] classes = [.. Enumerable.Range(0, Rows).Select(row => features[row * Features] < -0.33 ? 0 : features[row * Features] < 0.33 ? 2 : 1)];
        return (new TableData(features, Features, [new ClassLabels(classes)]), PlainTargets.Of(new ClassificationTask("c", 3), new ClassLabels(classes))!);
    }

    private static float[] Draw(Random random) => [.. Enumerable.Range(0, Rows * Features).Select(_ => (float)(2 * random.NextDouble() - 1))];

    private static double[] Solve(double[,] a, double[] b)
    {
        var n = b.Length;
        for (var i = 0; i < n; i++)
            for (var j = i + 1; j < n; j++)
            {
                var factor = a[j, i] / a[i, i];
                for (var k = i; k < n; k++) a[j, k] -= factor * a[i, k];
                b[j] -= factor * b[i];
            }
        var x = new double[n];
        for (var i = n - 1; i >= 0; i--) x[i] = (b[i] - Enumerable.Range(i + 1, n - i - 1).Sum(k => a[i, k] * x[k])) / a[i, i];
        return x;
    }
}
