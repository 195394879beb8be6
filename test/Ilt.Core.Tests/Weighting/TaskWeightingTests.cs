using Ilt.Support;

namespace Ilt.Weighting;

/// <summary>Hand values and twins of the weightings that treat all rows of a task alike.</summary>
[TestFixture]
public sealed class TaskWeightingTests
{
    private static readonly WeightingTask[] ClassAndNumber = [new("class", 1, 1), new("number", 0.5, 0.5)];

    // Two rows, two tasks; the second row has no label for the second task: L = (1, 4), n = (2, 1).
    private static LossBatch HandBatch => new([0, 1], 2, [0.5f, 4f, 1.5f, float.NaN]);

    [Test]
    public void Equal_HandBatch_WeighsByOneOverLabelledRows()
    {
        var weights = new float[4];
        new EqualWeighting().Weigh(HandBatch, weights);

        Assert.That(weights, Is.EqualTo(new[] { 0.5f, 1f, 0.5f, 0f }));
        Assert.That(new EqualWeighting().Objective(HandBatch), Is.EqualTo(5));
    }

    [Test]
    public void GeometricLoss_HandBatch_HasTrueDerivatives()
    {
        // GLS = sqrt(1 * 4) = 2; coefficients 2 / (2 * 1) = 1 and 2 / (2 * 4) = 0.25.
        var weights = new float[4];
        new GeometricLoss().Weigh(HandBatch, weights);

        Assert.That(weights, Is.EqualTo(new[] { 0.5f, 0.25f, 0.5f, 0f }).Within(1e-6));
        Assert.That(new GeometricLoss().Objective(HandBatch), Is.EqualTo(2).Within(1e-7));
    }

    [Test]
    public void GeometricLoss_ZeroAndHugeLosses_StaysFinite()
    {
        var weights = new float[2];
        new GeometricLoss().Weigh(new LossBatch([0], 2, [0f, 1e30f]), weights);

        Assert.That(weights.All(float.IsFinite), Is.True);
    }

    [Test]
    public void DynamicWeightAverage_FirstTwoEpochs_WeighsLikeEqual()
    {
        var weighting = new DynamicWeightAverage();
        weighting.BeginEpoch(0);
        Assert.That(weighting.Coefficient(1), Is.EqualTo(1));
        weighting.EndEpoch([1, 2]);
        Assert.That(weighting.Coefficient(1), Is.EqualTo(1));
    }

    [Test]
    public void DynamicWeightAverage_TwoEpochMeans_MatchesTheSoftmaxOfTheirRatios()
    {
        // r = (0.5 / 1, 3 / 2) = (0.5, 1.5), T = 2: 2 softmax(0.25, 0.75) = 2 (1, e^0.5) / (1 + e^0.5).
        var weighting = new DynamicWeightAverage(2);
        weighting.EndEpoch([1, 2]);
        weighting.EndEpoch([0.5, 3]);
        var root = Math.Exp(0.5);

        Assert.That(weighting.Coefficient(0), Is.EqualTo(2 / (1 + root)).Within(1e-12));
        Assert.That(weighting.Coefficient(1), Is.EqualTo(2 * root / (1 + root)).Within(1e-12));
    }

    [Test]
    public void DynamicWeightAverage_TaskWithoutLabels_KeepsOneAndTheOthersShareTheRest()
    {
        var weighting = new DynamicWeightAverage();
        weighting.EndEpoch([1, double.NaN, 1]);
        weighting.EndEpoch([1, double.NaN, 1]);

        Assert.That(new[] { weighting.Coefficient(0), weighting.Coefficient(1), weighting.Coefficient(2) }, Is.All.EqualTo(1));
    }

    [Test]
    public void DynamicWeightAverage_RatiosOfAnySize_StaysFinite()
    {
        var weighting = new DynamicWeightAverage();
        weighting.EndEpoch([0, 1e300]);
        weighting.EndEpoch([1e200, 0]);

        Assert.That(weighting.Coefficient(0), Is.EqualTo(2).Within(1e-9));
        Assert.That(weighting.Coefficient(1), Is.EqualTo(0).Within(1e-9));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    public void DynamicWeightAverage_BadTemperature_IsRefused(double temperature) =>
        Assert.That(() => new DynamicWeightAverage(temperature), Throws.ArgumentException.With.Message.StartsWith("The DWA temperature must be"));

    [Test]
    public void Uncertainty_Gradient_EqualsCentralDifferencesInS()
    {
        var weighting = new UncertaintyWeighting(ClassAndNumber);
        const double step = 1e-5;
        foreach (var s in new[] { -2.0, 0, 1.5 })
            for (var task = 0; task < 2; task++)
            {
                weighting.SetLogVariance(task, s + step);
                var up = weighting.Objective(HandBatch);
                weighting.SetLogVariance(task, s - step);
                var down = weighting.Objective(HandBatch);
                weighting.SetLogVariance(task, s);
                Assert.That(weighting.Gradient(HandBatch, task), Is.EqualTo((up - down) / (2 * step)).Within(1e-8));
            }
    }

    [TestCase(0.5, 2)] // c L exp(-s) = 1/2: s = log(2 c L)
    [TestCase(1.0, 1)]
    public void Uncertainty_ConstantLosses_SettlesAtItsFixedPoint(double factor, double multiple)
    {
        var weighting = new UncertaintyWeighting(ClassAndNumber, new UncertaintyWeightingOptions { LogVarianceFactor = factor });
        for (var i = 0; i < 3000; i++)
            weighting.Learn(HandBatch);

        Assert.That(weighting.LogVariance(0), Is.EqualTo(Math.Log(multiple * 1 * 1)).Within(1e-3));
        Assert.That(weighting.LogVariance(1), Is.EqualTo(Math.Log(multiple * 0.5 * 4)).Within(1e-3));
    }

    [Test]
    public void Uncertainty_FirstStep_MovesByTheStepSizeAgainstTheGradient()
    {
        // Adam's first step is the step size times the sign: gradients 0.5 - 1 < 0 and 0.5 - 0.5 * 4 < 0, so s rises.
        var weighting = new UncertaintyWeighting(ClassAndNumber, new UncertaintyWeightingOptions { StepSize = 0.02 });
        weighting.Learn(HandBatch);

        Assert.That(weighting.LogVariance(0), Is.EqualTo(0.02).Within(1e-8));
        Assert.That(weighting.LogVariance(1), Is.EqualTo(0.02).Within(1e-8));
    }

    [Test]
    public void Uncertainty_VanishingLosses_StopsAtTheClamp()
    {
        var weighting = new UncertaintyWeighting(ClassAndNumber, new UncertaintyWeightingOptions { StepSize = 1 });
        for (var i = 0; i < 20; i++)
            weighting.Learn(new LossBatch([0], 2, [0f, float.NaN]));

        Assert.That(weighting.LogVariance(0), Is.EqualTo(-4));
        Assert.That(weighting.LogVariance(1), Is.Zero, "no labelled row, no step");
    }

    [Test]
    public void Uncertainty_OtherNumberOfTasks_IsRefused() =>
        Assert.That(() => new UncertaintyWeighting(ClassAndNumber).Learn(new LossBatch([0], 3, new float[3])),
            Throws.ArgumentException.With.Message.StartsWith("This weighting was made for 2 tasks; the batch has 3."));

    [Test]
    public void WeightingTask_BadCoefficient_IsRefusedByName() =>
        Assert.That(() => new UncertaintyWeighting([new WeightingTask("rings", 0, 1)]), Throws.ArgumentException.With.Message.Contains("'rings'"));

    [Test]
    public void Parse_UnknownName_ListsTheKnownOnes() =>
        Assert.That(() => LossWeightings.Parse("best"), Throws.ArgumentException.With.Message.StartsWith(
            "Unknown weighting 'best'; expected one of ilt, equal, mtu, dwa, gls, rlw, imtl-l, log, gradnorm, famo, stch, excess, dp."));

    [Test]
    public void Parse_UpperCase_IsUnderstood() => Assert.That(LossWeightings.Parse("GLS"), Is.EqualTo(LossWeightingKind.GeometricLoss));

    [Test]
    public void Objective_OfEqualOverManyRows_EqualsTheSumOfMeans()
    {
        var losses = Losses.Random(50, 2, seed: 1, missing: 0.3);
        var expected = Enumerable.Range(0, 2).Sum(task => losses.Where((loss, at) => at % 2 == task && !float.IsNaN(loss)).Average(loss => (double)loss));

        Assert.That(new EqualWeighting().Objective(new LossBatch(Losses.Rows(50), 2, losses)), Is.EqualTo(expected).Within(1e-12));
    }
}
