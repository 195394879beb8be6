using MathNet.Numerics.Statistics;

namespace Ilt.Auditing;

/// <summary>Rows that are far from all others.</summary>
/// <remarks>
/// Where a density falls off as a normal one does, or as any with a tail like a power's, the logarithm of the distance to the neighbours has an exponential tail. Its
/// scale is read off the upper quantiles, 85 % to 97 %, which a few outliers do not move, and a row is an outlier beyond what one data set of a hundred would hold,
/// and beyond three
/// times what is usual among its neighbours (as Breunig et al. 2000 compare with them).
/// </remarks>
internal sealed class OutlierCheck : IDataCheck
{
    private const int FewestPoints = 50, MostGroups = 100;
    private const double From = 0.85, To = 0.97, Chance = 0.01;
    private const double RowsPerSurety = 10.3; // (1 / (1 - To) - 1 / (1 - From)) / ln²((1 - From) / (1 - To)): rows that say as much of the scale as one of an exponential sample
    private const double OfNeighbours = 3; // of many features that say the same most distances are alike, and rows at the end of their one line would stand out

    public string Name => "outliers";

    public string Summary => "Rows far from all others: a broken measurement, a foreign thing, or a case of which there are too few to learn it.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        var geometry = evidence.Geometry;
        Neighbours[] spaces = [.. new[] { geometry.EmbeddingNeighbours(cancellation), geometry.FeatureNeighbours(cancellation) }.OfType<Neighbours>().Where(n => n.K == RowGeometry.K)];
        var beyond = new Dictionary<int, double>(); // by point, how far beyond the threshold, in logarithms
        var found = new List<int>();
        foreach (var neighbours in spaces)
        {
            var excess = Beyond(neighbours, neighbours.Count, Chance / spaces.Length);
            found.Add(excess.Count);
            foreach (var (point, by) in excess) beyond[point] = Math.Max(by, beyond.GetValueOrDefault(point, by));
        }
        if (beyond.Count == 0) yield break;
        var order = beyond.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => p.Key).ToArray();
        var where = geometry.Embedding is null ? "by their features" : geometry.Features is null ? "to the network"
            : spaces.Length == 2 ? $"({Words.Number(found[0])} to the network, {Words.Number(found[1])} by their features)" : "by their features or to the network";
        yield return new("outliers", null, $"{Words.Count(order.Length, "outlier")}",
            $"Rows far from all others {where}, farther than one data set in a hundred without outliers would hold: broken measurements, foreign things, or cases too rare to be learned. "
            + $"Look at them before the labels are trusted.{Farthest(evidence, geometry, order[0])}{spaces[0].SampleInWords}",
            [.. order.Take(MostGroups).Select(point => geometry.RowsOf[point])], order.Length);
    }

    private static Dictionary<int, double> Beyond(Neighbours neighbours, int count, double chance)
    {
        var result = new Dictionary<int, double>();
        if (count < FewestPoints) return result;
        var distances = new double[count];
        for (var i = 0; i < count; i++)
        {
            for (var n = 0; n < neighbours.K; n++) distances[i] += neighbours.Distance(i, n) / (double)neighbours.K;
        }
        var sorted = distances.Order().ToArray();
        var (median, from, to) = (sorted[count / 2], sorted[(int)(From * (count - 1))], sorted[(int)(To * (count - 1))]);
        if (median <= 0) return result;
        var scale = Math.Log(to / from) / Math.Log((1 - From) / (1 - To));
        // Of an exponential whose scale is estimated from as many observations, the quantile of the prediction, which is wider than that of the distribution.
        var surety = count / RowsPerSurety;
        var quantile = surety * (Math.Pow((1 - From) * count / chance, 1 / surety) - 1);
        var threshold = Math.Log(from) + (scale * quantile);
        for (var i = 0; i < count; i++)
        {
            var by = Math.Log(distances[i]) - threshold;
            if (by > 0 && distances[i] > OfNeighbours * UsualAmongNeighbours(i)) result[i] = by;
        }
        return result;

        double UsualAmongNeighbours(int point) => Enumerable.Range(0, neighbours.K).Select(n => distances[neighbours.Indices[(point * neighbours.K) + n]]).Median();
    }

    private static string Farthest(DataEvidence evidence, RowGeometry geometry, int point)
    {
        if (geometry.Features is not { } points) return "";
        var most = Enumerable.Range(0, points.Dimensions).MaxBy(d => Math.Abs(points.Values[(point * points.Dimensions) + d]));
        return Words.Text($" Of the farthest, row {geometry.RowsOf[point][0] + 1} counted from 1, feature {evidence.FeatureName(points.Columns[most])} is {Math.Abs(points.Values[(point * points.Dimensions) + most]):0.#} standard deviations from its mean.");
    }
}
