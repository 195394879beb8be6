using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// The scale of counts. The network emits z, and the expected count is mean exp(deviation z), with the mean of the training labels up to
/// <see cref="Highest"/>, so that it starts near the constant prediction; the deviation, sqrt(dispersion / mean) and at most 1, makes a step of z cost as much for counts around a
/// million as for those around one.
/// </summary>
/// <remarks>
/// The dispersion is the median over the training rows of half the deviance of predicting the mean (their mean where more than half of the rows fit
/// it exactly). Labels are learned as at most <see cref="Highest"/>: a Poisson loss pulls with the distance of the count itself, so that a single
/// error of unit, a thousand times too high, would pull as hard as all other rows together. The limit is a robust one of the logarithms, which
/// neither such errors move nor counts of many orders of magnitude reach.
/// </remarks>
internal sealed class CountScaling(ScaledComponent component) : TargetScaling([component])
{
    /// <summary>By which number a model file knows this scale; below are those of <see cref="TargetScale"/>.</summary>
    public const int SavedNumber = 2;

    // 22,026 times less than the mean: there the expected count no longer matters, and the logarithm of a probability of nothing stays finite.
    private const double LowestLogRatio = -10;

    // Of the mean of the half deviances; below, the median says only that most rows are one.
    private const double SmallestMedian = 1e-3;

    private static readonly Scalar KeptLowest = LowestLogRatio;

    /// <summary>The mean of the training labels up to <see cref="Highest"/>; higher ones would own it.</summary>
    public double Mean => component.Mean;

    /// <summary>What half a deviance is divided by.</summary>
    public double Dispersion => component.Spread;

    /// <summary>The highest count that is learned and predicted.</summary>
    public float Highest => component.Highest;

    private protected override int Number => SavedNumber;

    private protected override float Clip => float.PositiveInfinity;

    private double HighestLogRatio => Math.Log(Highest / Mean);

    /// <summary>Fits the scale.</summary>
    /// <param name="counts">The labels; overwritten.</param>
    /// <param name="clip">See <see cref="CountTask.TargetClip"/>.</param>
    /// <param name="task">The task's name, for messages.</param>
    /// <exception cref="ArgumentException">All labels are one.</exception>
    public static CountScaling Fit(float[] counts, double clip, string task)
    {
        Array.Sort(counts);
        if (counts[0] == counts[^1])
            throw new ArgumentException(FormattableString.Invariant($"Task '{task}': the target is constant ({counts[0]}) over the training rows; ")
                + "there is nothing to learn. Leave the task out, or check the label column.");
        double[] logarithms = [.. counts.Where(count => count > 0).Select(count => Math.Log(count))];
        var highest = (float)Math.Min(counts[^1], HighestLearned(logarithms, clip));
        var mean = (float)counts.Where(count => count <= highest).Average(count => (double)count);
        var halves = Array.ConvertAll(counts, count => PoissonDeviance.Half(Math.Min(count, highest), mean));
        Array.Sort(halves);
        var (median, average) = (halves[halves.Length / 2], halves.Average());
        var dispersion = median > SmallestMedian * average ? median : average;
        return new CountScaling(new ScaledComponent(0, (float)dispersion, mean, (float)Math.Min(1, Math.Sqrt(dispersion / mean)), counts[0], highest));
    }

    /// <summary>The output z that gives an expected count.</summary>
    public override float Standardise(float value, int component) =>
        (float)(Math.Clamp(Math.Log(value / Mean), LowestLogRatio, HighestLogRatio) / Deviation);

    public override void Restore(Span<float> standardised)
    {
        for (var i = 0; i < standardised.Length; i++)
        {
            // In double: the way there and back must not cost digits of a large number.
            var logRatio = Math.Clamp(Deviation * standardised[i], LowestLogRatio, HighestLogRatio);
            standardised[i] = (float)Math.Min(Mean * Math.Exp(logRatio), Highest);
        }
    }

    public override GraphValue Write(INetworkGraph graph, GraphValue standardised)
    {
        var logRatio = graph.Clamp(graph.Scale(standardised, [component.Deviation], [0]), [(float)LowestLogRatio], [(float)HighestLogRatio]);
        return graph.Clamp(graph.Scale(graph.Exp(logRatio), [component.Mean], [0]), [0], [Highest]);
    }

    /// <summary>Back to expected counts, differentiable and within the same limits: an exponential needs them.</summary>
    public override Tensor Restore(Tensor standardised)
    {
        using Scalar mean = Mean;
        return LogRatio(standardised).exp().mul(mean);
    }

    /// <summary>
    /// log(expected count / mean), within its limits. Beyond a limit the gradient is that at the limit, in place of none: a row that got there must
    /// find back.
    /// </summary>
    public Tensor LogRatio(Tensor output)
    {
        using Scalar deviation = Deviation, highest = HighestLogRatio;
        var free = output.mul(deviation);
        return free.Plus(free.clamp(KeptLowest, highest).sub(free).detach());
    }

    private double Deviation => component.Deviation;

    // Median plus so many deviations of the sorted logarithms of the counts above 0; from the quartiles, which wrong labels hardly move, from wider
    // quantiles where those are one.
    private static double HighestLearned(double[] logarithms, double clip)
    {
        var deviation = 0.0;
        foreach (var (tail, normalRange) in ((double, double)[])[(0.25, 1.349), (0.05, 3.290)])
            if (deviation == 0) deviation = (At(1 - tail) - At(tail)) / normalRange;
        if (deviation == 0)
        {
            var mean = logarithms.Average();
            deviation = Math.Sqrt(logarithms.Average(value => (value - mean) * (value - mean)));
        }
        return Math.Ceiling(Math.Exp(logarithms[logarithms.Length / 2] + (clip * deviation)));

        double At(double share) => logarithms[(int)Math.Round(share * (logarithms.Length - 1))];
    }
}
