namespace Ilt.Auditing;

/// <summary>Rows as points whose distances mean something.</summary>
/// <param name="Values">[Count x Dimensions], all finite.</param>
/// <param name="Count">Points.</param>
/// <param name="Columns">Per dimension the column that it was made from.</param>
internal sealed record PointSet(float[] Values, int Count, int[] Columns)
{
    public int Dimensions => Columns.Length;

    /// <summary>
    /// The chosen rows with every column less its mean, over its standard deviation if asked for; missing values lie at the mean. Columns of one value are left out.
    /// </summary>
    /// <param name="values">[rows x D].</param>
    /// <param name="columns">D.</param>
    /// <param name="rows">The rows that become points.</param>
    /// <param name="scaled">Whether a standard deviation of every column becomes 1, so that units do not matter.</param>
    /// <returns>Null: all columns are constant.</returns>
    public static PointSet? Of(float[] values, int columns, int[] rows, bool scaled)
    {
        var (kept, means, factors) = (new List<int>(), new List<double>(), new List<double>());
        for (var column = 0; column < columns; column++)
        {
            var (count, mean, squares) = (0, 0.0, 0.0); // Welford's, for columns far from 0
            foreach (var row in rows)
            {
                var value = values[(row * columns) + column];
                if (!float.IsFinite(value)) continue;
                var step = value - mean;
                mean += step / ++count;
                squares += step * (value - mean);
            }
            var deviation = count == 0 ? 0 : Math.Sqrt(squares / count);
            if (!(deviation > 1e-9 * Math.Abs(mean))) continue;
            kept.Add(column);
            means.Add(mean);
            factors.Add(scaled ? 1 / deviation : 1);
        }
        if (kept.Count == 0) return null;
        var points = new float[rows.Length * kept.Count];
        for (var i = 0; i < rows.Length; i++)
            for (var d = 0; d < kept.Count; d++)
            {
                var value = values[(rows[i] * columns) + kept[d]];
                points[(i * kept.Count) + d] = float.IsFinite(value) ? (float)((value - means[d]) * factors[d]) : 0;
            }
        return new PointSet(points, rows.Length, [.. kept]);
    }

    public double Distance(int a, int b)
    {
        var sum = 0.0;
        for (var d = 0; d < Dimensions; d++)
        {
            var difference = (double)Values[(a * Dimensions) + d] - Values[(b * Dimensions) + d];
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }
}
