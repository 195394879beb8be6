using MathNet.Numerics;

namespace Ilt.Experiments;

/// <summary>Whether paired differences are likely to be chance. All tests are two-sided; equal pairs are dropped by the sign and the signed-rank test.</summary>
internal static class PairedTest
{
    // Beyond that many differences the exact distribution adds nothing to the normal one.
    private const int MostExact = 50;

    /// <summary>Names of the tests in files.</summary>
    public static IReadOnlyList<string> Names { get; } = ["wilcoxon", "t", "sign", "none"];

    /// <summary>The p-value of a test by name.</summary>
    public static double P(string test, IReadOnlyList<double> differences) => test switch
    {
        "wilcoxon" => Wilcoxon(differences),
        "t" => StudentT(differences),
        "sign" => Sign(differences),
        _ => double.NaN,
    };

    /// <summary>How a test is called in notes.</summary>
    public static string Describe(string test) => test switch
    {
        "wilcoxon" => "Wilcoxon's signed-rank test (two-sided, exact up to 50 pairs, equal pairs dropped, ties share ranks)",
        "t" => "Student's t test for pairs (two-sided)",
        _ => "the sign test (two-sided, exact, equal pairs dropped)",
    };

    /// <summary>
    /// Wilcoxon's signed-rank test (1945). The p-value is exact up to 50 differences, ties included: of all 2^n ways to give the ranks signs, the share whose sum of
    /// positive ranks is as far from its mean as the one found. Beyond that it comes from the normal distribution with corrections for ties and continuity.
    /// </summary>
    /// <param name="differences">One per pair.</param>
    /// <returns>The p-value; 1 where all are equal or there is none.</returns>
    public static double Wilcoxon(IReadOnlyList<double> differences)
    {
        var kept = differences.Where(difference => difference != 0).ToArray();
        if (kept.Length == 0) return 1;
        var ranks = DoubledRanks(kept);
        var positive = Enumerable.Range(0, kept.Length).Where(i => kept[i] > 0).Sum(i => ranks[i]);
        var total = ranks.Sum();
        var lower = Math.Min(positive, total - positive);
        return kept.Length <= MostExact ? Exact(ranks, lower) : Normal(kept.Length, ranks, lower);
    }

    /// <summary>The sign test: how often a fair coin falls as one-sidedly.</summary>
    public static double Sign(IReadOnlyList<double> differences)
    {
        var (positive, negative) = (differences.Count(d => d > 0), differences.Count(d => d < 0));
        var n = positive + negative;
        if (n == 0) return 1;
        double tail = 0;
        var logarithm = -n * Math.Log(2); // of 2^-n binomial(n, i)
        for (var i = 0; i <= Math.Min(positive, negative); i++)
        {
            tail += Math.Exp(logarithm);
            logarithm += Math.Log(n - i) - Math.Log(i + 1);
        }
        return Math.Min(1, 2 * tail);
    }

    /// <summary>Student's t test of the mean difference; NaN for fewer than two pairs. Where all differences are the same it is 1 for 0 and 0 otherwise.</summary>
    public static double StudentT(IReadOnlyList<double> differences)
    {
        var n = differences.Count;
        if (n < 2) return double.NaN;
        var mean = differences.Average();
        var deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (n - 1));
        if (deviation == 0) return mean == 0 ? 1 : 0;
        var t = mean / (deviation / Math.Sqrt(n));
        double freedom = n - 1;
        return SpecialFunctions.BetaRegularized(freedom / 2, 0.5, freedom / (freedom + (t * t)));
    }

    // Twice the ranks, so that shared ones are whole numbers.
    private static int[] DoubledRanks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(i => Math.Abs(values[i])).ToArray();
        var ranks = new int[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && Math.Abs(values[order[end]]) == Math.Abs(values[order[start]])) end++;
            for (var i = start; i < end; i++) ranks[order[i]] = start + end + 1;
        }
        return ranks;
    }

    private static double Exact(int[] ranks, int lower)
    {
        // Share of the sign patterns by their sum of positive ranks.
        var shares = new double[ranks.Sum() + 1];
        shares[0] = 1;
        var reach = 0;
        foreach (var rank in ranks)
        {
            reach += rank;
            for (var sum = reach; sum >= 0; sum--) shares[sum] = 0.5 * (shares[sum] + (sum >= rank ? shares[sum - rank] : 0));
        }
        return Math.Min(1, 2 * shares.Take(lower + 1).Sum());
    }

    private static double Normal(int n, int[] ranks, int lower)
    {
        var mean = n * (n + 1) / 4.0;
        var ties = ranks.GroupBy(rank => rank).Sum(group => Math.Pow(group.Count(), 3) - group.Count());
        var variance = (n * (n + 1) * ((2 * n) + 1) / 24.0) - (ties / 48.0);
        var z = Math.Max(0, mean - (lower / 2.0) - 0.5) / Math.Sqrt(variance);
        return Math.Min(1, SpecialFunctions.Erfc(z / Math.Sqrt(2)));
    }
}
