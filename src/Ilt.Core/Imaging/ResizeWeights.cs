namespace Ilt.Imaging;

/// <summary>How much each source pixel of an axis adds to each pixel of the resized axis.</summary>
internal static class ResizeWeights
{
    /// <summary>
    /// A triangle around the centre of each result pixel, one source pixel wide to either side, wider by the factor of shrinking. At the border
    /// the weights inside are scaled up to sum to one.
    /// </summary>
    /// <returns>Per result pixel: the first source pixel and the weights from there on, with sum 1.</returns>
    public static (int First, float[] Weights)[] Triangle(int from, int to)
    {
        var step = (double)from / to;
        var reach = Math.Max(1, step);
        var result = new (int, float[])[to];
        for (var i = 0; i < to; i++)
        {
            var centre = (i + 0.5) * step;
            var first = Math.Max(0, (int)Math.Floor(centre - reach));
            var last = Math.Min(from - 1, (int)Math.Ceiling(centre + reach));
            var weights = new double[last - first + 1];
            for (var j = 0; j < weights.Length; j++) weights[j] = Math.Max(0, 1 - Math.Abs(first + j + 0.5 - centre) / reach);
            var sum = weights.Sum();
            result[i] = (first, [.. weights.Select(w => (float)(w / sum))]);
        }
        return result;
    }
}
