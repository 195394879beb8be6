using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// Log losses of numbers, joined with the odds that the number is wrong: what is a large error depends on how far right numbers are usually from such predictions, and on how
/// usual the number itself is among all. A wrong number rarely lies at the far end of the labels; a right one that is hard to predict may.
/// </summary>
/// <remarks>
/// The losses are dealt out anew in the order of the log odds, and each row has the mean of its own loss and the one dealt to it: so the result keeps the scale of the losses,
/// with which it is joined further. The order of the odds alone found more numbers that were swapped, and fewer that had large noise; the mean was hardly ever worse than the
/// losses (docs/results/audit.md, ranking by log odds).
/// </remarks>
internal static class WrongOdds
{
    /// <summary>With fewer labels, or no more distinct numbers, densities say nothing; the losses stay where they are.</summary>
    public const int FewestLabels = 100, MostDistinct = 10;

    // Degrees of freedom of right numbers: tails that are heavier would call no number wrong.
    private const double Freedom = 8;

    /// <summary>Joins them.</summary>
    /// <param name="logLosses">[rows], NaN where there is no label.</param>
    /// <param name="targets">The labels.</param>
    /// <param name="predictions">[rows x columns], on the scale of the labels' values.</param>
    /// <returns>As many; of classes, the losses as they are.</returns>
    public static float[] Join(float[] logLosses, PlainTargets targets, float[] predictions)
    {
        if (targets.IsClasses) return logLosses;
        var columns = targets.Columns;
        var rows = Enumerable.Range(0, logLosses.Length).Where(row => float.IsFinite(logLosses[row]) && IsFinite(targets.Values, row) && IsFinite(predictions, row)).ToArray();
        if (rows.Length < FewestLabels || columns == 1 && rows.Select(row => targets.Values[row]).Distinct().Take(MostDistinct + 1).Count() <= MostDistinct) return logLosses;
        var mixture = NumberMixture.Fit(new NumberRows(Pick(targets.Values), Pick(predictions), columns), Freedom);
        var odds = Array.ConvertAll([.. Enumerable.Range(0, rows.Length)], mixture.LogOdds);
        Array.Sort(odds, rows);
        var ordered = Array.ConvertAll(rows, row => logLosses[row]);
        Array.Sort(ordered);
        var joined = (float[])logLosses.Clone();
        for (var place = 0; place < rows.Length; place++) joined[rows[place]] = (logLosses[rows[place]] + ordered[place]) / 2;
        return joined;

        bool IsFinite(float[] numbers, int row)
        {
            foreach (var number in numbers.AsSpan(row * columns, columns))
                if (!float.IsFinite(number)) return false;
            return true;
        }

        double[] Pick(float[] numbers)
        {
            var picked = new double[rows.Length * columns];
            for (var i = 0; i < picked.Length; i++) picked[i] = numbers[rows[i / columns] * columns + i % columns];
            return picked;
        }
    }
}
