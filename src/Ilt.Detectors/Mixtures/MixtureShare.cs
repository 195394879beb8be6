using MathNet.Numerics.Distributions;

namespace Ilt.Detectors;

/// <summary>The share of the second of two known densities in a mixture.</summary>
internal static class MixtureShare
{
    private const double Least = 1e-300, Tolerance = 1e-7;
    private const int Steps = 60, EndSteps = 15;

    /// <summary>The share of the largest likelihood; it is concave in the share, so halving finds it.</summary>
    /// <param name="first">Density of each row under the first component.</param>
    /// <param name="second">Under the second.</param>
    public static double Fit(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (low, high) = (0.0, 1.0);
        if (Slope(first, second, 0) <= 0) return 0;
        for (var step = 0; step < Steps && high - low > Tolerance; step++)
        {
            var middle = (low + high) / 2;
            if (Slope(first, second, middle) > 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The 95 % interval of the likelihood, the densities being known.</summary>
    /// <inheritdoc cref="Fit"/>
    public static (double Low, double High) Interval(double[] first, double[] second)
    {
        var best = Fit(first, second);
        var least = LogLikelihood(first, second, best) - Drop;
        return (LogLikelihood(first, second, 0) >= least ? 0 : End(first, second, 0, best, least), LogLikelihood(first, second, 1) >= least ? 1 : End(first, second, 1, best, least));
    }

    // Half the 95 % point of chi squared with one degree of freedom.
    private static readonly double Drop = ChiSquared.InvCDF(1, 0.95) / 2;

    private static double End(double[] first, double[] second, double outside, double inside, double least)
    {
        for (var step = 0; step < EndSteps; step++)
        {
            var middle = (outside + inside) / 2;
            if (LogLikelihood(first, second, middle) >= least) inside = middle;
            else outside = middle;
        }
        return (outside + inside) / 2;
    }

    private static double LogLikelihood(double[] first, double[] second, double share)
    {
        var sum = 0.0;
        for (var row = 0; row < first.Length; row++) sum += Math.Log(Math.Max((1 - share) * first[row] + share * second[row], Least));
        return sum;
    }

    private static double Slope(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double share)
    {
        var slope = 0.0;
        for (var row = 0; row < first.Length; row++)
            slope += (second[row] - first[row]) / Math.Max((1 - share) * first[row] + share * second[row], Least);
        return slope;
    }
}
