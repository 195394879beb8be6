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

            var expected = CentralDifference(weighting, losses, at);
            Assert.That(weights[at], Is.EqualTo(expected).Within(1e-3 * Math.Abs(expected)), $"cell {at}");
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

    private ILossWeighting Create() =>
        LossWeightings.Create(kind, Rows, TaskList, Epochs, new InstanceTaskParameterOptions { WarmupEpochs = 0 });

    /// <summary>A weighting in the middle of a run, with its own parameters and coefficients away from their start.</summary>
    private ILossWeighting Trained(double missing)
    {
        var weighting = Create();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            weighting.BeginEpoch(epoch);
            for (var batch = 0; batch < 4; batch++)
                weighting.Learn(new LossBatch(Losses.Rows(Rows), Tasks, Losses.Random(Rows, Tasks, seed: (10 * epoch) + batch, missing)));
            weighting.EndEpoch([1 + epoch, 3 - epoch, 2]);
        }

        return weighting;
    }

    private static float[] Weigh(ILossWeighting weighting, float[] losses)
    {
        var weights = Array.ConvertAll(new float[losses.Length], _ => float.NaN);
        weighting.Weigh(new LossBatch(Losses.Rows(losses.Length / Tasks), Tasks, losses), weights);
        return weights;
    }

    private static double CentralDifference(ILossWeighting weighting, float[] losses, int at)
    {
        // Losses are floats, objectives doubles: a power of two changes every loss here exactly.
        var step = MathF.Pow(2, -8) * losses[at];
        var up = (float[])losses.Clone();
        var down = (float[])losses.Clone();
        up[at] += step;
        down[at] -= step;
        var rows = Losses.Rows(losses.Length / Tasks);
        return (weighting.Objective(new LossBatch(rows, Tasks, up)) - weighting.Objective(new LossBatch(rows, Tasks, down))) / ((double)up[at] - down[at]);
    }
}
