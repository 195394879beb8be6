namespace Ilt.Detectors;

/// <summary>
/// A line through right numbers over their predictions. Wrong labels pull every prediction towards the mean, the more the more there are; the line takes that back.
/// </summary>
internal readonly record struct CentreLine(double Offset, double Slope)
{
    private const double Steepest = 4;

    /// <summary>The predictions as they are.</summary>
    public static CentreLine Same { get; } = new(0, 1);

    /// <summary>Where the right number is expected.</summary>
    public double At(double predicted) => Offset + Slope * predicted;

    /// <summary>By weighted least squares; a slope under 1 is none that wrong labels make, so it stays 1.</summary>
    /// <param name="predicted">Predictions.</param>
    /// <param name="values">Numbers.</param>
    /// <param name="weights">How much each row counts.</param>
    public static CentreLine Fit(double[] predicted, double[] values, double[] weights)
    {
        double sum = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            x += weights[i] * predicted[i];
            y += weights[i] * values[i];
        }
        if (!(sum > 0)) return Same;
        (x, y) = (x / sum, y / sum);
        for (var i = 0; i < values.Length; i++)
        {
            xx += weights[i] * (predicted[i] - x) * (predicted[i] - x);
            xy += weights[i] * (predicted[i] - x) * (values[i] - y);
        }
        return xx > 0 && xy > xx ? Line(Math.Min(Steepest, xy / xx), x, y) : Same;
    }

    private static CentreLine Line(double slope, double x, double y) => new(y - slope * x, slope);
}
