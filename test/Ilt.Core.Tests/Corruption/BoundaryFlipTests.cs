using Ilt.Corruption;

namespace Ilt.Core.Tests.Corruption;

public class BoundaryFlipTests
{
    [Test]
    public void Measure_IsWhatASlowTwinCounts()
    {
        var random = new Random(4);
        var features = Enumerable.Range(0, 3 * 60).Select(_ => (float)random.NextDouble()).ToArray();
        int[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 7 == 0 ? -1 : random.Next(3))];
        var found = NeighbourAmbiguity.Measure(features, labels, 5);
        var deviations = Enumerable.Range(0, 3).Select(d =>
        {
            var column = Enumerable.Range(0, 60).Select(row => (double)features[(row * 3) + d]).ToArray();
            return Math.Sqrt(column.Average(x => Math.Pow(x - column.Average(), 2)));
        }).ToArray();
        for (var row = 0; row < 60; row++)
        {
            if (labels[row] < 0)
            {
                Assert.That((found.Ambiguity[row], found.Rival[row]), Is.EqualTo((0, -1)));
                continue;
            }
            var near = Enumerable.Range(0, 60).Where(other => other != row && labels[other] >= 0)
                .OrderBy(other => Enumerable.Range(0, 3).Sum(d => Math.Pow((features[(row * 3) + d] - features[(other * 3) + d]) / deviations[d], 2))).Take(5).ToArray();
            var others = near.Select(other => labels[other]).Where(c => c != labels[row]).ToArray();
            Assert.That(found.Ambiguity[row], Is.EqualTo(others.Length / 5.0), $"row {row}");
            Assert.That(found.Rival[row], Is.EqualTo(others.Length == 0 ? -1 : others.GroupBy(c => c).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key));
        }
    }

    [Test]
    public void CorruptClasses_Ambiguous_AreChosenMoreOften()
    {
        const int Rows = 4000;
        double[] ambiguity = [.. Enumerable.Range(0, Rows).Select(row => row % 2 == 0 ? 0.9 : 0.3)];
        int[] rival = [.. Enumerable.Range(0, Rows).Select(row => row % 2 == 0 ? 2 : -1)];
        var labels = new int[Rows];
        var wrong = new BoundaryFlip { Fraction = 0.05, Sharpness = 2 }.CorruptClasses(labels, 3, ambiguity, rival);
        var even = Enumerable.Range(0, Rows).Count(row => row % 2 == 0 && wrong[row]);
        Assert.That(wrong.Count(isWrong => isWrong), Is.EqualTo(200));
        Assert.That(even / 200.0, Is.EqualTo(0.91 * 0.91 / ((0.91 * 0.91) + (0.31 * 0.31))).Within(0.06)); // weights of so few rows hardly change each other's chances
        Assert.That(Enumerable.Range(0, Rows).Where(row => row % 2 == 0 && wrong[row]).Select(row => labels[row]), Is.All.EqualTo(2));
        Assert.That(Enumerable.Range(0, Rows).Where(row => row % 2 == 1 && wrong[row]).Select(row => labels[row]).Distinct(), Is.EquivalentTo(new[] { 1, 2 }));

        var more = new int[Rows];
        var wrongMore = new BoundaryFlip { Fraction = 0.2, Sharpness = 2 }.CorruptClasses(more, 3, ambiguity, rival);
        for (var row = 0; row < Rows; row++)
            if (wrong[row]) Assert.That((wrongMore[row], more[row]), Is.EqualTo((true, labels[row])));
    }

    [Test]
    public void CorruptClasses_LengthsThatDiffer_AreRefused() => Assert.That(
        () => new BoundaryFlip { Fraction = 0.5 }.CorruptClasses(new int[3], 2, new double[2], new int[3]), Throws.ArgumentException.With.Message.Contains("each of 3 rows; found 2 and 3"));
}
