namespace Ilt.Weighting;

/// <summary>exp(x) / sum exp(x), whatever the size of x.</summary>
internal static class Softmax
{
    /// <summary>In place; negative infinity becomes 0, and so does everything where there is nothing else.</summary>
    public static void InPlace(Span<double> values)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in values)
            largest = Math.Max(largest, value);
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.IsNegativeInfinity(largest) ? 0 : Math.Exp(values[i] - largest);
            sum += values[i];
        }

        for (var i = 0; i < values.Length && sum > 0; i++)
            values[i] /= sum;
    }
}
