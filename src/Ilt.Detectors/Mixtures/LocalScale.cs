namespace Ilt.Detectors;

/// <summary>How far right numbers usually are from their predictions, as far as the prediction tells: a median over the rows of similar predictions.</summary>
internal static class LocalScale
{
    private const int FewestNeighbours = 30, MostNeighbours = 400, MostKnots = 400;
    private const double ShareOfRows = 0.1;
    // The weight of the scale of all rows beside the local one, in logarithms, and what a scale is at least as a share of that of all rows.
    private const double Everywhere = 0.2, Least = 0.05;

    /// <summary>Per row a positive scale: of a normal distribution it would be the standard deviation.</summary>
    /// <param name="predicted">What rows are similar by.</param>
    /// <param name="errors">Absolute errors.</param>
    /// <param name="weights">How probably each label is right.</param>
    public static double[] Of(double[] predicted, double[] errors, double[] weights)
    {
        var order = new int[errors.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort((double[])predicted.Clone(), order);
        var all = Math.Max(Median(order, errors, weights), 1e-12);
        var window = Math.Clamp((int)(ShareOfRows * order.Length), Math.Min(FewestNeighbours, order.Length), MostNeighbours);
        var knots = Math.Clamp(order.Length / Math.Max(1, window / 4), 1, MostKnots);
        var logs = new double[knots];
        for (var knot = 0; knot < knots; knot++)
        {
            var middle = (int)((knot + 0.5) * order.Length / knots);
            var first = Math.Clamp(middle - window / 2, 0, order.Length - window);
            var local = Math.Max(Median(order.AsSpan(first, window), errors, weights), Least * all);
            logs[knot] = (1 - Everywhere) * Math.Log(local) + Everywhere * Math.Log(all);
        }
        var scales = new double[errors.Length];
        for (var place = 0; place < order.Length; place++)
        {
            var at = Math.Clamp((place + 0.5) * knots / order.Length - 0.5, 0, knots - 1);
            var (low, part) = ((int)at, at - (int)at);
            scales[order[place]] = Math.Exp((1 - part) * logs[low] + part * logs[Math.Min(low + 1, knots - 1)]) * NormalMedian;
        }
        return scales;
    }

    // A normal distribution's standard deviation in units of its median absolute deviation.
    private const double NormalMedian = 1.4826;

    private static double Median(ReadOnlySpan<int> rows, double[] errors, double[] weights)
    {
        var (keys, of) = (new double[rows.Length], new double[rows.Length]);
        var half = 0.0;
        for (var i = 0; i < keys.Length; i++)
        {
            (keys[i], of[i]) = (errors[rows[i]], weights[rows[i]]);
            half += of[i] / 2;
        }
        Array.Sort(keys, of);
        var sum = 0.0;
        for (var i = 0; i < keys.Length; i++)
            if ((sum += of[i]) >= half) return keys[i];
        return keys.Length > 0 ? keys[^1] : 0;
    }
}
