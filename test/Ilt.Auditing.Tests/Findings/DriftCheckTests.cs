using Ilt.Corruption;

namespace Ilt.Auditing.Tests.Findings;

public class DriftCheckTests
{
    [Test]
    public void Find_FeaturesThatChange_AreNamedWithWhere()
    {
        var data = new Planted(1000, 4) { Embedding = null, Names = ["a", "b", "c", "d"] };
        for (var row = 300; row < 400; row++) data.Features[(row * 4) + 2] += 2;
        var found = data.Find("drift", null)!;
        Assert.That(found.Title, Is.EqualTo("1 of 4 features change along the file"));
        Assert.That(found.Text, Does.Contain("'c' (D 0.").And.Contain("rows 301 to 400, counted from 1"));
        Assert.That(found.Groups.Single(), Is.EqualTo(Enumerable.Range(300, 100)));
    }

    [Test]
    public void Find_ASmallChangeOfManyRows_IsPassedOver()
    {
        var data = new Planted(5000, 2) { Embedding = null };
        for (var row = 0; row < 500; row++) data.Features[row * 2] += 0.3f;
        Assert.That(data.Find("drift", null), Is.Null);
    }

    [Test]
    public void Find_SortedLabels_AreOfTheTask()
    {
        var data = new Planted(400);
        Array.Sort(data.Classes);
        Array.Sort(data.Numbers);
        data.Numbers.CopyTo(data.Predicted!, 0);
        Assert.That(data.Find("drift", "kind")!.Text, Does.Contain("Cramér's V"));
        Assert.That(data.Find("drift", "weight")!.Groups.Single(), Is.EqualTo(Enumerable.Range(0, 50)).Or.EqualTo(Enumerable.Range(350, 50)));
    }

    [Test]
    public void Differences_AgainstAllThresholds_Agree()
    {
        var random = new SeededGenerator(3);
        var values = Enumerable.Range(0, 120).Select(_ => random.NextInt(10) == 0 ? float.NaN : random.NextInt(8)).ToArray();
        var blocks = Enumerable.Range(0, 120).Select(i => i / 40).ToArray();
        var expected = Enumerable.Range(0, 3).Select(block => Enumerable.Range(-1, 10).Max(threshold => Math.Abs(Share(i => blocks[i] == block, threshold) - Share(i => blocks[i] != block, threshold))));
        Assert.That(KolmogorovSmirnov.Differences(values, blocks, 3), Is.EqualTo(expected).Within(1e-12));

        double Share(Func<int, bool> chosen, int threshold) => Enumerable.Range(0, 120).Where(chosen).Average(i => float.IsNaN(values[i]) || values[i] <= threshold ? 1.0 : 0);
    }

    // Against the share of random orders of no ties.
    [TestCase(0.2), TestCase(0.25), TestCase(0.35)]
    public void Probability_AgainstRandomOrders_Agrees(double difference)
    {
        var random = new SeededGenerator(1);
        var values = Enumerable.Range(0, 100).Select(i => (float)i).ToArray();
        var blocks = Enumerable.Range(0, 100).Select(i => i < 30 ? 0 : 1).ToArray();
        var above = 0;
        for (var order = 0; order < 4000; order++)
        {
            random.Shuffle<float>(values);
            if (KolmogorovSmirnov.Differences(values, blocks, 2)[0] >= difference - 1e-9) above++;
        }
        Assert.That(KolmogorovSmirnov.Probability(difference, 30, 70), Is.EqualTo(above / 4000.0).Within(0.04));
    }
}
