namespace Ilt.Detectors;

/// <summary>A mixture of two normal distributions of one number, fitted by expectation and maximisation (Dempster, Laird and Rubin 1977).</summary>
internal sealed record GaussianMixture
{
    private const int MostSteps = 500;
    private const double SmallestGain = 1e-9; // of the mean log likelihood
    private const double SmallestVariance = 1e-3; // of that of all numbers: no component shrinks to a point

    // Where the start is cut into low and high ones; the best end is kept.
    private static readonly double[] Starts = [0.5, 0.7, 0.9];

    public required double LowMean { get; init; }

    public required double LowVariance { get; init; }

    public required double HighMean { get; init; }

    public required double HighVariance { get; init; }

    /// <summary>The share of the high component.</summary>
    public required double HighShare { get; init; }

    /// <summary>The mean log likelihood before every step, and at the end; it never falls.</summary>
    public required IReadOnlyList<double> LogLikelihoods { get; init; }

    /// <summary>Fits the mixture; null where there are fewer than four numbers, or all are one.</summary>
    public static GaussianMixture? Fit(double[] values)
    {
        if (values.Length < 4) return null;
        var sorted = values.Order().ToArray();
        var variance = Variance(sorted);
        if (!(variance > 0)) return null;
        return Starts.Select(start => Fit(sorted, (int)Math.Clamp(start * sorted.Length, 2, sorted.Length - 2), SmallestVariance * variance))
            .MaxBy(mixture => mixture.LogLikelihoods[^1]);
    }

    /// <summary>
    /// The logarithm of the odds that a number is of the high component: above 0 = rather that than the low one. Where the components' widths differ it turns back far
    /// out; there it goes on as a straight line, so that a higher number never has lower odds.
    /// </summary>
    public double LogOdds(double value)
    {
        var (curvature, slope) = ((1 / LowVariance - 1 / HighVariance) / 2, (HighMean / HighVariance) - (LowMean / LowVariance));
        if (curvature == 0) return Raw(value);
        var turn = -slope / (2 * curvature);
        var turned = curvature > 0 ? value < turn : value > turn;
        return turned ? Raw(turn) + value - turn : Raw(value);
    }

    private double Raw(double value) => Math.Log(HighShare) + LogDensity(value, HighMean, HighVariance) - Math.Log(1 - HighShare) - LogDensity(value, LowMean, LowVariance);

    private static GaussianMixture Fit(double[] sorted, int cut, double floor)
    {
        var (low, high) = (sorted[..cut], sorted[cut..]);
        var mixture = new GaussianMixture
        {
            LowMean = low.Average(), LowVariance = Math.Max(floor, Variance(low)), HighMean = high.Average(), HighVariance = Math.Max(floor, Variance(high)),
            HighShare = high.Length / (double)sorted.Length, LogLikelihoods = [],
        };
        var likelihoods = new List<double>();
        var responsibilities = new double[sorted.Length]; // of the high component
        while (true)
        {
            likelihoods.Add(mixture.Expect(sorted, responsibilities));
            if (likelihoods.Count > MostSteps || likelihoods.Count > 1 && likelihoods[^1] - likelihoods[^2] < SmallestGain) break;
            mixture = Maximise(sorted, responsibilities, floor);
        }
        // The components may have changed places.
        return mixture.HighMean >= mixture.LowMean
            ? mixture with { LogLikelihoods = likelihoods }
            : new()
            {
                LowMean = mixture.HighMean, LowVariance = mixture.HighVariance, HighMean = mixture.LowMean, HighVariance = mixture.LowVariance,
                HighShare = 1 - mixture.HighShare, LogLikelihoods = likelihoods,
            };
    }

    private double Expect(double[] values, double[] high)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var (a, b) = (Math.Log(1 - HighShare) + LogDensity(values[i], LowMean, LowVariance), Math.Log(HighShare) + LogDensity(values[i], HighMean, HighVariance));
            var largest = Math.Max(a, b);
            var total = largest + Math.Log(Math.Exp(a - largest) + Math.Exp(b - largest));
            high[i] = Math.Exp(b - total);
            sum += total;
        }
        return sum / values.Length;
    }

    private static GaussianMixture Maximise(double[] values, double[] high, double floor)
    {
        // Kept from 0 and 1, where a component would be lost for good.
        var total = Math.Clamp(high.Sum(), 1e-6 * values.Length, (1 - 1e-6) * values.Length);
        var (highMean, lowMean) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            highMean += high[i] * values[i] / total;
            lowMean += (1 - high[i]) * values[i] / (values.Length - total);
        }
        var (highVariance, lowVariance) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            highVariance += high[i] * (values[i] - highMean) * (values[i] - highMean) / total;
            lowVariance += (1 - high[i]) * (values[i] - lowMean) * (values[i] - lowMean) / (values.Length - total);
        }
        return new()
        {
            LowMean = lowMean, LowVariance = Math.Max(floor, lowVariance), HighMean = highMean, HighVariance = Math.Max(floor, highVariance),
            HighShare = total / values.Length, LogLikelihoods = [],
        };
    }

    private static double LogDensity(double value, double mean, double variance) =>
        -((value - mean) * (value - mean) / (2 * variance)) - (Math.Log(2 * Math.PI * variance) / 2);

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
