using Ilt.Parameters;

namespace Ilt.Detection;

/// <summary>The spread of s of one task over its labelled rows; NaN everywhere when there is none.</summary>
/// <param name="Minimum">Smallest s.</param>
/// <param name="P05">5 % of the rows lie below.</param>
/// <param name="P25">25 % of the rows lie below.</param>
/// <param name="Median">Half of the rows lie below.</param>
/// <param name="P75">75 % of the rows lie below.</param>
/// <param name="P95">95 % of the rows lie below.</param>
/// <param name="Maximum">Largest s.</param>
public sealed record LogVarianceQuantiles(
    double Minimum, double P05, double P25, double Median, double P75, double P95, double Maximum)
{
    /// <summary>Quantiles of s of one task, over the cells stepped at least once. O(N).</summary>
    /// <param name="parameters">The log-variances.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>The quantiles, by linear interpolation between neighbours.</returns>
    public static LogVarianceQuantiles Of(InstanceTaskParameters parameters, int task)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return Of(parameters.SteppedValues(task));
    }

    /// <summary>Quantiles of the given values, whose order is changed.</summary>
    /// <param name="values">Log-variances without NaN.</param>
    /// <returns>The quantiles, by linear interpolation between neighbours.</returns>
    public static LogVarianceQuantiles Of(Span<float> values) => new(
        OrderStatistics.Quantile(values, 0),
        OrderStatistics.Quantile(values, 0.05),
        OrderStatistics.Quantile(values, 0.25),
        OrderStatistics.Quantile(values, 0.5),
        OrderStatistics.Quantile(values, 0.75),
        OrderStatistics.Quantile(values, 0.95),
        OrderStatistics.Quantile(values, 1));
}
