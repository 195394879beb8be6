namespace Ilt.Detectors;

/// <summary>The size of error that is usual for a prediction.</summary>
internal static class UsualErrors
{
    private const int FewestNeighbours = 20, MostNeighbours = 200;
    private const double ShareOfRows = 0.1;

    /// <summary>Per row: the median error over all rows, or with <paramref name="local"/> its mean with that of the rows of the nearest predictions.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="errors">The absolute errors.</param>
    /// <param name="local">Whether neighbours count.</param>
    public static double[] Of(double[] predicted, double[] errors, bool local)
    {
        var everywhere = Median(errors);
        if (everywhere == 0 && errors.Length > 0) everywhere = errors.Average();
        var usual = new double[errors.Length];
        Array.Fill(usual, everywhere);
        var window = Math.Clamp((int)(ShareOfRows * errors.Length), FewestNeighbours, MostNeighbours);
        if (!local || errors.Length < 2 * window) return usual;
        var order = Enumerable.Range(0, errors.Length).OrderBy(i => predicted[i]).ThenBy(i => i).ToArray();
        for (var place = 0; place < order.Length; place++)
        {
            var first = Math.Clamp(place - (window / 2), 0, order.Length - window);
            usual[order[place]] = (everywhere + Median(order.AsSpan(first, window), errors)) / 2;
        }
        return usual;
    }

    private static double Median(ReadOnlySpan<int> chosen, double[] values)
    {
        var picked = new double[chosen.Length];
        for (var i = 0; i < picked.Length; i++) picked[i] = values[chosen[i]];
        return Median(picked);
    }

    private static double Median(double[] values)
    {
        if (values.Length == 0) return double.NaN;
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
