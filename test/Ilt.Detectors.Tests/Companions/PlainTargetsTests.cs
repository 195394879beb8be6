using Ilt.Torch;

namespace Ilt.Detectors.Tests;

/// <summary>Losses of outside models are those that a network with the same predictions has.</summary>
public class PlainTargetsTests
{
    [Test]
    public void Losses_OfANetworksProbabilities_AreTheNetworks()
    {
        var table = NoisyTable.Make(80, 3);
        var result = MultiTaskTraining.Train(table.Tasks, table.Data, null, NoisyTable.Quick);
        using var model = result.Model;
        var expected = model.Losses(table.Data)[0];

        var losses = PlainTargets.Of(table.Tasks[0], table.Data.Labels[0])!.Losses(model.Predict(table.Data.Features)[0]);

        Assert.That(losses, Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void Losses_OfTheLabelsThemselves_AreZero_AndInUnitsTheyAreTheLabels()
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(i => i == 7 ? float.NaN : MathF.Exp(i / 10f))];
        var targets = PlainTargets.Of(new RegressionTask("price"), new NumberLabels(values))!;

        Assert.That(targets.Losses(targets.Values), Is.EqualTo(values.Select(v => float.IsNaN(v) ? v : 0)));
        Assert.That(targets.InUnits(targets.Values).Where((_, i) => i != 7), Is.EqualTo(values.Where((_, i) => i != 7)).Within(1e-3).Percent);
        Assert.That(targets.IsClasses, Is.False);
    }

    [Test]
    public void Losses_OfCounts_AreSmallestAtTheCount()
    {
        float[] counts = [.. Enumerable.Range(0, 50).Select(i => (float)(i % 9))];
        var targets = PlainTargets.Of(new CountTask("visits"), new NumberLabels(counts))!;

        var (near, far) = (targets.Losses(targets.Values), targets.Losses([.. targets.Values.Select(value => value + 0.5f)]));

        for (var row = 0; row < 50; row++)
            if (counts[row] is > 0 and < 6) Assert.That(near[row], Is.LessThan(far[row]), $"{counts[row]}");
    }

    [Test]
    public void Losses_WrongLength_IsRefused() => Assert.That(
        () => PlainTargets.Of(new ClassificationTask("c", 2), new ClassLabels([0, 1, 0]))!.Losses([1, 0]),
        Throws.ArgumentException.With.Message.Contains("Expected 3 rows x 2 = 6 predictions of task 'c'; found 2"));
}
