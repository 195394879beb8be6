using Ilt.Detectors;

namespace Ilt.Auditing;

/// <summary>Decides whether a mixture of numbers tells how many labels are wrong.</summary>
internal static class NumberShare
{
    // Tails of right numbers: between the first and the last the share must not depend on them; without wrong numbers they may be heavier.
    private const double Heavy = 4, Usual = 8, Light = 40;
    private static readonly double[] Freedoms = [Usual, 15, Light], CleanFreedoms = [2, 3, Heavy, 6, Usual, Light];

    private const double LeastGain = 4, MostShare = 0.6, MostSpread = 0.06, FewWrong = 0.03;
    // What such estimates were off by, up to, beyond what sampling explains (docs/results/audit.md).
    private const double BelowByModel = 0.75, AboveByModel = 1.15;
    private const int MostDistinct = 10, MostRows = 8000;

    /// <summary>Why numbers of these values cannot be told; null: they can.</summary>
    public static string? Unfit(double[] values, int columns) => columns == 1 && values.Distinct().Take(MostDistinct + 1).Count() is var distinct && distinct <= MostDistinct
        ? $"the labels are only {distinct} different numbers; audit them as classes"
        : null;

    /// <summary>Decides.</summary>
    /// <param name="rows">Numbers and out-of-fold predictions.</param>
    /// <param name="seed">Which rows models are compared on where there are many.</param>
    /// <returns>What is known, and the mixture it is known by.</returns>
    public static (ShareEstimate Estimate, NumberMixture Mixture) Of(NumberRows rows, int seed)
    {
        var drawn = rows.Drawn(MostRows, seed);
        var fits = Freedoms.Select(freedom => NumberMixture.Fit(drawn, freedom)).ToArray();
        var best = fits.MaxBy(fit => fit.LogLikelihood)!;
        var clean = CleanFreedoms.Select(freedom => NumberMixture.FitClean(drawn, freedom)).MaxBy(fit => fit.LogLikelihood)!;
        var heavy = NumberMixture.Fit(drawn, Heavy);
        var mixture = drawn == rows ? best : NumberMixture.Fit(rows, best.Freedom);
        var estimate = new ShareEstimate(WrongShare.Unknown("undecided"), [.. Enumerable.Range(0, rows.Count).Select(mixture.LogOdds)]);
        var gain = 2 * (best.LogLikelihood - clean.LogLikelihood) - Math.Log(drawn.Count);
        var (sampledLow, sampledHigh) = MixtureShare.Interval(mixture.RightDensities, mixture.WrongDensities);
        var low = Math.Min(Math.Min(sampledLow, heavy.Share), BelowByModel * mixture.Share);
        var high = Math.Max(Math.Max(sampledHigh, fits.Max(fit => fit.Share)), AboveByModel * mixture.Share);
        if (gain <= LeastGain)
            return (mixture.Share <= FewWrong
                ? estimate with { Share = new WrongShare(0, 0, high, null) }
                : estimate.But($"{ShareEstimate.Percent(mixture.Share)} wrong labels or right ones that scatter more than usual explain the numbers equally well"), mixture);
        if (mixture.Share > MostShare)
            return (estimate.But($"{ShareEstimate.Percent(mixture.Share)} of the labels would be wrong, which is more than can be told from models that learned them"), mixture);
        if (fits.Append(heavy).Max(fit => fit.Share) - fits.Append(heavy).Min(fit => fit.Share) > MostSpread)
            return (estimate.But($"anything from {ShareEstimate.Percent(low)} to {ShareEstimate.Percent(high)} explains the numbers, for they scatter widely around what is expected"), mixture);
        return (estimate with { Share = new WrongShare(mixture.Share, low, high, null) }, mixture);
    }
}
