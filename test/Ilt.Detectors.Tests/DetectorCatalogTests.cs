using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors.Tests;

public class DetectorCatalogTests
{
    [Test]
    public void All_Names_AreUnique_AndEachIsFound()
    {
        Assert.That(DetectorCatalog.All.Select(detector => detector.Name), Is.Unique.And.Not.Contain("equal/log-variance"));
        Assert.That(DetectorCatalog.Plain.Select(detector => detector.Name), Is.SubsetOf(DetectorCatalog.All.Select(detector => detector.Name)));
        foreach (var detector in DetectorCatalog.All)
        {
            Assert.That(DetectorCatalog.Find(detector.Name.ToUpperInvariant()), Is.SameAs(detector));
            Assert.That(detector.Summary, Has.Length.GreaterThan(20).And.Not.EndsWith("."));
        }
    }

    [TestCase("mtu/last-loss", "mtu/last-loss"), TestCase("ILT/log-variance", "ilt/log-variance"), TestCase("gls/confident-learning", "gls/confident-learning")]
    public void Find_AnyWeighting_MakesIt(string name, string expected) => Assert.That(DetectorCatalog.Find(name).Name, Is.EqualTo(expected));

    [TestCase("nothing", "There is no score or detector 'nothing'; expected one of noise-score, log-variance, ")]
    [TestCase("equal/aum", "There is no score or detector 'equal/aum'; expected one of ")]
    [TestCase("equal/log-variance", "equal/log-variance is there under the weighting ilt only, found equal.")]
    public void Find_Unknown_SaysWhatThereIs(string name, string message) =>
        Assert.That(() => DetectorCatalog.Find(name), Throws.ArgumentException.With.Message.StartsWith(message));

    [Test]
    public void Problem_LogVarianceUnderEqualWeights_IsSaid()
    {
        var options = NoisyTable.Quick with { Weighting = LossWeightingKind.Equal };
        var detector = DetectorCatalog.Find("log-variance");
        Assert.That(detector.Problem(options), Is.EqualTo("log-variance is there under the weighting ilt only, found equal"));
        Assert.That(() => detector.Detect(NoisyTable.Make(40, 1).Input(options)), Throws.ArgumentException.With.Message.StartsWith("log-variance is there under"));
        Assert.That(DetectorCatalog.Find("ilt/log-variance").Problem(options), Is.Null);
    }

    [Test]
    public void OfOneTraining_IsTheNoiseScore() => Assert.That(DetectorCatalog.OfOneTraining.Name, Is.EqualTo("noise-score"));
}
