using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Ilt.Detectors;

/// <summary>
/// The density of wrong numbers: that of the given ones, each counting as it is likely to be wrong, smoothed by a normal kernel on a grid; with a share of that of all
/// given ones, and a little of a Cauchy distribution for numbers that no other comes near to.
/// </summary>
internal sealed class MarginalDensity
{
    private const int Cells = 2048, KernelReach = 4;
    private const double WideShare = 0.02, AllShare = 0.05, Outliers = 0.001;
    // Fewer wrong labels than some such number say little of the others.
    private const double PriorRows = 20;

    private readonly double low, step;
    private readonly double[] densities;
    private readonly Cauchy wide;

    /// <summary>Estimates it.</summary>
    /// <param name="values">All given numbers; not all of them equal.</param>
    /// <param name="wrong">How probably each is wrong; null: that is not known yet.</param>
    public MarginalDensity(double[] values, double[]? wrong)
    {
        var sorted = values.Order().ToArray();
        var deviation = Math.Min(ArrayStatistics.StandardDeviation(values), Positive(SortedArrayStatistics.InterquartileRange(sorted) / 1.349, double.PositiveInfinity));
        deviation = Positive(deviation, Positive(sorted[^1] - sorted[0], 1));
        var bandwidth = 1.06 * deviation * Math.Pow(values.Length, -0.2);
        wide = new Cauchy(SortedArrayStatistics.Median(sorted), 3 * deviation);
        // A few numbers far outside do not stretch the grid; the wide part has them.
        low = SortedArrayStatistics.Quantile(sorted, Outliers) - KernelReach * bandwidth - deviation;
        step = (SortedArrayStatistics.Quantile(sorted, 1 - Outliers) + KernelReach * bandwidth + deviation - low) / Cells;
        bandwidth = Math.Max(bandwidth, step);
        densities = Smooth(Count(values, wrong), bandwidth / step);
    }

    /// <summary>The density at a number.</summary>
    public double At(double value)
    {
        var place = (value - low) / step - 0.5;
        var inside = 0.0;
        if (place >= 0 && place < Cells - 1)
        {
            var cell = (int)place;
            inside = densities[cell] + (place - cell) * (densities[cell + 1] - densities[cell]);
        }
        return (1 - WideShare) * inside + WideShare * wide.Density(value);
    }

    private static double Positive(double value, double otherwise) => value > 0 ? value : otherwise;

    // The mass of every cell, of sum 1 but for what lies outside of the grid.
    private double[] Count(double[] values, double[]? wrong)
    {
        var expected = wrong?.Sum() ?? 0;
        var own = (1 - AllShare) * expected / (expected + PriorRows);
        var counts = new double[Cells];
        for (var i = 0; i < values.Length; i++)
        {
            var cell = (values[i] - low) / step;
            if (cell >= 0 && cell < Cells) counts[(int)cell] += (1 - own) / values.Length + (wrong is null || own == 0 ? 0 : own * wrong[i] / expected);
        }
        return counts;
    }

    private double[] Smooth(double[] counts, double bandwidth)
    {
        var reach = (int)Math.Ceiling(KernelReach * bandwidth);
        var kernel = Enumerable.Range(-reach, 2 * reach + 1).Select(at => Normal.PDF(0, bandwidth, at)).ToArray();
        var smooth = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
            if (counts[cell] > 0)
                for (var at = Math.Max(0, cell - reach); at <= Math.Min(Cells - 1, cell + reach); at++)
                    smooth[at] += counts[cell] * kernel[at - cell + reach] / step;
        return smooth;
    }
}
