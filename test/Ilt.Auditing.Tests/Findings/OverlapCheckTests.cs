using Ilt.Corruption;

namespace Ilt.Auditing.Tests.Findings;

public class OverlapCheckTests
{
    [TestCase(1), TestCase(5)]
    public void Find_ClassesThatNothingTellsApart_MayBeOne(int rarer)
    {
        var data = Make((row, random) => 0, rarer: rarer);
        var found = data.Find("overlap", "kind")!;
        Assert.That(found.Title, Is.EqualTo("Classes 'ant' and 'bee' may be one"));
        Assert.That(found.Groups, Has.Count.EqualTo(100).And.All.Length.EqualTo(1));
        Assert.That(found.Count, Is.GreaterThan(100));
    }

    [TestCase(2.0)]
    [TestCase(1.2)]
    public void Find_ClassesThatOverlapALittle_AreTwo(double apart) =>
        Assert.That(Make((row, random) => apart).Find("overlap", "kind"), Is.Null);

    [Test]
    public void Find_ManyWrongLabels_AreNoOverlap()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var data = Make((row, random) => 8, seed);
            var random = new SeededGenerator(seed);
            for (var row = 0; row < data.Rows; row++)
                if (data.Classes[row] < 2 && random.NextDouble() < 0.38) data.Classes[row] = 1 - data.Classes[row];
            Assert.That(data.Find("overlap", "kind"), Is.Null);
        }
    }

    [Test]
    public void Find_ClassesThatAreAllAlike_IsOneFinding()
    {
        var data = new Planted(600);
        var random = new SeededGenerator(1);
        for (var i = 0; i < data.Probabilities.Length; i++) data.Probabilities[i] = (float)random.NextDouble();
        var found = data.Find("overlap", "kind")!;
        Assert.That(found.Title, Does.StartWith("The classes can hardly be told apart (3 of 3"));
    }

    // Ants and bees at two places of a line, with the probabilities of who knows the density.
    private static Planted Make(Func<int, SeededGenerator, double> apart, int seed = 1, int rarer = 1)
    {
        var data = new Planted(900, 4, seed);
        var random = new SeededGenerator(seed + 100);
        for (var row = 0; row < data.Rows; row++)
        {
            if (data.Classes[row] == 1 && random.NextInt(rarer) > 0) data.Classes[row] = 0;
            if (data.Classes[row] == 2) continue;
            var distance = apart(row, random);
            var x = random.NextGaussian() + (data.Classes[row] * distance);
            // The noise of an estimate keeps probabilities from being equal where nothing is known.
            var odds = Math.Exp((distance * (x - (distance / 2))) + (0.2 * random.NextGaussian())) / rarer;
            (data.Probabilities[row * 3], data.Probabilities[(row * 3) + 1], data.Probabilities[(row * 3) + 2]) = ((float)(1 / (1 + odds)), (float)(odds / (1 + odds)), 0);
        }
        return data;
    }
}
