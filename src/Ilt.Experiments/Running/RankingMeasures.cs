using System.Globalization;
using Ilt.Detection;

namespace Ilt.Experiments;

/// <summary>How well a score finds the rows whose labels are wrong.</summary>
internal static class RankingMeasures
{
    /// <summary>All measures of a score.</summary>
    /// <param name="score">Its name.</param>
    /// <param name="task">The task.</param>
    /// <param name="scores">Per row; NaN takes no part.</param>
    /// <param name="tieBreak">Decides among equal scores, before a hash of the row's number does; null: nothing.</param>
    /// <param name="wrong">Per row.</param>
    /// <param name="isAmbiguous">Per row, whether it has been made hard; null: none has.</param>
    /// <param name="level">Share of the labels that were to become wrong; 0: it is not known.</param>
    /// <param name="percents">Shares of the rows to look at.</param>
    public static IEnumerable<Measured> Of(string score, string task, float[] scores, float[]? tieBreak, bool[] wrong, bool[]? isAmbiguous, double level, IReadOnlyList<double> percents)
    {
        var ids = Enumerable.Range(1, wrong.Length).Select(row => row.ToString(CultureInfo.InvariantCulture)).ToArray();
        var ranking = NoiseRanking.Rank(scores, tieBreak is null ? default : tieBreak, ids);
        yield return new Measured(score, task, MeasureNames.Precision, DetectionMetrics.PrecisionAtTrueCount(ranking, wrong));
        yield return new Measured(score, task, MeasureNames.AveragePrecision, DetectionMetrics.AveragePrecision(scores, wrong));
        yield return new Measured(score, task, MeasureNames.RocAuc, DetectionMetrics.RocAuc(scores, wrong));
        yield return new Measured(score, task, MeasureNames.F1, BestF1(ranking, wrong));
        if (isAmbiguous is not null) yield return new Measured(score, task, MeasureNames.AmbiguousFirst, AmbiguousFirst(ranking, wrong, isAmbiguous));
        if (level > 0) yield return new Measured(score, task, MeasureNames.FoundAtLevel, Found(ranking, wrong, 100 * level));
        foreach (var percent in percents)
            yield return new Measured(score, task, MeasureNames.Found(percent), Found(ranking, wrong, percent));
    }

    /// <summary>The largest F1 = 2 found / (looked at + wrong) over all cuts of a ranking; NaN where no row is wrong.</summary>
    public static double BestF1(ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong)
    {
        var (all, found, best) = (0, 0, double.NaN);
        foreach (var row in ranking) all += wrong[row] ? 1 : 0;
        if (all == 0) return best;
        best = 0;
        for (var i = 0; i < ranking.Length; i++)
        {
            found += wrong[ranking[i]] ? 1 : 0;
            best = Math.Max(best, 2.0 * found / (i + 1 + all));
        }
        return best;
    }

    private static double AmbiguousFirst(int[] ranking, bool[] wrong, bool[] isAmbiguous)
    {
        var all = ranking.Count(row => wrong[row]);
        return all == 0 ? double.NaN : ranking.Take(all).Count(row => isAmbiguous[row] && !wrong[row]) / (double)all;
    }

    // The paper's measure: of the wrong rows, the share among the first so many percent of all rows.
    private static double Found(int[] ranking, bool[] wrong, double percent)
    {
        var all = ranking.Count(row => wrong[row]);
        var top = (int)Math.Round(percent / 100 * ranking.Length, MidpointRounding.AwayFromZero);
        return all == 0 ? double.NaN : ranking.Take(top).Count(row => wrong[row]) / (double)all;
    }
}
