using Ilt.Torch;

namespace Ilt.Detectors.Tests;

public class GaussianMixtureTests
{
    private static double[] Draw(int seed, int low, int high, double distance, double highDeviation = 1)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, low).Select(_ => Normal()), .. Enumerable.Range(0, high).Select(_ => distance + (highDeviation * Normal()))];
    }

    [Test]
    public void Fit_SeparatedComponents_FindsThem()
    {
        var values = Draw(1, 800, 200, 8, 2);
        var mixture = GaussianMixture.Fit(values)!;

        Assert.That(mixture.LowMean, Is.Zero.Within(0.15));
        Assert.That(mixture.HighMean, Is.EqualTo(8).Within(0.4));
        Assert.That(mixture.LowVariance, Is.EqualTo(1).Within(0.2));
        Assert.That(mixture.HighVariance, Is.EqualTo(4).Within(1));
        Assert.That(mixture.HighShare, Is.EqualTo(0.2).Within(0.02));
        Assert.That(values.Select((value, i) => mixture.LogOdds(value) > 0 == i >= 800).Count(right => right), Is.GreaterThan(970));
    }

    [TestCase(1), TestCase(2), TestCase(3)]
    public void Fit_LogLikelihood_NeverFalls_AndIsThatOfTheMixture(int seed)
    {
        var values = Draw(seed, 300, 200, 2);
        var mixture = GaussianMixture.Fit(values)!;

        var steps = mixture.LogLikelihoods;
        Assert.That(steps, Has.Count.GreaterThan(3));
        for (var i = 1; i < steps.Count; i++) Assert.That(steps[i], Is.GreaterThanOrEqualTo(steps[i - 1] - 1e-12));
        double Density(double x, double mean, double variance) => Math.Exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);
        var direct = values.Average(x => Math.Log(((1 - mixture.HighShare) * Density(x, mixture.LowMean, mixture.LowVariance)) + (mixture.HighShare * Density(x, mixture.HighMean, mixture.HighVariance))));
        Assert.That(steps[^1], Is.EqualTo(direct).Within(1e-9));
    }

    [TestCase(0.3), TestCase(1), TestCase(3)]
    public void LogOdds_AreThoseOfThePosterior_AndNeverFall(double highDeviation)
    {
        var mixture = GaussianMixture.Fit(Draw(5, 600, 300, 5, highDeviation))!;
        double Density(double x, double mean, double variance) => Math.Exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.Sqrt(variance);
        foreach (var x in new[] { mixture.LowMean, (mixture.LowMean + mixture.HighMean) / 2, mixture.HighMean })
        {
            var odds = mixture.HighShare * Density(x, mixture.HighMean, mixture.HighVariance) / ((1 - mixture.HighShare) * Density(x, mixture.LowMean, mixture.LowVariance));
            Assert.That(mixture.LogOdds(x), Is.EqualTo(Math.Log(odds)).Within(1e-9));
        }
        var along = Enumerable.Range(-200, 600).Select(i => mixture.LogOdds(i / 10.0)).ToArray();
        Assert.That(along, Is.Ordered.Ascending);
        Assert.That(along, Is.Unique);
    }

    [Test]
    public void Fit_NothingToTellApart_IsNull()
    {
        Assert.That(GaussianMixture.Fit([1, 2, 3]), Is.Null);
        Assert.That(GaussianMixture.Fit([1, 1, 1, 1, 1]), Is.Null);
    }

    [Test]
    public void Detect_LossMixture_RanksAsTheLossDoes_AndSaysHowMany()
    {
        var table = NoisyTable.Make(150, 6);
        var losses = DetectorCatalog.Find("equal/noise-score").Detect(table.Input());
        var found = new LossMixture().Detect(table.Input());
        for (var k = 0; k < 2; k++)
        {
            int[] rows = [.. Enumerable.Range(0, 150).Where(table.Data.Labels[k].IsLabelled)];
            Assert.That(rows.OrderBy(row => found.Scores[k]![row]).ThenBy(row => row), Is.EqualTo(rows.OrderBy(row => losses.Scores[k]![row]).ThenBy(row => row)));
            Assert.That(found.Reasons![k], Does.Match(@"^components at -?\d\.\d\d and -?\d\.\d\d of the mean log loss; \d+ ?% of the labels are in the higher one$"));
        }
    }
}
