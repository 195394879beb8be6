namespace Ilt.Detection;

/// <summary>How well a ranking or a score finds rows known to be corrupted.</summary>
/// <remarks>
/// A ranking lists row numbers, the most suspicious first, as <see cref="NoiseRanking"/> returns it; the truth has one entry per row,
/// true = wrong. Higher scores are more suspicious, and their sign has no meaning. Rows that are not ranked, or whose score is
/// NaN, take no part. All results lie in [0, 1] except Spearman's in [-1, 1]; NaN stands for "undefined", never for an error.
/// </remarks>
public static class DetectionMetrics
{
    /// <summary>Share of truly corrupted rows among the first k.</summary>
    /// <param name="ranking">Row numbers, the most suspicious first.</param>
    /// <param name="wrong">Per row, whether it is corrupted.</param>
    /// <param name="k">How many to look at, from 1 to the length of the ranking.</param>
    /// <returns>Corrupted rows among the first k, divided by k.</returns>
    /// <exception cref="ArgumentException">k is out of range, or a row number is.</exception>
    public static double PrecisionAtK(ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong, int k)
    {
        if (k < 1 || k > ranking.Length)
            throw new ArgumentOutOfRangeException(nameof(k), k, FormattableString.Invariant($"k must be between 1 and the number of ranked rows, {ranking.Length}."));
        var found = 0;
        foreach (var row in ranking[..k])
            if (IsCorrupted(wrong, row))
                found++;
        return (double)found / k;
    }

    /// <summary>Precision at k = the number of corrupted rows in the ranking; equals recall there.</summary>
    /// <param name="ranking">Row numbers, the most suspicious first.</param>
    /// <param name="wrong">Per row, whether it is corrupted.</param>
    /// <returns>The precision; NaN when no ranked row is corrupted.</returns>
    public static double PrecisionAtTrueCount(ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong)
    {
        var positives = CountCorrupted(ranking, wrong);
        return positives == 0 ? double.NaN : PrecisionAtK(ranking, wrong, positives);
    }

    /// <summary>Average precision of a ranking: the mean, over the corrupted rows, of the precision at their rank.</summary>
    /// <param name="ranking">Row numbers, the most suspicious first.</param>
    /// <param name="wrong">Per row, whether it is corrupted.</param>
    /// <returns>The average precision; NaN when no ranked row is corrupted.</returns>
    public static double AveragePrecision(ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong)
    {
        var found = 0;
        var sum = 0.0;
        for (var i = 0; i < ranking.Length; i++)
            if (IsCorrupted(wrong, ranking[i]))
                sum += (double)++found / (i + 1);
        return found == 0 ? double.NaN : sum / found;
    }

    /// <summary>
    /// Average precision of scores. Rows of equal score enter together: each corrupted one among them counts the precision after the
    /// whole group, so no order inside a tie is favoured.
    /// </summary>
    /// <param name="scores">Per row, higher = more suspicious; NaN takes no part.</param>
    /// <param name="wrong">Per row, whether it is corrupted.</param>
    /// <returns>The average precision; NaN when no scored row is corrupted.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double AveragePrecision(ReadOnlySpan<float> scores, ReadOnlySpan<bool> wrong)
    {
        var order = Ascending(scores, wrong.Length, nameof(wrong));
        var found = 0;
        var sum = 0.0;
        var seen = 0;
        for (var end = order.Length; end > 0;)
        {
            var start = GroupStart(order, end);
            var inGroup = CountCorrupted(order, start, end, wrong);
            seen += end - start;
            found += inGroup;
            sum += inGroup * ((double)found / seen);
            end = start;
        }

        return found == 0 ? double.NaN : sum / found;
    }

    /// <summary>Area under the ROC curve (Mann and Whitney): the chance that a corrupted row scores above a clean one, ties counting half.</summary>
    /// <param name="scores">Per row, higher = more suspicious; NaN takes no part.</param>
    /// <param name="wrong">Per row, whether it is corrupted.</param>
    /// <returns>The area, 0.5 for a blind score; NaN when all scored rows are corrupted or none is.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double RocAuc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> wrong)
    {
        var order = Ascending(scores, wrong.Length, nameof(wrong));
        double cleanBelow = 0, positives = 0, wins = 0;
        for (var end = order.Length; end > 0;)
        {
            // From the highest score down: every clean row of the group loses to the corrupted rows above, and ties with those beside.
            var start = GroupStart(order, end);
            var inGroup = CountCorrupted(order, start, end, wrong);
            var clean = end - start - inGroup;
            wins += clean * (positives + (0.5 * inGroup));
            positives += inGroup;
            cleanBelow += clean;
            end = start;
        }

        return positives == 0 || cleanBelow == 0 ? double.NaN : wins / (positives * cleanBelow);
    }

    /// <summary>Area under the ROC curve of a ranking, which has no ties.</summary>
    /// <param name="ranking">Row numbers, the most suspicious first.</param>
    /// <param name="wrong">Per row, whether it is corrupted.</param>
    /// <returns>The area; NaN when all ranked rows are corrupted or none is.</returns>
    public static double RocAuc(ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong)
    {
        double positives = 0, clean = 0, wins = 0;
        foreach (var row in ranking)
        {
            if (IsCorrupted(wrong, row))
            {
                positives++;
                continue;
            }

            clean++;
            wins += positives;
        }

        return positives == 0 || clean == 0 ? double.NaN : wins / (positives * clean);
    }

    /// <summary>Spearman's rank correlation, equal values sharing their mean rank.</summary>
    /// <param name="first">One value per row.</param>
    /// <param name="second">Another value per row; pairs with a NaN take no part.</param>
    /// <returns>The correlation; NaN when fewer than two pairs are left or one side is constant.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Spearman(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected two lists of equal length; found {first.Length} and {second.Length}."), nameof(second));
        var a = new List<float>(first.Length);
        var b = new List<float>(first.Length);
        for (var row = 0; row < first.Length; row++)
        {
            if (float.IsNaN(first[row]) || float.IsNaN(second[row]))
                continue;
            a.Add(first[row]);
            b.Add(second[row]);
        }

        return Correlation(MeanRanks([.. a]), MeanRanks([.. b]));
    }

    private static double Correlation(double[] a, double[] b)
    {
        var middle = (a.Length + 1) / 2.0; // mean of the ranks 1 .. n, ties or not
        double product = 0, squaresA = 0, squaresB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += (a[i] - middle) * (b[i] - middle);
            squaresA += (a[i] - middle) * (a[i] - middle);
            squaresB += (b[i] - middle) * (b[i] - middle);
        }

        return squaresA == 0 || squaresB == 0 ? double.NaN : product / Math.Sqrt(squaresA * squaresB);
    }

    private static double[] MeanRanks(float[] values)
    {
        var order = Ascending(values, values.Length, nameof(values));
        var ranks = new double[values.Length];
        for (var end = order.Length; end > 0;)
        {
            var start = GroupStart(order, end);
            for (var i = start; i < end; i++)
                ranks[order[i].Row] = (start + 1 + end) / 2.0;
            end = start;
        }

        return ranks;
    }

    private static (float Score, int Row)[] Ascending(ReadOnlySpan<float> scores, int expected, string other)
    {
        if (scores.Length != expected)
            throw new ArgumentException(FormattableString.Invariant($"Expected one entry per score ({scores.Length}); found {expected}."), other);
        var order = new List<(float Score, int Row)>(scores.Length);
        for (var row = 0; row < scores.Length; row++)
            if (!float.IsNaN(scores[row]))
                order.Add((scores[row], row));
        order.Sort();
        return [.. order];
    }

    private static int GroupStart((float Score, int Row)[] order, int end)
    {
        var start = end - 1;
        while (start > 0 && order[start - 1].Score == order[end - 1].Score)
            start--;
        return start;
    }

    private static int CountCorrupted((float Score, int Row)[] order, int start, int end, ReadOnlySpan<bool> wrong)
    {
        var count = 0;
        for (var i = start; i < end; i++)
            if (wrong[order[i].Row])
                count++;
        return count;
    }

    private static int CountCorrupted(ReadOnlySpan<int> ranking, ReadOnlySpan<bool> wrong)
    {
        var count = 0;
        foreach (var row in ranking)
            if (IsCorrupted(wrong, row))
                count++;
        return count;
    }

    private static bool IsCorrupted(ReadOnlySpan<bool> wrong, int row)
    {
        if ((uint)row >= (uint)wrong.Length)
            throw new ArgumentException(FormattableString.Invariant($"The ranking names row {row}; the truth has rows 0 to {wrong.Length - 1}."), nameof(wrong));
        return wrong[row];
    }
}
