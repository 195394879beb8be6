using Ilt.Corruption;
using Ilt.Support;

namespace Ilt.Weighting;

/// <summary>Hand values, twins and update rules of the weightings that draw or learn numbers per task.</summary>
[TestFixture]
public sealed class LearnedWeightingTests
{
    // Two rows, two tasks; the second row has no label for the second task: L = (1, 4), n = (2, 1).
    private static LossBatch HandBatch => new([0, 1], 2, [0.5f, 4f, 1.5f, float.NaN]);

    private static LossBatch WithoutSecond => new([0], 2, [1f, float.NaN]);

    [Test]
    public void RandomLoss_EveryStep_IsTheSoftmaxOfItsOwnDraws()
    {
        var weighting = new RandomLossWeighting(3, seed: 5);
        var seen = new HashSet<double>();
        for (var step = 0; step < 20; step++)
        {
            var generator = SeededGenerator.ForItem(5, step);
            double[] exponentials = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp(generator.NextGaussian()))];
            for (var task = 0; task < 3; task++)
                Assert.That(weighting.Coefficient(task), Is.EqualTo(exponentials[task] / exponentials.Sum()).Within(1e-14));
            seen.Add(weighting.Coefficient(0));
            weighting.Learn(new LossBatch([0], 3, [1f, float.NaN, 2f]));
        }

        Assert.That(seen, Has.Count.EqualTo(20));
        Assert.That(new RandomLossWeighting(3, seed: 6).Coefficient(0), Is.Not.EqualTo(new RandomLossWeighting(3, seed: 5).Coefficient(0)));
    }

    [Test]
    public void ImpartialLoss_Gradient_EqualsCentralDifferencesInS()
    {
        var weighting = new ImpartialLossWeighting(2);
        const double step = 1e-5;
        foreach (var s in new[] { -2.0, 0, 1.5 })
            for (var task = 0; task < 2; task++)
            {
                weighting.SetLogScale(task, s + step);
                var up = weighting.Objective(HandBatch);
                weighting.SetLogScale(task, s - step);
                var down = weighting.Objective(HandBatch);
                weighting.SetLogScale(task, s);
                Assert.That(weighting.Gradient(HandBatch, task), Is.EqualTo((up - down) / (2 * step)).Within(1e-8));
            }
    }

    [Test]
    public void ImpartialLoss_ConstantLosses_SettlesWhereEveryTaskCountsOne()
    {
        var weighting = new ImpartialLossWeighting(2);
        for (var i = 0; i < 3000; i++)
            weighting.Learn(HandBatch);

        Assert.That(weighting.LogScale(0), Is.EqualTo(0).Within(1e-3));
        Assert.That(weighting.LogScale(1), Is.EqualTo(-Math.Log(4)).Within(1e-3));
    }

    [Test]
    public void ImpartialLoss_VanishingLossAndAbsentTask_StopsAtTheClampAndStays()
    {
        var weighting = new ImpartialLossWeighting(2, new ImpartialLossOptions { StepSize = 1 });
        for (var i = 0; i < 40; i++)
            weighting.Learn(new LossBatch([0], 2, [0f, float.NaN]));

        Assert.That(weighting.LogScale(0), Is.EqualTo(ImpartialLossWeighting.Maximum));
        Assert.That(weighting.LogScale(1), Is.Zero);
    }

    [Test]
    public void Logarithmic_HandBatch_WeighsByOneOverTheMeanLoss()
    {
        var weights = new float[4];
        new LogarithmicLoss().Weigh(HandBatch, weights);

        Assert.That(weights, Is.EqualTo(new[] { 0.5f, 0.25f, 0.5f, 0f }).Within(1e-6));
        Assert.That(new LogarithmicLoss().Objective(HandBatch), Is.EqualTo(Math.Log(4)).Within(1e-7));
    }

    [TestCase(0), TestCase(0.5), TestCase(1.5)]
    public void GradientNormalization_Gradient_EqualsCentralDifferencesOfTheBalancingLoss(double alpha)
    {
        const int Tasks = 3, Size = 5;
        double[] initial = [2, 0.5, 1];
        for (var seed = 0; seed < 10; seed++)
        {
            var weighting = new GradientNormalization(Tasks, new GradientNormalizationOptions { Alpha = alpha });
            weighting.EndEpoch(initial);
            var gradients = Losses.Random(Tasks, Size, seed);
            var batch = new LossBatch(Losses.Rows(4), Tasks, Losses.Random(4, Tasks, seed + 100, missing: 0.3));
            for (var warm = 0; warm < 5; warm++) // away from w = 1
            {
                weighting.Observe(batch, gradients);
                weighting.Learn(batch);
            }

            weighting.Observe(batch, gradients);
            double[] w = [.. Enumerable.Range(0, Tasks).Select(weighting.Coefficient)];
            var targets = Targets(batch, w);
            var found = new double[Tasks];
            weighting.Gradients(batch, found);
            for (var task = 0; task < Tasks; task++)
            {
                if (double.IsNaN(targets[task]))
                {
                    Assert.That(found[task], Is.NaN);
                    continue;
                }

                const double step = 1e-6;
                var slope = (Balancing(Moved(task, step)) - Balancing(Moved(task, -step))) / (2 * step);
                Assert.That(found[task], Is.EqualTo(slope).Within(1e-6 * Math.Abs(slope)), $"seed {seed}, task {task}");
            }

            double[] Moved(int task, double by)
            {
                var moved = (double[])w.Clone();
                moved[task] += by;
                return moved;
            }

            double Norm(int task) => Math.Sqrt(gradients.Skip(task * Size).Take(Size).Sum(g => (double)g * g));

            double Balancing(double[] weights) =>
                Enumerable.Range(0, Tasks).Where(task => !double.IsNaN(targets[task])).Sum(task => Math.Abs((weights[task] * Norm(task)) - targets[task]));

            double[] Targets(LossBatch losses, double[] weights)
            {
                var ratios = new double[Tasks];
                for (var task = 0; task < Tasks; task++)
                    ratios[task] = losses.Mean(task, out _) / initial[task];
                int[] present = [.. Enumerable.Range(0, Tasks).Where(task => !double.IsNaN(ratios[task]))];
                var mean = present.Average(task => weights[task] * Norm(task));
                return Array.ConvertAll(ratios, ratio => mean * Math.Pow(ratio / present.Average(task => ratios[task]), alpha));
            }
        }
    }

    [Test]
    public void GradientNormalization_AlphaZero_BringsNormsTogetherAndKeepsTheSum()
    {
        // Norms 1 and 3 balance at w = (1.5, 0.5).
        var weighting = new GradientNormalization(2, new GradientNormalizationOptions { Alpha = 0, StepSize = 0.01 });
        weighting.EndEpoch([1, 1]);
        for (var i = 0; i < 400; i++)
        {
            weighting.Observe(HandBatch, [1f, 0f, 0f, 3f]);
            weighting.Learn(HandBatch);
            Assert.That(weighting.Coefficient(0) + weighting.Coefficient(1), Is.EqualTo(2).Within(1e-12));
        }

        Assert.That(weighting.Coefficient(0), Is.EqualTo(1.5).Within(0.05));
        Assert.That(weighting.Coefficient(1), Is.EqualTo(0.5).Within(0.05));
    }

    [Test]
    public void GradientNormalization_FirstEpoch_DoesNotMove()
    {
        var weighting = new GradientNormalization(2);
        weighting.Observe(HandBatch, [1f, 3f]);
        weighting.Learn(HandBatch);
        Assert.That(weighting.Coefficient(0), Is.EqualTo(1));

        weighting.EndEpoch([1, double.NaN]); // the second task had no label: it is left out of the means and stays
        weighting.Observe(HandBatch, [1f, 3f]);
        weighting.Learn(HandBatch);
        Assert.That(new[] { weighting.Coefficient(0), weighting.Coefficient(1) }, Is.All.EqualTo(1));
    }

    [Test]
    public void FastAdaptive_Gradient_EqualsCentralDifferencesInTheLogits()
    {
        const int Tasks = 3;
        const double Gamma = 0.3, Step = 1e-5;
        for (var seed = 0; seed < 10; seed++)
        {
            var weighting = new FastAdaptiveWeighting(Tasks, new FastAdaptiveOptions { Gamma = Gamma });
            var random = new Random(seed);
            double[] xi = [.. Enumerable.Range(0, Tasks).Select(_ => (4 * random.NextDouble()) - 2)];
            for (var task = 0; task < Tasks; task++)
                weighting.SetLogit(task, xi[task]);
            float[] losses = Losses.Random(4, Tasks, seed, missing: 0.4), moved = Array.ConvertAll(losses, loss => loss * (0.8f + (0.3f * random.NextSingle())));
            var before = new LossBatch(Losses.Rows(4), Tasks, losses);
            var after = new LossBatch(Losses.Rows(4), Tasks, moved);
            var found = new double[Tasks];
            weighting.Gradients(before, after, found);
            var progress = new double[Tasks]; // log L - log L'
            for (var task = 0; task < Tasks; task++)
                progress[task] = Math.Log(before.Mean(task, out _) + 1e-8) - Math.Log(after.Mean(task, out _) + 1e-8);
            for (var task = 0; task < Tasks; task++)
            {
                var slope = (Lowered(Moved(task, Step)) - Lowered(Moved(task, -Step))) / (2 * Step);
                Assert.That(found[task], double.IsNaN(progress[task]) ? Is.NaN : Is.EqualTo(slope).Within(1e-8), $"seed {seed}, task {task}");
            }

            double[] Moved(int task, double by)
            {
                var values = (double[])xi.Clone();
                values[task] += by;
                return values;
            }

            double Lowered(double[] logits)
            {
                int[] present = [.. Enumerable.Range(0, Tasks).Where(task => !double.IsNaN(progress[task]))];
                var sum = present.Sum(task => Math.Exp(logits[task]));
                return present.Sum(task => (Math.Exp(logits[task]) / sum * progress[task]) + (Gamma / 2 * logits[task] * logits[task]));
            }
        }
    }

    [Test]
    public void FastAdaptive_SlowerTask_GainsAndAbsentOneStays()
    {
        var weighting = new FastAdaptiveWeighting(2, new FastAdaptiveOptions { StepSize = 0.02, Gamma = 0 });
        weighting.LearnAfterStep(HandBatch, new LossBatch([0, 1], 2, [0.4f, 3.9f, 1.2f, float.NaN]));

        // Adam's first step is the step size against the sign of the gradient; the first task fell faster.
        Assert.That(weighting.Logit(0), Is.EqualTo(-0.02).Within(1e-6));
        Assert.That(weighting.Logit(1), Is.EqualTo(0.02).Within(1e-6));

        var logit = weighting.Logit(1);
        weighting.LearnAfterStep(WithoutSecond, new LossBatch([0], 2, [0.9f, float.NaN]));
        Assert.That(weighting.Logit(1), Is.EqualTo(logit));
    }

    [Test]
    public void FastAdaptive_HandBatch_CoefficientsSumToOne()
    {
        // z = 1/2 each: c z / L = (1, 1/4) / (5/4) = (0.8, 0.2); the first by two rows.
        var weights = new float[4];
        new FastAdaptiveWeighting(2).Weigh(HandBatch, weights);

        Assert.That(weights, Is.EqualTo(new[] { 0.4f, 0.2f, 0.4f, 0f }).Within(1e-6));
    }

    [Test]
    public void SmoothTchebycheff_WarmUp_IsTheSumOfLogarithmsThenTheSmoothMaximum()
    {
        var weighting = new SmoothTchebycheff(2, new SmoothTchebycheffOptions { Mu = 0.5, WarmupEpochs = 2 });
        weighting.EndEpoch([100, 100]);
        Assert.That(weighting.Objective(HandBatch), Is.EqualTo(new LogarithmicLoss().Objective(HandBatch)).Within(1e-12));
        Assert.That(weighting.Nadir(0), Is.NaN);
        weighting.EndEpoch([1, 2]);

        // f = (log 1, log 2); exp(f / 0.5) = (1, 4); objective 2 * 0.5 log 5; coefficients 2 (1/5) / 1 and 2 (4/5) / 4.
        Assert.That(weighting.Nadir(1), Is.EqualTo(2).Within(1e-7));
        Assert.That(weighting.Objective(HandBatch), Is.EqualTo(Math.Log(5)).Within(1e-7));
        var weights = new float[4];
        weighting.Weigh(HandBatch, weights);
        Assert.That(weights, Is.EqualTo(new[] { 0.2f, 0.4f, 0.2f, 0f }).Within(1e-6));
        weighting.EndEpoch([9, 9]);
        Assert.That(weighting.Nadir(1), Is.EqualTo(2).Within(1e-7), "kept from the warm-up");
    }

    [Test]
    public void SmoothTchebycheff_SmallMu_LetsTheWorstTaskCountAlone()
    {
        var weighting = new SmoothTchebycheff(2, new SmoothTchebycheffOptions { Mu = 1e-4 });
        weighting.EndEpoch([1, 1]);
        var weights = new float[4];
        weighting.Weigh(HandBatch, weights);

        Assert.That(weights, Is.EqualTo(new[] { 0f, 0.5f, 0f, 0f }).Within(1e-6));
        Assert.That(weighting.Objective(HandBatch), Is.EqualTo(2 * Math.Log(4)).Within(1e-6));
    }

    [Test]
    public void ExcessRisk_SeededGradients_FollowThePlainRule()
    {
        const int Tasks = 3, Size = 6;
        const double Eta = 0.2;
        var weighting = new ExcessRiskWeighting(Tasks, new ExcessRiskOptions { StepSize = Eta });
        double[] alphas = [1, 1, 1], first = new double[Tasks];
        var sums = new double[Tasks, Size];
        for (var step = 0; step < 30; step++)
        {
            var losses = Losses.Random(3, Tasks, step, missing: 0.5);
            var batch = new LossBatch(Losses.Rows(3), Tasks, losses);
            var gradients = Losses.Random(Tasks, Size, step + 500);
            weighting.Observe(batch, gradients);
            for (var task = 0; task < Tasks; task++)
            {
                if (double.IsNaN(batch.Mean(task, out _)))
                    continue;
                var risk = 0.0;
                for (var i = 0; i < Size; i++)
                {
                    var g = gradients[(task * Size) + i];
                    sums[task, i] += g * g;
                    risk += g * g / Math.Sqrt(sums[task, i] + 1e-7);
                }

                if (first[task] == 0)
                    first[task] = risk;
                else
                    alphas[task] *= Math.Exp(Eta * risk / first[task]);
            }

            var scale = Tasks / alphas.Sum();
            alphas = Array.ConvertAll(alphas, alpha => alpha * scale);
            for (var task = 0; task < Tasks; task++)
                Assert.That(weighting.Coefficient(task), Is.EqualTo(alphas[task]).Within(1e-5 * alphas[task]), $"step {step}, task {task}");
        }

        Assert.That(alphas.Max() - alphas.Min(), Is.GreaterThan(0.1), "they have moved");
    }

    [Test]
    public void ExcessRisk_HugeRisk_StaysFinite()
    {
        var weighting = new ExcessRiskWeighting(2, new ExcessRiskOptions { StepSize = 10 });
        weighting.Observe(HandBatch, [1e-6f, 1e-6f]);
        weighting.Observe(HandBatch, [1e6f, 1e-6f]);

        Assert.That(weighting.Coefficient(0), Is.EqualTo(2).Within(1e-9));
        Assert.That(weighting.Coefficient(1), Is.EqualTo(0).Within(1e-9));
    }
}
