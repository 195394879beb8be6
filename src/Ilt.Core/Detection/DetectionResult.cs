namespace Ilt.Detection;

/// <summary>How well a score and the ranking made from it find the rows whose labels are wrong; NaN where no row is wrong, or every one.</summary>
/// <param name="Rows">Rows that have a score.</param>
/// <param name="Wrong">Wrong ones among them.</param>
/// <param name="PrecisionAtTrueCount">Share of wrong rows among as many of the first in the ranking as there are wrong rows.</param>
/// <param name="AveragePrecision">Mean precision at the wrong rows; rows of equal score enter together.</param>
/// <param name="RocAuc">Chance that a wrong row scores above another, ties counting half.</param>
public sealed record DetectionResult(int Rows, int Wrong, double PrecisionAtTrueCount, double AveragePrecision, double RocAuc)
{
    /// <summary>The one definition of these figures, whoever prints them.</summary>
    /// <param name="scores">Per row, higher = more suspicious; no NaN.</param>
    /// <param name="ranking">All rows, the most suspicious first; decides among rows of equal score, where the first so many are asked for.</param>
    /// <param name="wrong">Per row, whether its label is wrong.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static DetectionResult Measure(ReadOnlySpan<float> scores, ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong)
    {
        var count = wrong.Count(true);
        return count == 0 || count == wrong.Length
            ? new DetectionResult(wrong.Length, count, double.NaN, double.NaN, double.NaN)
            : new DetectionResult(
                wrong.Length,
                count,
                DetectionMetrics.PrecisionAtTrueCount(ranking, wrong),
                DetectionMetrics.AveragePrecision(scores, wrong),
                DetectionMetrics.RocAuc(scores, wrong));
    }
}
