namespace Ilt.Auditing;

/// <summary>How many of the most probable rows make the expected F1 largest.</summary>
internal static class FlaggedSet
{
    /// <summary>The number of rows to flag: the k of the largest 2 (p_1 + ... + p_k) / (k + p_1 + ... + p_n), ratio of expectations; the smallest of equally good ones.</summary>
    /// <param name="probabilities">Falling.</param>
    public static int Count(IReadOnlyList<double> probabilities)
    {
        var all = probabilities.Sum();
        var (best, count, sum) = (0.0, 0, 0.0);
        for (var k = 0; k < probabilities.Count; k++)
        {
            sum += probabilities[k];
            var f1 = 2 * sum / (k + 1 + all);
            if (f1 > best + 1e-12) (best, count) = (f1, k + 1);
        }
        return count;
    }
}
