namespace Ilt.Parameters;

/// <summary>Medians and quantiles in linear time.</summary>
internal static class OrderStatistics
{
    /// <summary>Quantile by linear interpolation between neighbours (type 7). Reorders <paramref name="values"/>; NaN when empty.</summary>
    public static double Quantile(Span<float> values, double q)
    {
        if (values.IsEmpty)
            return double.NaN;
        var position = q * (values.Length - 1);
        var below = (int)Math.Floor(position);
        double low = Select(values, below);
        var fraction = position - below;
        if (fraction == 0)
            return low;
        // After Select everything right of `below` is at least as large, so the neighbour is their minimum.
        double high = float.PositiveInfinity;
        foreach (var value in values[(below + 1)..])
            high = Math.Min(high, value);
        return low + (fraction * (high - low));
    }

    /// <summary>The k-th smallest value (from 0), by quickselect with the median of three; no NaN allowed.</summary>
    public static float Select(Span<float> values, int k)
    {
        var left = 0;
        var right = values.Length - 1;
        while (left < right)
        {
            var pivot = MedianOfThree(values[left], values[(left + right) >>> 1], values[right]);
            var i = left;
            var j = right;
            while (i <= j)
            {
                while (values[i] < pivot) i++;
                while (values[j] > pivot) j--;
                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j) right = j;
            else if (k >= i) left = i;
            else break;
        }

        return values[k];
    }

    private static float MedianOfThree(float a, float b, float c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
