namespace Ilt.Benchmarks;

/// <summary>How long one thing takes beside another, turn by turn.</summary>
/// <param name="What">The thing.</param>
/// <param name="Against">What it is measured against.</param>
/// <param name="Turns">Of every turn, its time divided by the other's.</param>
/// <param name="AtMost">The most that the median should be; null: nothing is asked of it.</param>
internal sealed record SpeedRatio(string What, string Against, double[] Turns, double? AtMost = null)
{
    /// <summary>Of two things that took turns.</summary>
    /// <param name="what">The one.</param>
    /// <param name="times">Its time in every turn.</param>
    /// <param name="against">The other.</param>
    /// <param name="baseline">As many times.</param>
    /// <param name="atMost">The most that the median should be.</param>
    public static SpeedRatio Of(string what, double[] times, string against, double[] baseline, double? atMost = null)
    {
        if (times.Length != baseline.Length || times.Length == 0)
            throw new ArgumentException(FormattableString.Invariant($"'{what}' took {times.Length} turns and '{against}' took {baseline.Length}; they take as many, and one at least."), nameof(times));
        return new(what, against, [.. times.Zip(baseline, (time, other) => time / other)], atMost);
    }

    /// <summary>The ratio below which a share of the turns lies.</summary>
    public double Quantile(double share) => Turns.Order().ElementAt((int)Math.Round(share * (Turns.Length - 1)));
}
