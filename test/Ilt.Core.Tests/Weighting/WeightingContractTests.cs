using Ilt.Parameters;
using Ilt.Support;

namespace Ilt.Weighting;

/// <summary>What every weighting promises, whatever its formula.</summary>
[TestFixtureSource(nameof(Kinds))]
public sealed class WeightingContractTests(LossWeightingKind kind)
{
    private const int Rows = 12, Tasks = 3, Epochs = 6;

    private static readonly WeightingTask[] TaskList = [new("class", 1, 1.1), new("number", 0.5, 0.5), new("vector", 0.5, 0.25)];

    private static IEnumerable<LossWeightingKind> Kinds() => Enum.GetValues<LossWeightingKind>();

    [Test]
    public void Name_IsTheShortNameOfItsKind() =>
        Assert.That(LossWeightings.Parse(Create().Name), Is.EqualTo(kind));

    [TestCase(0, TestName = "Weigh_AllLabels_EqualsCentralDifferencesOfObjective")]
    [TestCase(0.4, TestName = "Weigh_MissingLabels_EqualsCentralDifferencesOfObjective")]
    public void Weigh_EqualsCentralDifferences(double missing)
    {
        var weighting = Trained(missing);
        var losses = Losses.Random(Rows, Tasks, seed: 99, missing);
        var weights = Weigh(weighting, losses);
        for (var at = 0; at < losses.Length; at++)
        {
            if (float.IsNaN(losses[at]))
            {
                Assert.That(weights[at], Is.Zero, $"cell {at} has no label");
                continue;
            }

            var expected = Derivative(weighting, losses, at);
            Assert.That(weights[at], Is.EqualTo(expected).Within(1e-6 * Math.Abs(expected)), $"cell {at}");
        }
    }

    [Test]
    public void Weigh_TaskWithoutLabelsInTheBatch_IsLeftOut()
    {
        var weighting = Trained(0);
        var losses = Losses.Random(Rows, Tasks, seed: 5);
        for (var at = 1; at < losses.Length; at += Tasks)
            losses[at] = float.NaN;
        var weights = Weigh(weighting, losses);

        Assert.That(weights.Where((_, at) => at % Tasks == 1), Is.All.Zero);
        Assert.That(weights.Where((_, at) => at % Tasks != 1), Is.All.GreaterThan(0));
        Assert.That(double.IsFinite(weighting.Objective(new LossBatch(Losses.Rows(Rows), Tasks, losses))), Is.True);
        Assert.That(() => weighting.Learn(new LossBatch(Losses.Rows(Rows), Tasks, losses)), Throws.Nothing);
    }

    [Test]
    public void Weigh_RowWithoutAnyLabel_EqualsRowRemoved()
    {
        var weighting = Trained(0);
        var losses = Losses.Random(Rows, Tasks, seed: 6);
        var without = (float[])losses.Clone();
        without.AsSpan(4 * Tasks, Tasks).Fill(float.NaN);
        float[] removed = [.. losses[..(4 * Tasks)], .. losses[(5 * Tasks)..]];
        int[] rows = [.. Losses.Rows(Rows).Where(row => row != 4)];
        var weights = new float[removed.Length];
        weighting.Weigh(new LossBatch(rows, Tasks, removed), weights);

        float[] kept = [.. Weigh(weighting, without).Where((_, at) => at / Tasks != 4)];
        Assert.That(kept, Is.EqualTo(weights));
    }

    [Test]
    public void Weigh_Called_ChangesNothing()
    {
        var weighting = Trained(0);
        var losses = Losses.Random(Rows, Tasks, seed: 8);
        var before = weighting.Objective(new LossBatch(Losses.Rows(Rows), Tasks, losses));
        var first = Weigh(weighting, losses);

        Assert.That(Weigh(weighting, losses), Is.EqualTo(first));
        Assert.That(weighting.Objective(new LossBatch(Losses.Rows(Rows), Tasks, losses)), Is.EqualTo(before));
    }

    [Test]
    public void Weigh_EmptyBatch_DoesNothing()
    {
        var weighting = Trained(0);

        Assert.That(weighting.Objective(new LossBatch([], Tasks, [])), Is.Zero);
        Assert.That(() => weighting.Weigh(new LossBatch([], Tasks, []), []), Throws.Nothing);
        Assert.That(() => weighting.Learn(new LossBatch([], Tasks, [])), Throws.Nothing);
    }

    [Test]
    public void Weigh_TooLittleRoom_IsRefused() =>
        Assert.That(() => Create().Weigh(new LossBatch([0], Tasks, new float[Tasks]), new float[2]),
            Throws.ArgumentException.With.Message.StartsWith("Expected room for 3 weights, one per loss; found 2."));

    [Test]
    public void Restore_OfAMiddle_GoesOnBitForBit()
    {
        var (weighting, again) = (Create(), Create());
        for (var epoch = 0; epoch < 3; epoch++)
            Epoch(weighting, epoch, 0.3);
        weighting.BeginEpoch(3);
        Step(weighting, 77, 0.3);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            weighting.Save(writer);
        stream.Position = 0;
        again.Restore(new BinaryReader(stream));
        Assert.That(stream.Position, Is.EqualTo(stream.Length));

        foreach (var one in new[] { weighting, again })
        {
            Step(one, 78, 0.3);
            one.EndEpoch([0.5, 0.7, 0.9]);
            Epoch(one, 4, 0.3);
        }

        var losses = Losses.Random(Rows, Tasks, seed: 9);
        Assert.That(Weigh(again, losses), Is.EqualTo(Weigh(weighting, losses)));
    }

    private ILossWeighting Create() =>
        LossWeightings.Create(kind, Rows, TaskList, Epochs, new InstanceTaskParameterOptions { WarmupEpochs = 0 });

    /// <summary>A weighting in the middle of a run, with its own parameters and coefficients away from their start.</summary>
    private ILossWeighting Trained(double missing)
    {
        var weighting = Create();
        for (var epoch = 0; epoch < 3; epoch++)
            Epoch(weighting, epoch, missing);
        return weighting;
    }

    private static void Epoch(ILossWeighting weighting, int epoch, double missing)
    {
        weighting.BeginEpoch(epoch);
        for (var batch = 0; batch < 4; batch++)
            Step(weighting, (10 * epoch) + batch, missing);
        weighting.EndEpoch([1 + epoch, Math.Abs(3 - epoch) + 0.5, 2]);
    }

    // What the training loop does, with gradients and losses after the step that are made up.
    private static void Step(ILossWeighting weighting, int seed, double missing)
    {
        var batch = new LossBatch(Losses.Rows(Rows), Tasks, Losses.Random(Rows, Tasks, seed, missing));
        if (weighting is ITrunkGradientWeighting trunk)
            trunk.Observe(batch, Losses.Random(Tasks, 7, seed + 1000));
        weighting.Learn(batch);
        if (weighting is IAfterStepWeighting later)
            later.LearnAfterStep(batch, new LossBatch(batch.Rows, Tasks, Array.ConvertAll(batch.Losses.ToArray(), loss => 0.9f * loss / (1 + (0.1f * loss)))));
    }

    private static float[] Weigh(ILossWeighting weighting, float[] losses)
    {
        var weights = Array.ConvertAll(new float[losses.Length], _ => float.NaN);
        weighting.Weigh(new LossBatch(Losses.Rows(losses.Length / Tasks), Tasks, losses), weights);
        return weights;
    }

    // Of two central differences, free of the second order in the step. What the objective holds constant is held constant.
    private static double Derivative(ILossWeighting weighting, float[] losses, int at)
    {
        var scale = weighting is FastAdaptiveWeighting famo ? famo.Scale(new LossBatch(Losses.Rows(losses.Length / Tasks), Tasks, losses)) : 1;
        return scale * ((4 * CentralDifference(weighting, losses, at, -9)) - CentralDifference(weighting, losses, at, -8)) / 3;
    }

    private static double CentralDifference(ILossWeighting weighting, float[] losses, int at, int power)
    {
        // Losses are floats, objectives doubles: a power of two changes every loss here exactly.
        var step = MathF.Pow(2, power) * losses[at];
        var up = (float[])losses.Clone();
        var down = (float[])losses.Clone();
        up[at] += step;
        down[at] -= step;
        return (Objective(up) - Objective(down)) / ((double)up[at] - down[at]);

        double Objective(float[] moved)
        {
            var batch = new LossBatch(Losses.Rows(moved.Length / Tasks), Tasks, moved);
            return weighting.Objective(batch) / (weighting is FastAdaptiveWeighting famo ? famo.Scale(batch) : 1);
        }
    }
}
