using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// <see cref="TargetScale.Bent"/>, per component: z = (asinh((y - median) / spread) - mean) / deviation. Spread is twice the standard deviation
/// of the normal distribution that has the same quartiles (or, where those are one value, the same 5 % and 95 % quantiles; failing that, twice the
/// standard deviation of the labels). Positive labels over more than two decades (between their 5 % and 95 % quantiles) are bent from zero on in
/// place of the median, with half of the 5 % quantile as spread: a logarithm for all but the smallest.
/// </summary>
/// <remarks>
/// The inverse hyperbolic sine is nearly a straight line for most rows and like a logarithm beyond. Counts, prices and durations err in
/// proportion to their size: on a straight scale a robust weighting takes their large, right values for wrong ones. It also keeps
/// errors of unit (a factor of ten) from owning the training. Its inverse grows like an exponential, so predictions are kept within the
/// range of the training labels.
/// </remarks>
internal sealed class BentScaling(ScaledComponent[] components, float clip) : TargetScaling(components)
{
    private const double SpreadInDeviations = 2;
    private const double ManyTimes = 100;

    private protected override int Number => (int)TargetScale.Bent;

    private protected override float Clip => clip;

    /// <summary>Fits every component by itself.</summary>
    /// <param name="columns">The labels of every component, the user's units; overwritten.</param>
    /// <param name="clip">Scaled targets are clipped to plus or minus this.</param>
    /// <param name="task">The task's name, for messages.</param>
    /// <exception cref="ArgumentException">A component is constant.</exception>
    public static BentScaling Fit(float[][] columns, float clip, string task) =>
        new([.. columns.Select((column, d) => Of(column, task, columns.Length > 1 ? $" component {d + 1}" : ""))], clip);

    public override float Standardise(float value, int component)
    {
        var c = Components[component];
        return Math.Clamp((MathF.Asinh((value - c.Median) / c.Spread) - c.Mean) / c.Deviation, -clip, clip);
    }

    public override void Restore(Span<float> standardised)
    {
        for (var i = 0; i < standardised.Length; i++)
        {
            var c = Components[i % Components.Length];
            // In double: the way there and back must not cost digits of a large number.
            var value = Math.Sinh(Math.Clamp(standardised[i], -clip, clip) * (double)c.Deviation + c.Mean) * c.Spread + c.Median;
            standardised[i] = (float)Math.Clamp(value, c.Lowest, c.Highest);
        }
    }

    public override GraphValue Write(INetworkGraph graph, GraphValue standardised)
    {
        var clipped = graph.Clamp(standardised, Each(_ => -clip), Each(_ => clip));
        var bent = graph.Scale(clipped, Each(c => c.Deviation), Each(c => c.Mean));
        return graph.Clamp(graph.Scale(graph.Sinh(bent), Each(c => c.Spread), Each(c => c.Median)), Each(c => c.Lowest), Each(c => c.Highest));
    }

    public override Tensor Restore(Tensor standardised)
    {
        var bent = (standardised * Row(standardised, c => c.Deviation)).Plus(Row(standardised, c => c.Mean));
        return (bent.sinh() * Row(standardised, c => c.Spread)).Plus(Row(standardised, c => c.Median));
    }

    private static ScaledComponent Of(float[] sorted, string task, string which)
    {
        Array.Sort(sorted);
        if (!(sorted[^1] - sorted[0] > 1e-6f * Math.Max(1e-30f, Math.Abs(sorted[0]))))
            throw new ArgumentException(FormattableString.Invariant($"Task '{task}': the target{which} is constant ({sorted[0]}) over the training rows; there is nothing to learn. Leave the task out, or check the label column."));
        var (median, spread) = CoversDecades(sorted)
            ? (0, At(sorted, 0.05) / 2.0)
            : ((double)sorted[sorted.Length / 2], SpreadInDeviations * DeviationOf(sorted));
        var bent = Array.ConvertAll(sorted, value => Math.Asinh((value - median) / spread));
        var mean = bent.Average();
        var deviation = Math.Sqrt(bent.Average(value => (value - mean) * (value - mean)));
        return new ScaledComponent((float)median, (float)spread, (float)mean, (float)deviation, sorted[0], sorted[^1]);
    }

    // From the quartiles, which wrong labels hardly move; from wider quantiles where those are one value (counts that are mostly zero).
    private static double DeviationOf(float[] sorted)
    {
        foreach (var (tail, normalRange) in ((double, double)[])[(0.25, 1.349), (0.05, 3.290)])
        {
            var range = (double)At(sorted, 1 - tail) - At(sorted, tail);
            if (range > 0) return range / normalRange;
        }
        var mean = sorted.Average(value => (double)value);
        return Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));
    }

    // Prices from tens to hundreds of thousands: around their median the small ones would all look alike, and a slip by ten among them like nothing.
    private static bool CoversDecades(float[] sorted) => sorted[0] > 0 && At(sorted, 0.95) > ManyTimes * At(sorted, 0.05);

    private static float At(float[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
}
