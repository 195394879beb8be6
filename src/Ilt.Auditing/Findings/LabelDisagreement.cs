using MathNet.Numerics.Statistics;

namespace Ilt.Auditing;

/// <summary>Whether rows that should have the same label do not.</summary>
internal static class LabelDisagreement
{
    private const double UsualErrors = 3, Deviations = 0.5;

    /// <summary>
    /// By how much the labels of a group disagree, 0: not at all. Of classes the rows that are not of the most frequent one. Of numbers how far one lies from the
    /// median of the others, over three median errors of predictions by models that had not seen the row, or over half a standard deviation where there are none;
    /// 0 up to 1.
    /// </summary>
    public static Func<int[], double> Of(TaskEvidence task)
    {
        if (task.Form == LabelForm.Images) return _ => 0;
        if (task.Form == LabelForm.Classes)
        {
            return group =>
            {
                int[] counts = [.. Labelled(task, group).GroupBy(row => task.Given[row]).Select(rows => rows.Count())];
                return counts.Length < 2 ? 0 : counts.Sum() - counts.Max();
            };
        }
        var limits = Enumerable.Range(0, task.Columns).Select(column => Limit(task, column)).ToArray();
        return group => Enumerable.Range(0, task.Columns).Max(column => Farthest(Labelled(task, group).Select(row => (double)task.Given[(row * task.Columns) + column]), limits[column]));
    }

    /// <summary>When numbers differ, in words.</summary>
    public static string InWords(TaskEvidence task) => task.Form == LabelForm.Classes ? "" : task.OutOfFold is null
        ? " (numbers that differ by more than half a standard deviation)"
        : " (numbers that differ by more than three times the median error of models that had not seen the row)";

    private static double Limit(TaskEvidence task, int column)
    {
        var given = Enumerable.Range(0, task.RowCount).Where(task.IsLabelled).Select(row => (row * task.Columns) + column).ToArray();
        if (task.OutOfFold is { } predicted)
        {
            var errors = given.Select(i => (double)Math.Abs(predicted[i] - task.Given[i])).Where(double.IsFinite).ToArray();
            if (errors.Length > 0) return UsualErrors * errors.Median();
        }
        var values = given.Select(i => (double)task.Given[i]).Where(double.IsFinite).ToArray();
        return values.Length < 2 ? double.PositiveInfinity : Deviations * values.StandardDeviation();
    }

    private static double Farthest(IEnumerable<double> labels, double limit)
    {
        var values = labels.Where(double.IsFinite).Order().ToArray();
        if (values.Length < 2) return 0;
        // No other row can be farther from the rest than the least or the largest.
        var farthest = Math.Max(values[1..].Median() - values[0], values[^1] - values[..^1].Median());
        return farthest > limit ? farthest / limit : 0;
    }

    private static IEnumerable<int> Labelled(TaskEvidence task, int[] group) => group.Where(task.IsLabelled);
}
