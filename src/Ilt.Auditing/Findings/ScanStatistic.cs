using Ilt.Corruption;

namespace Ilt.Auditing;

/// <summary>The stretch of a sequence of hits and misses that holds most more hits than its share.</summary>
/// <remarks>
/// Stretches of lengths that double, at steps of an eighth, are compared by their excess in standard deviations; the probability is the share of random orders in which
/// the best stretch is at least as good (Kulldorff 1997 gives the idea).
/// </remarks>
/// <param name="First">First item of the stretch.</param>
/// <param name="Length">Items.</param>
/// <param name="Hits">Hits in it.</param>
/// <param name="Probability">That of such an excess where the order is random.</param>
internal sealed record ScanStatistic(int First, int Length, int Hits, double Probability)
{
    private const int Shortest = 20;

    /// <summary>Null: there are too few items.</summary>
    public static ScanStatistic? Of(bool[] hits, int seed, int orders, CancellationToken cancellation)
    {
        var total = hits.Count(hit => hit);
        if (hits.Length < 4 * Shortest || total == 0 || total == hits.Length) return null;
        var (first, length, excess) = Best(hits, total, 8);
        var (shuffled, random, better) = ((bool[])hits.Clone(), new SeededGenerator(seed), 0);
        for (var order = 0; order < orders; order++)
        {
            cancellation.ThrowIfCancellationRequested();
            random.Shuffle<bool>(shuffled);
            if (Best(shuffled, total, 8).Excess >= excess) better++;
        }
        (first, length) = Refined(hits, total, first, length);
        return new(first, length, hits.Skip(first).Take(length).Count(hit => hit), (better + 1.0) / (orders + 1));
    }

    private static (int First, int Length, double Excess) Best(bool[] hits, int total, int stepsPerLength)
    {
        var sums = Sums(hits);
        var best = (First: 0, Length: Shortest, Excess: double.NegativeInfinity);
        for (var length = Shortest; length <= hits.Length / 2; length *= 2)
        {
            var step = Math.Max(1, length / stepsPerLength);
            for (var first = 0; first + length <= hits.Length; first += step)
                if (Excess(sums, total, first, length) is var excess && excess > best.Excess) best = (first, length, excess);
        }
        return best;
    }

    // Ends of the stretch where they are best, within half its length of where the coarse search has them.
    private static (int First, int Length) Refined(bool[] hits, int total, int first, int length)
    {
        var sums = Sums(hits);
        var (from, to, reach) = (first, first + length, Math.Max(1, length / 2));
        for (var round = 0; round < 3; round++)
        {
            from = Enumerable.Range(Math.Max(0, first - reach), Math.Max(1, Math.Min(to - Shortest, first + reach) - Math.Max(0, first - reach) + 1)).MaxBy(start => Excess(sums, total, start, to - start));
            to = Enumerable.Range(Math.Max(from + Shortest, first + length - reach), Math.Max(1, Math.Min(hits.Length, first + length + reach) - Math.Max(from + Shortest, first + length - reach) + 1))
                .MaxBy(end => Excess(sums, total, from, end - from));
        }
        return (from, to - from);
    }

    private static double Excess(int[] sums, int total, int first, int length)
    {
        var count = sums.Length - 1;
        if (length >= count || first + length > count || length < 1) return double.NegativeInfinity;
        var share = total / (double)count;
        return (sums[first + length] - sums[first] - (length * share)) / Math.Sqrt(length * share * (1 - share) * (1 - (length / (double)count)));
    }

    private static int[] Sums(bool[] hits)
    {
        var sums = new int[hits.Length + 1];
        for (var i = 0; i < hits.Length; i++) sums[i + 1] = sums[i] + (hits[i] ? 1 : 0);
        return sums;
    }
}
