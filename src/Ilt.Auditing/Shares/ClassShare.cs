namespace Ilt.Auditing;

/// <summary>Decides whether a mixture of classes tells how many labels are wrong.</summary>
internal static class ClassShare
{
    // How much of the labels' entropy the models must explain, and in how many standard errors.
    private const double LeastSkill = 0.02, LeastErrors = 4;
    // The tenth of the rows that the models are surest of must be right this often, else what is wrong and what is hard look the same.
    private const double LeastReach = 0.85, SurestShare = 0.1;
    private const double MostShare = 0.25, WidestInterval = 0.15, MostOfClass = 0.5;
    // Models that learned wrong labels are less sure than they should be, so shares come out too low, by up to this factor (docs/results/audit.md).
    private const double AboveByModel = 1.35;
    private const int FewestOfClass = 20;

    /// <summary>Decides.</summary>
    /// <param name="rows">Labels and out-of-fold probabilities.</param>
    /// <param name="mixture">Fitted to them.</param>
    /// <param name="seed">Seed of everything random.</param>
    public static ShareEstimate Of(ClassRows rows, ClassMixture mixture, int seed)
    {
        var curve = mixture.Curve;
        var estimate = new ShareEstimate(WrongShare.Unknown("undecided"), Array.ConvertAll(rows.Counted, mixture.LogOdds));
        var (skill, errors) = Skill(rows, mixture);
        if (skill < LeastSkill || errors < LeastErrors) return estimate.But("the models predict this label hardly better than the shares of its classes do");
        var surest = rows.Counted.OrderByDescending(rows.Confidence).ToArray();
        var reach = surest.Take(Math.Max(1, (int)(SurestShare * surest.Length))).Average(row => curve.Right(rows.Confidence(row)));
        if (reach < LeastReach)
            return estimate.But($"even where the models are surest, they would be right in {ShareEstimate.Percent(reach)} of the rows only, so wrong labels and hard rows look alike");
        var half = new AgreementCurve(rows, surest[..(surest.Length / 2)], seed);
        var (low, high) = (Math.Min(curve.Low, half.Low), Math.Max(Math.Max(curve.High, half.High), AboveByModel * curve.Share));
        if (Math.Abs(curve.Share - half.Share) > ShareEstimate.MostDifference && (half.High < curve.Share || half.Low > curve.Share))
            return estimate.But($"all rows say {ShareEstimate.Percent(curve.Share)}, and those that the models are surest of {ShareEstimate.Percent(half.Share)}");
        if (curve.Share > MostShare)
            return estimate.But($"{ShareEstimate.Percent(curve.Share)} of the labels or more would be wrong, and beyond {ShareEstimate.Percent(MostShare)} such an estimate comes out too low");
        if (curve.High - curve.Low > WidestInterval)
            return estimate.But($"anything from {ShareEstimate.Percent(curve.Low)} to {ShareEstimate.Percent(curve.High)} explains the labels");
        foreach (var of in rows.Counted.GroupBy(rows.Label).Where(group => group.Count() >= FewestOfClass))
        {
            var wrong = of.Average(row => 1 - mixture.Posterior(row, of.Key));
            if (wrong > MostOfClass)
                return estimate.But($"{ShareEstimate.Percent(wrong)} of the labels of class {of.Key} would be wrong, so the models rather have not learned this class");
        }
        return estimate with { Share = new WrongShare(curve.Share, low, high, null) { Overlap = Overlap(rows, curve.Share) } };
    }

    private static double Overlap(ClassRows rows, double share) => Math.Max(0, rows.Counted.Average(row => rows.Top(row) == rows.Label(row) ? 0.0 : 1.0) - share);

    // Against the frequencies of the classes, in the calibrated model's own likelihood: models that are too sure of themselves may be worth much all the same.
    private static (double Skill, double Errors) Skill(ClassRows rows, ClassMixture mixture)
    {
        var gains = Array.ConvertAll(rows.Counted, row =>
            Math.Log(Math.Max(rows.OfLabel(mixture.Probabilities, mixture.Transitions, row), 1e-9)) - Math.Log(rows.Frequencies[rows.Label(row)]));
        var entropy = -rows.Frequencies.Where(share => share > 0).Sum(share => share * Math.Log(share));
        var mean = gains.Average();
        var error = Math.Sqrt(gains.Average(gain => (gain - mean) * (gain - mean)) / gains.Length);
        return (entropy > 0 ? mean / entropy : 0, error > 0 ? mean / error : 0);
    }
}
