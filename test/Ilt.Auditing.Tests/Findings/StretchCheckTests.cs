using Ilt.Corruption;

namespace Ilt.Auditing.Tests.Findings;

public class StretchCheckTests
{
    [Test]
    public void Find_AStretchOfHighScores_SaysFromAndTo()
    {
        var data = new Planted(2000, 3);
        for (var row = 700; row < 800; row += 2) data.ClassScores[row] += 5;
        var found = data.Find("stretch", "kind")!;
        Assert.That(found.Groups.Single()[0], Is.EqualTo(700).Within(3));
        Assert.That(found.Groups.Single()[^1], Is.EqualTo(798).Within(3));
        Assert.That(found.Text, Does.Contain("p = 0.001"));
        Assert.That(data.Find("stretch", "weight"), Is.Null);
    }

    [Test]
    public void Find_AHarderClassInOnePlace_IsNoStretch()
    {
        var data = new Planted(1000, 3);
        Array.Sort(data.Classes);
        Array.Sort(data.Numbers);
        for (var row = 0; row < 1000; row++)
        {
            data.ClassScores[row] += 4 * data.Classes[row];
            data.NumberScores[row] += Math.Abs(data.Numbers[row]) * 4;
        }
        Assert.That(data.Find("stretch", "kind"), Is.Null);
        Assert.That(data.Find("stretch", "weight"), Is.Null);
    }

    [Test]
    public void Of_RandomOrders_GiveSmallProbabilitiesNoOftenerThanTheySay()
    {
        var random = new SeededGenerator(2);
        var probabilities = new List<double>();
        for (var trial = 0; trial < 200; trial++)
        {
            bool[] hits = [.. Enumerable.Range(0, 200).Select(i => i < 20)];
            random.Shuffle<bool>(hits);
            probabilities.Add(ScanStatistic.Of(hits, trial, 99, default)!.Probability);
        }
        Assert.That(probabilities.Count(p => p <= 0.2) / 200.0, Is.InRange(0.04, 0.29), "ties make them too large");
    }
}
