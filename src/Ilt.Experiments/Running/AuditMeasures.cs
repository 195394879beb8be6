using System.Globalization;
using Ilt.Auditing;
using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>What an audit says of a task against the truth.</summary>
internal static class AuditMeasures
{
    private const int Bins = 10;
    private const double Near = 3;

    /// <summary>All measures of an audit. Of one that refused, that it did.</summary>
    /// <param name="task">The task.</param>
    /// <param name="audit">What it says.</param>
    /// <param name="scores">By what the rows are ranked.</param>
    /// <param name="wrong">Per row.</param>
    /// <param name="right">The labels before they were made wrong.</param>
    public static IEnumerable<Measured> Of(string task, TaskAudit audit, float[] scores, bool[] wrong, TaskLabels right)
    {
        int[] labelled = [.. Enumerable.Range(0, wrong.Length).Where(row => !float.IsNaN(scores[row]))];
        if (right is ClassLabels classes && audit.Suggested is { } suggested && labelled.Any(row => wrong[row]))
            yield return One(MeasureNames.SuggestedRight, labelled.Where(row => wrong[row]).Average(row => suggested[row] == classes.Classes[row] ? 1.0 : 0));
        if (audit.LogOdds is { } odds && labelled.All(row => !float.IsNaN(odds[row])) && labelled.Any(row => wrong[row]))
            yield return One(MeasureNames.OddsAveragePrecision, DetectionMetrics.AveragePrecision(odds, wrong));
        yield return One(MeasureNames.Told, audit.Share.Estimate is null ? 0 : 1);
        if (audit.Share.Estimate is not { } share) yield break;
        var truth = labelled.Count(row => wrong[row]) / (double)labelled.Length;
        var error = 100 * Math.Abs(share - truth);
        yield return One(MeasureNames.Share, 100 * share);
        yield return One(MeasureNames.ShareError, error);
        yield return One(MeasureNames.WithinThree, error <= Near ? 1 : 0);
        yield return One(MeasureNames.InInterval, truth >= audit.Share.Low && truth <= audit.Share.High ? 1 : 0);
        yield return One(MeasureNames.Flagged, 100.0 * labelled.Count(row => audit.IsFlagged[row]) / labelled.Length);
        yield return One(MeasureNames.Calibration, CalibrationError([.. labelled.Select(row => audit.ProbabilityWrong[row])], [.. labelled.Select(row => wrong[row])]));
        if (truth == 0) yield break;
        var ids = Enumerable.Range(1, wrong.Length).Select(row => row.ToString(CultureInfo.InvariantCulture)).ToArray();
        yield return One(MeasureNames.FlaggedF1, F1(audit.IsFlagged, wrong) / RankingMeasures.BestF1(NoiseRanking.Rank(scores, default, ids), wrong));

        Measured One(string measure, double value) => new("", task, measure, value);
    }

    /// <summary>F1 = 2 hits / (flagged + wrong).</summary>
    internal static double F1(bool[] flagged, bool[] wrong) =>
        2.0 * flagged.Zip(wrong).Count(pair => pair.First && pair.Second) / (flagged.Count(isFlagged => isFlagged) + wrong.Count(isWrong => isWrong));

    /// <summary>The mean over ten bins, by the rows in them, of how far the mean probability lies from the share of wrong rows (Naeini, Cooper and Hauskrecht 2015).</summary>
    internal static double CalibrationError(float[] probabilities, bool[] wrong)
    {
        var (sum, hits) = (new double[Bins], new int[Bins]);
        for (var i = 0; i < probabilities.Length; i++)
        {
            var bin = Math.Min(Bins - 1, (int)(probabilities[i] * Bins));
            sum[bin] += probabilities[i];
            hits[bin] += wrong[i] ? 1 : 0;
        }
        return sum.Zip(hits).Sum(pair => Math.Abs(pair.First - pair.Second)) / probabilities.Length;
    }
}
