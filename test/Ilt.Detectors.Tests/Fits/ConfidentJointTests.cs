namespace Ilt.Detectors.Tests;

public class ConfidentJointTests
{
    // Two classes: t = (mean of .9, .6, .2, mean of .8, .7, .1) = (.5667, .5333).
    private static readonly float[] Probabilities = [.9f, .1f, .6f, .4f, .2f, .8f, .2f, .8f, .3f, .7f, .9f, .1f];
    private static readonly int[] Classes = [0, 0, 0, 1, 1, 1];

    [Test]
    public void Estimate_ByHand()
    {
        var joint = ConfidentJoint.Estimate(Probabilities, Classes, 2);

        Assert.That(joint.Thresholds[0], Is.EqualTo(1.7 / 3).Within(1e-6));
        Assert.That(joint.Thresholds[1], Is.EqualTo(1.6 / 3).Within(1e-6));
        Assert.That(joint.Counts, Is.EqualTo(new[,] { { 2, 1 }, { 1, 2 } }));
        Assert.That(joint.WrongLabels, Is.EqualTo(2).Within(1e-9));
        Assert.That(joint.Prune(ConfidentPruning.NoiseRate), Is.EqualTo(new[] { false, false, true, false, false, true }));
    }

    [TestCase(1), TestCase(2), TestCase(3), TestCase(4)]
    public void EstimateAndPrune_EqualALiteralReadingOfThePaper(int seed)
    {
        var random = new Random(seed);
        var (n, m) = (80, 2 + (seed % 3));
        var p = new float[n * m];
        for (var row = 0; row < n; row++)
        {
            for (var j = 0; j < m; j++) p[row * m + j] = (float)Math.Pow(random.NextDouble(), 3);
            var sum = p.AsSpan(row * m, m).ToArray().Sum();
            for (var j = 0; j < m; j++) p[row * m + j] /= sum;
        }
        var given = Enumerable.Range(0, n).Select(row => row % 9 == 4 ? -1 : random.NextDouble() < 0.6 ? ArgMax(p, row, m) : random.Next(m)).ToArray();

        var joint = ConfidentJoint.Estimate(p, given, m);

        var x = Enumerable.Range(0, n).Where(row => given[row] >= 0).ToArray();
        var t = Enumerable.Range(0, m).Select(j => x.Where(row => given[row] == j).Average(row => (double)p[row * m + j])).ToArray(); // Eq. 2
        var counts = new int[m, m];
        var q = new double[m, m];
        for (var i = 0; i < m; i++)
            for (var j = 0; j < m; j++) // Eq. 1: X_{given i, true j}
                counts[i, j] = x.Count(row => given[row] == i && p[row * m + j] >= t[j]
                    && Enumerable.Range(0, m).Where(l => p[row * m + l] >= t[l]).All(l => l == j || p[row * m + l] < p[row * m + j]));
        for (var i = 0; i < m; i++)
            for (var j = 0; j < m; j++) // Eq. 3
                q[i, j] = counts[i, j] / (double)Enumerable.Range(0, m).Sum(l => counts[i, l]) * x.Count(row => given[row] == i) / x.Length;
        Assert.That(joint.Counts, Is.EqualTo(counts));
        Assert.That(joint.Joint, Is.EqualTo(q).Within(1e-12));
        Assert.That(q.Cast<double>().Sum(), Is.EqualTo(1).Within(1e-12));

        HashSet<int> byClass = [], byNoise = [];
        for (var i = 0; i < m; i++)
        {
            var of = x.Where(row => given[row] == i).ToArray();
            byClass.UnionWith(of.OrderBy(row => p[row * m + i]).Take(Rounded(x.Length * Enumerable.Range(0, m).Where(j => j != i).Sum(j => q[i, j]))));
            for (var j = 0; j < m; j++)
                if (j != i) byNoise.UnionWith(of.OrderByDescending(row => p[row * m + j] - p[row * m + i]).Take(Rounded(x.Length * q[i, j])));
        }
        var unlikely = x.Where(row => ArgMax(p, row, m) != given[row]).ToHashSet(); // our departure
        Assert.That(Rows(joint.Prune(ConfidentPruning.ByClass)), Is.EquivalentTo(byClass.Intersect(unlikely)));
        Assert.That(Rows(joint.Prune(ConfidentPruning.NoiseRate)), Is.EquivalentTo(byNoise.Intersect(unlikely)));
        Assert.That(Rows(joint.Prune(ConfidentPruning.Both)), Is.EquivalentTo(byNoise.Intersect(byClass).Intersect(unlikely)));
        Assert.That(byNoise.Intersect(unlikely), Is.Not.Empty);
    }

    [Test]
    public void Estimate_ClassWithoutRowsAndUnsureRows_SayNothingIsWrong()
    {
        var joint = ConfidentJoint.Estimate([.5f, .5f, 0, .5f, .5f, 0, float.NaN, .5f, .5f], [0, 1, 0], 3);
        Assert.That(joint.RowCount, Is.EqualTo(2));
        Assert.That(joint.Joint[2, 2], Is.Zero);
        Assert.That(joint.Prune(ConfidentPruning.NoiseRate), Is.All.False);
    }

    [Test]
    public void Estimate_WrongLength_IsRefused() => Assert.That(
        () => ConfidentJoint.Estimate([1, 0, 1], [0, 1], 2), Throws.ArgumentException.With.Message.StartsWith("Expected 2 rows x 2 classes = 4 probabilities; found 3."));

    private static int ArgMax(float[] p, int row, int m) => Enumerable.Range(0, m).MaxBy(j => p[row * m + j]);

    private static int Rounded(double count) => (int)Math.Round(count, MidpointRounding.AwayFromZero);

    private static IEnumerable<int> Rows(bool[] picked) => Enumerable.Range(0, picked.Length).Where(row => picked[row]);
}
