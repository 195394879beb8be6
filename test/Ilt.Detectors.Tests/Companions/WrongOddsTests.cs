using Ilt.Corruption;
using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>Log losses joined with the odds.</summary>
public class WrongOddsTests
{
    private const int Rows = 600;

    [Test]
    public void Join_ErrorsThatGrowWithTheNumber_FindsWrongOnesBetterThanTheLosses()
    {
        var (targets, predictions, wrong) = Made();
        var losses = LogLosses(targets, predictions);
        var joined = WrongOdds.Join(losses, targets, predictions);

        Assert.That(joined.Zip(losses, (found, loss) => 2 * found - loss).Order(), Is.EqualTo(losses.Order()).Within(1e-4), "each has half of its own and half of one that is dealt");
        var (before, after) = (DetectionMetrics.AveragePrecision(losses, wrong), DetectionMetrics.AveragePrecision(joined, wrong));
        Assert.That(after, Is.GreaterThan(before + 0.05), $"before {before}");
    }

    [Test]
    public void Join_RowsWithoutALabel_StayAsTheyAre()
    {
        var (targets, predictions, _) = Made(missing: 7);
        var joined = WrongOdds.Join(LogLosses(targets, predictions), targets, predictions);
        Assert.That(Enumerable.Range(0, Rows).Where(row => float.IsNaN(joined[row])), Is.EqualTo(Enumerable.Range(0, Rows).Where(row => row % 7 == 0)));
    }

    [Test]
    public void Join_FewRowsOrFewNumbers_IsWhatItWas()
    {
        var (targets, predictions, _) = Made(WrongOdds.FewestLabels - 1);
        Check(targets, predictions);
        var steps = PlainTargets.Of(new RegressionTask("y"), new NumberLabels([.. Enumerable.Range(0, Rows).Select(row => (float)(row % WrongOdds.MostDistinct))], 1))!;
        Check(steps, [.. steps.Values.Select(value => value / 2)]);

        static void Check(PlainTargets targets, float[] predictions)
        {
            var losses = LogLosses(targets, predictions);
            Assert.That(WrongOdds.Join(losses, targets, predictions), Is.EqualTo(losses));
        }
    }

    // Numbers of which large ones scatter thirty times as widely as small ones; every tenth is another row's.
    private static (PlainTargets Targets, float[] Predictions, bool[] Wrong) Made(int rows = Rows, int missing = 0)
    {
        var random = new SeededGenerator(3);
        var (numbers, expected, wrong) = (new float[rows], new float[rows], new bool[rows]);
        for (var row = 0; row < rows; row++)
        {
            var place = random.NextInt(1000) / 1000f;
            expected[row] = 10 * place;
            numbers[row] = expected[row] + (0.1f + 3 * place * place) * (Draw() + Draw() + Draw());
        }
        for (var row = 5; row + 20 < rows; row += 10) (wrong[row], numbers[row]) = (true, expected[row + 20]);
        if (missing > 0)
            for (var row = 0; row < rows; row += missing) numbers[row] = float.NaN;
        var targets = PlainTargets.Of(new RegressionTask("y"), new NumberLabels(numbers, 1))!;
        // Labels are scaled by their mean and deviation; predictions by the same.
        var known = Enumerable.Range(0, rows).Where(row => !float.IsNaN(numbers[row])).ToArray();
        var (first, last) = (known.MinBy(row => numbers[row]), known.MaxBy(row => numbers[row]));
        var slope = (targets.Values[last] - targets.Values[first]) / (numbers[last] - numbers[first]);
        return (targets, [.. expected.Select(value => targets.Values[first] + slope * (value - numbers[first]))], wrong);

        float Draw() => random.NextInt(2001) / 1000f - 1;
    }

    private static float[] LogLosses(PlainTargets targets, float[] predictions) =>
        Array.ConvertAll(targets.Losses(predictions), loss => (float)Math.Log(loss + Parameters.LossStatistics.LogLossOffset));
}
