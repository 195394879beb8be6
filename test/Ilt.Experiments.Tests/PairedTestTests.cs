namespace Ilt.Experiments.Tests;

/// <summary>P-values against slow twins that count or integrate.</summary>
public class PairedTestTests
{
    private static IEnumerable<double[]> Samples()
    {
        var random = new Random(3);
        yield return [1];
        yield return [1, 2, 3, 4, 5, 6];
        yield return [1, -1, 2, -2, 0, 3];
        yield return [0.5, 0.5, 0.5, -0.5, 2];
        yield return [0, 0, 0];
        for (var i = 0; i < 6; i++) yield return [.. Enumerable.Range(0, 4 + (2 * i)).Select(_ => Math.Round((4 * random.NextDouble()) - 1.5, 1))];
    }

    [TestCaseSource(nameof(Samples))]
    public void Wilcoxon_CountsAllSigns(double[] differences)
    {
        var kept = differences.Where(d => d != 0).ToArray();
        var ranks = kept.Select(d => (kept.Count(e => Math.Abs(e) < Math.Abs(d)) * 1.0) + ((kept.Count(e => Math.Abs(e) == Math.Abs(d)) + 1) / 2.0)).ToArray();
        var mean = ranks.Sum() / 2;
        var found = Math.Abs(Enumerable.Range(0, kept.Length).Where(i => kept[i] > 0).Sum(i => ranks[i]) - mean);
        var (asFar, all) = (0, 1 << kept.Length);
        for (var signs = 0; signs < all; signs++)
            if (Math.Abs(Enumerable.Range(0, kept.Length).Where(i => ((signs >> i) & 1) == 1).Sum(i => ranks[i]) - mean) >= found - 1e-9) asFar++;
        Assert.That(PairedTest.Wilcoxon(differences), Is.EqualTo(asFar / (double)all).Within(1e-12));
    }

    [TestCaseSource(nameof(Samples))]
    public void Sign_CountsAllSigns(double[] differences)
    {
        var kept = differences.Where(d => d != 0).ToArray();
        var found = Math.Abs(kept.Count(d => d > 0) - (kept.Length / 2.0));
        var asFar = Enumerable.Range(0, 1 << kept.Length).Count(signs => Math.Abs(System.Numerics.BitOperations.PopCount((uint)signs) - (kept.Length / 2.0)) >= found);
        Assert.That(PairedTest.Sign(differences), Is.EqualTo(asFar / (double)(1 << kept.Length)).Within(1e-12));
    }

    [TestCaseSource(nameof(Samples))]
    public void StudentT_IntegratesTheDensity(double[] differences)
    {
        var n = differences.Length;
        var mean = differences.Average();
        var variance = differences.Sum(d => (d - mean) * (d - mean)) / (n - 1);
        if (n < 2 || variance == 0)
        {
            Assert.That(PairedTest.StudentT(differences), n < 2 ? Is.NaN : Is.EqualTo(mean == 0 ? 1 : 0));
            return;
        }
        var (t, freedom) = (Math.Abs(mean) / Math.Sqrt(variance / n), n - 1);
        // With t = sqrt(freedom) tan(a) the density is a power of the cosine: both tails are a share of its area from 0 to a right angle.
        var from = Math.Atan(t / Math.Sqrt(freedom));
        Assert.That(PairedTest.StudentT(differences), Is.EqualTo(Area(from) / Area(0)).Within(1e-7));

        double Area(double start)
        {
            const int Steps = 200_000;
            var width = ((Math.PI / 2) - start) / Steps;
            return Enumerable.Range(0, Steps).Sum(i => Math.Pow(Math.Cos(start + ((i + 0.5) * width)), freedom - 1)) * width;
        }
    }

    [Test]
    public void Wilcoxon_ManyPairs_IsNearTheExactValue()
    {
        // 51 differences are one too many for the exact distribution, which is counted here: of all sets of the ranks 1 to 51, those of a sum of at most 459 = 3 + 6 + ... + 51.
        double[] differences = [.. Enumerable.Range(1, 51).Select(i => i % 3 == 0 ? -(double)i : i)];
        var sets = new double[460];
        sets[0] = 1;
        for (var rank = 1; rank <= 51; rank++)
            for (var sum = sets.Length - 1; sum >= rank; sum--) sets[sum] += sets[sum - rank];
        var exact = 2 * sets.Sum() / Math.Pow(2, 51);
        Assert.That(PairedTest.Wilcoxon(differences), Is.EqualTo(exact).Within(0.02 * exact));
    }
}
