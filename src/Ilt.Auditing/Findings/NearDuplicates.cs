using MathNet.Numerics.Statistics;

namespace Ilt.Auditing;

/// <summary>
/// Distinct inputs that lie so close together that chance does not do it: nearer than a tenth of the median distance of nearest neighbours, and so much nearer than
/// the tenth neighbour that points spread evenly would do so in one data set of a thousand.
/// </summary>
/// <remarks>
/// Among k points spread evenly in a ball of m dimensions whose farthest lies at r, the nearest lies within t r with probability 1 - (1 - t^m)^(k - 1). The
/// dimension m is estimated from the same distances (Levina and Bickel 2005). Being compared with its own neighbourhood, a point in a dense region is not
/// taken for a copy. Where features take few values, m is at most the number of the others and of those that differ.
/// </remarks>
internal static class NearDuplicates
{
    private const int FewestPoints = 50;
    private const double OfTypical = 0.1, Chance = 0.001;

    /// <summary>Pairs of distinct inputs, the closest first, with their distance over the typical one.</summary>
    public static IReadOnlyList<(int A, int B, double Ratio)> Pairs(RowGeometry geometry, CancellationToken cancellation)
    {
        var first = geometry.FeatureNeighbours(cancellation);
        var second = first is null ? null : geometry.EmbeddingNeighbours(cancellation);
        if ((first ?? geometry.EmbeddingNeighbours(cancellation)) is not { } neighbours || neighbours.K < RowGeometry.K) return [];
        var count = neighbours.Count;
        if (count < FewestPoints) return [];
        var typical = Typical(neighbours, count);
        // The network keeps only what its tasks need, so of the embedding no more is asked than what is usual there.
        var farthest = second is null ? double.PositiveInfinity : Typical(second, count);
        var dimension = Dimension(neighbours, count);
        var fine = first is null ? null : Fine(geometry.Features!);
        var pairs = new HashSet<(int A, int B, double Ratio)>();
        for (var i = 0; i < count; i++)
        {
            var (nearest, last) = (neighbours.Distance(i, 0), neighbours.Distance(i, neighbours.K - 1));
            if (!(nearest <= OfTypical * typical) || last <= 0) continue;
            var other = neighbours.Nearest(i);
            var free = fine is null ? dimension : Math.Min(dimension, Free(geometry.Features!, fine, i, other));
            var probability = (neighbours.K - 1) * Math.Pow(nearest / last, free); // of what is so small, the power of the remarks is this product
            if (probability * count >= Chance || (second is not null && geometry.Embedding!.Distance(i, other) > farthest)) continue;
            pairs.Add((Math.Min(i, other), Math.Max(i, other), typical > 0 ? nearest / typical : 0));
        }
        return [.. pairs.OrderBy(pair => pair.Ratio).ThenBy(pair => pair.A).ThenBy(pair => pair.B)];
    }

    // Features of few values are equal in many rows: among those, only what differs can be near by more than chance.
    private static int Free(PointSet points, bool[] fine, int a, int b) => Enumerable.Range(0, points.Dimensions)
        .Count(d => fine[d] || points.Values[(a * points.Dimensions) + d] != points.Values[(b * points.Dimensions) + d]);

    private static bool[] Fine(PointSet points) =>
        [.. Enumerable.Range(0, points.Dimensions).Select(d => Enumerable.Range(0, points.Count).Select(i => points.Values[(i * points.Dimensions) + d]).Distinct().Count() * 2 > points.Count)];

    private static double Typical(Neighbours neighbours, int count) => Enumerable.Range(0, count).Select(i => (double)neighbours.Distance(i, 0)).Median();

    // The median over the points, for planted pairs must not lower it; that of the gamma distribution of nine terms is 0.963 of its mean.
    private static double Dimension(Neighbours neighbours, int count)
    {
        var inverse = new List<double>();
        for (var i = 0; i < count; i++)
        {
            if (neighbours.Distance(i, 0) <= 0) continue;
            var last = Math.Log(neighbours.Distance(i, neighbours.K - 1));
            inverse.Add(Enumerable.Range(0, neighbours.K - 1).Average(n => last - Math.Log(neighbours.Distance(i, n))));
        }
        return inverse.Count == 0 ? 1 : Math.Max(1, 0.963 / Math.Max(1e-3, inverse.Median()));
    }
}
