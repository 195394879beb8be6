using Ilt.Parameters;
using Ilt.Support;

namespace Ilt.Weighting;

[TestFixture]
public sealed class InstanceLevelWeightingTests
{
    private const int Rows = 9, Tasks = 2;

    private static readonly WeightingTask[] TaskList = [new("class", 1, 2), new("number", 0.5, 0.5)];
    private static readonly InstanceTaskParameterOptions NoWarmup = new() { WarmupEpochs = 0, MedianPull = 1 };

    [Test]
    public void Weigh_AtStart_IsTheCoefficientOverLabelledRows()
    {
        var weights = new float[4];
        Create(NoWarmup).Weigh(new LossBatch([0, 1], 2, [0.5f, 4f, 1.5f, float.NaN]), weights);

        Assert.That(weights, Is.EqualTo(new[] { 0.5f, 0.5f, 0.5f, 0f }));
    }

    [Test]
    public void Learn_OneVisit_MatchesHandValues()
    {
        // s = 0, no pull yet. Class: g = 1 - 3 = -2, s = 0.8. Number: g = 1 - 0.5 * 4 = -1, s = 0.4.
        var weighting = Create(NoWarmup);
        weighting.BeginEpoch(0);
        weighting.Learn(new LossBatch([3], 2, [3f, 4f]));

        Assert.That(weighting.Parameters[3, 0], Is.EqualTo(0.8f).Within(1e-6));
        Assert.That(weighting.Parameters[3, 1], Is.EqualTo(0.4f).Within(1e-6));
        Assert.That(weighting.Parameters[2, 0], Is.Zero);
    }

    [TestCase(1)]
    [TestCase(16)]
    public void Learn_AnyBatchSize_TakesTheSameStepPerVisit(int rows)
    {
        var weighting = new InstanceLevelWeighting(16, TaskList, 4, NoWarmup);
        weighting.BeginEpoch(0);
        weighting.Learn(new LossBatch(Losses.Rows(rows), 2, Array.ConvertAll(new float[2 * rows], _ => 3f)));

        Assert.That(weighting.Parameters[0, 0], Is.EqualTo(0.8f).Within(1e-6));
    }

    [Test]
    public void Gradients_WithPull_EqualCentralDifferencesOfObjectiveAndPenalty()
    {
        var weighting = Trained(NoWarmup);
        var losses = Losses.Random(Rows, Tasks, seed: 77, missing: 0.3);
        var gradients = new float[losses.Length];
        weighting.Gradients(new LossBatch(Losses.Rows(Rows), Tasks, losses), gradients);
        Assert.That(weighting.MedianPull(0), Is.GreaterThan(0));

        for (var at = 0; at < losses.Length; at++)
        {
            if (float.IsNaN(losses[at]))
            {
                Assert.That(gradients[at], Is.NaN);
                continue;
            }

            var (row, task) = (at / Tasks, at % Tasks);
            var median = weighting.Parameters.Median(task);
            double Twin(double s) => (TaskList[task].Coefficient * losses[at] * Math.Exp(-s)) + s
                + (weighting.MedianPull(task) / 2 * (s - median) * (s - median));
            double s = weighting.Parameters[row, task];
            const double step = 1e-5;
            Assert.That(gradients[at], Is.EqualTo((Twin(s + step) - Twin(s - step)) / (2 * step)).Within(2e-5), $"cell {at}");
        }
    }

    [Test]
    public void Objective_AtTrainedState_EqualsItsDoubleTwinAndGivesTheGradientTimesLabelledRows()
    {
        var weighting = Trained(NoWarmup with { MedianPull = 0 });
        var losses = Losses.Random(Rows, Tasks, seed: 78, missing: 0.3);
        var s = new double[losses.Length];
        for (var at = 0; at < s.Length; at++)
            s[at] = weighting.Parameters[at / Tasks, at % Tasks];
        var gradients = new float[losses.Length];
        weighting.Gradients(new LossBatch(Losses.Rows(Rows), Tasks, losses), gradients);

        Assert.That(weighting.Objective(new LossBatch(Losses.Rows(Rows), Tasks, losses)), Is.EqualTo(ObjectiveTwin(losses, s)).Within(1e-12));
        for (var at = 0; at < s.Length; at++)
        {
            if (float.IsNaN(losses[at]))
                continue;
            const double step = 1e-5;
            var labelled = losses.Where((loss, cell) => cell % Tasks == at % Tasks && !float.IsNaN(loss)).Count();
            var derivative = (ObjectiveTwin(losses, Moved(s, at, step)) - ObjectiveTwin(losses, Moved(s, at, -step))) / (2 * step);
            Assert.That(gradients[at], Is.EqualTo(labelled * derivative).Within(2e-5), $"cell {at}");
        }
    }

    [Test]
    public void Learn_DuringWarmup_FreezesS()
    {
        var weighting = Create(new InstanceTaskParameterOptions { WarmupEpochs = 2, Momentum = 0.9, StepSize = 0.06 });
        for (var epoch = 0; epoch < 2; epoch++)
        {
            weighting.BeginEpoch(epoch);
            weighting.Learn(new LossBatch([0], 2, [9f, 9f]));
            Assert.That(weighting.Parameters[0, 0], Is.Zero);
            weighting.EndEpoch([9, 9]);
        }

        // Released with an empty momentum buffer: pull 3, g = (1 - 9 + 3 * 0) / (1 + 3) = -2, s = 0.06 * 2.
        weighting.BeginEpoch(2);
        weighting.Learn(new LossBatch([0], 2, [9f, 9f]));
        Assert.That(weighting.Parameters[0, 0], Is.EqualTo(0.12f).Within(1e-6));
    }

    [Test]
    public void EndEpoch_Losses_SetThePullToTheUnexplainedShare()
    {
        // Medians of c l: class 1, number 0.5 * 4 = 2. References 2 and 0.5: shares 0.5 and min(4, 1).
        var weighting = Create(NoWarmup with { MedianPull = 0.8 });
        weighting.BeginEpoch(0);
        weighting.Learn(new LossBatch([0, 1, 2], 2, [1f, 4f, 0.01f, 4f, 20f, float.NaN]));
        Assert.That(weighting.MedianPull(0), Is.Zero);
        weighting.EndEpoch([7, 4]);

        Assert.That(weighting.MedianPull(0), Is.EqualTo(0.8 * Math.Pow(0.5, 0.25)).Within(0.5).Percent);
        Assert.That(weighting.MedianPull(1), Is.EqualTo(0.8).Within(1e-6));
    }

    [Test]
    public void EndEpoch_NewEpoch_ForgetsTheLossesOfTheLast()
    {
        var weighting = Create(NoWarmup);
        weighting.BeginEpoch(0);
        weighting.Learn(new LossBatch([0, 1, 2], 2, [50f, 50f, 50f, 50f, 50f, 50f]));
        weighting.EndEpoch([50, 50]);
        weighting.BeginEpoch(1);
        weighting.Learn(new LossBatch([0], 2, [0.2f, 0.1f]));
        weighting.EndEpoch([0.2, 0.1]);

        Assert.That(weighting.MedianPull(0), Is.EqualTo(Math.Pow(0.1, 0.25)).Within(0.5).Percent);
        Assert.That(weighting.MedianPull(1), Is.EqualTo(Math.Pow(0.1, 0.25)).Within(0.5).Percent);
    }

    [TestCase(0)]
    [TestCase(double.NaN)]
    public void EndEpoch_UnknownReference_DoesNotPull(double reference)
    {
        var weighting = new InstanceLevelWeighting(2, [new WeightingTask("t", 1, reference)], 4, NoWarmup);
        weighting.BeginEpoch(0);
        weighting.Learn(new LossBatch([0, 1], 1, [1f, 2f]));
        weighting.EndEpoch([1.5]);

        Assert.That(weighting.MedianPull(0), Is.Zero);
    }

    [Test]
    public void Learn_WithPull_HoldsARowNearTheMedian()
    {
        // One row of twenty has no loss. Without the pull it races to -4; with it, g = 1 + lambda (s - med) = 0 holds it one below the median.
        var free = Settled(NoWarmup with { MedianPull = 0 });
        var held = Settled(NoWarmup);

        Assert.That(free.Parameters[0, 0], Is.EqualTo(-4f));
        Assert.That(held.Parameters[0, 0], Is.EqualTo(held.Parameters.Median(0) - 1).Within(0.05));

        static InstanceLevelWeighting Settled(InstanceTaskParameterOptions options)
        {
            var weighting = new InstanceLevelWeighting(20, [new WeightingTask("t", 1, 1)], 60, options);
            for (var epoch = 0; epoch < 60; epoch++)
            {
                weighting.BeginEpoch(epoch);
                weighting.Learn(new LossBatch(Losses.Rows(20), 1, [0f, .. Enumerable.Repeat(2f, 19)]));
                weighting.EndEpoch([2]);
            }

            return weighting;
        }
    }

    [Test]
    public void Learn_ConstantLosses_SettlesWhereTheLossIsExplained()
    {
        // Fixed point of the paper's rule: s = log(c l) = log 5 and log(0.5 * 5).
        var weighting = Create(InstanceTaskParameterOptions.Paper with { WarmupEpochs = 0 });
        weighting.BeginEpoch(0);
        for (var visit = 0; visit < 300; visit++)
            weighting.Learn(new LossBatch([0], 2, [5f, 5f]));

        Assert.That(weighting.Parameters[0, 0], Is.EqualTo(Math.Log(5)).Within(1e-4));
        Assert.That(weighting.Parameters[0, 1], Is.EqualTo(Math.Log(2.5)).Within(1e-4));
    }

    [Test]
    public void LossHistogram_SeededLosses_MedianWithinAFifthOfAPercent()
    {
        for (var count = 1; count < 200; count += 11)
        {
            var histogram = new LossHistogram();
            float[] values = [.. Losses.Random(count, 1, seed: count)];
            foreach (var value in values)
                histogram.Add(value);
            Assert.That(histogram.Median(), Is.EqualTo(values.Order().ElementAt((count - 1) / 2)).Within(0.2).Percent);
        }
    }

    [Test]
    public void LossHistogram_ZeroHugeAndNone_AreDefined()
    {
        var histogram = new LossHistogram();
        Assert.That(histogram.Median(), Is.NaN);
        histogram.Add(0);
        Assert.That(histogram.Median(), Is.EqualTo(0).Within(1e-8));
        histogram.Clear();
        histogram.Add(float.PositiveInfinity);
        Assert.That(histogram.Median(), Is.GreaterThan(1e9));
    }

    private static InstanceLevelWeighting Create(InstanceTaskParameterOptions options) => new(Rows, TaskList, 10, options);

    private static InstanceLevelWeighting Trained(InstanceTaskParameterOptions options)
    {
        var weighting = Create(options);
        for (var epoch = 0; epoch < 4; epoch++)
        {
            weighting.BeginEpoch(epoch);
            weighting.Learn(new LossBatch(Losses.Rows(Rows), Tasks, Losses.Random(Rows, Tasks, seed: epoch)));
            weighting.EndEpoch([1, 1]);
        }

        return weighting;
    }

    private static double ObjectiveTwin(float[] losses, double[] s)
    {
        var sum = 0.0;
        for (var task = 0; task < Tasks; task++)
        {
            int[] labelled = [.. Enumerable.Range(0, losses.Length).Where(at => at % Tasks == task && !float.IsNaN(losses[at]))];
            sum += labelled.Sum(at => (TaskList[task].Coefficient * losses[at] * Math.Exp(-s[at])) + s[at]) / labelled.Length;
        }

        return sum;
    }

    private static double[] Moved(double[] s, int at, double step)
    {
        var moved = (double[])s.Clone();
        moved[at] += step;
        return moved;
    }
}
