using Ilt.Corruption;
using MathNet.Numerics.Statistics;

namespace Ilt.Auditing;

/// <summary>Single features that give a label away. Exact copies are found where a file is read; this finds what is nearly one.</summary>
/// <remarks>
/// Each row's label is predicted from its ten neighbours in the order of the one feature, five on either side; rows of equal values stand in random order, missing
/// values together.
/// </remarks>
internal sealed class RestatementCheck : IDataCheck
{
    private const int FewestRows = 50, FewestOthers = 10, FewestNumbers = 10, Half = 5, MostRows = 20_000;
    private const double OfErrors = 0.97, OfDeviation = 0.1; // 1 - 0.1² = 0.99 of the variance, by medians

    public string Name => "restates";

    public string Summary => "Features that alone predict a label almost perfectly: they may be made from it, and will not be there when it is to be predicted.";

    public IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default)
    {
        var tasks = evidence.Tasks.Where(task => task.Form != LabelForm.Images).ToArray();
        if (evidence.FeatureCount == 0 || evidence.RowCount < FewestRows || tasks.Length == 0) return [];
        var rows = Enumerable.Range(0, evidence.RowCount).ToArray();
        new SeededGenerator(evidence.Seed).Shuffle<int>(rows);
        rows = rows[..Math.Min(rows.Length, MostRows)];
        var found = new Finding?[evidence.FeatureCount][];
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellation }, feature =>
        {
            var values = Array.ConvertAll(rows, row => evidence.Features![(row * evidence.FeatureCount) + feature]);
            var order = Enumerable.Range(0, rows.Length).OrderBy(i => values[i]).Select(i => rows[i]).ToArray(); // stable: ties stay shuffled, missing values come first
            found[feature] = Array.ConvertAll(tasks, task => OfTask(evidence, task, feature, order));
        });
        return from k in Enumerable.Range(0, tasks.Length) from findings in found where findings[k] is not null select findings[k];
    }

    private static Finding? OfTask(DataEvidence evidence, TaskEvidence task, int feature, int[] order)
    {
        var labelled = Array.FindAll(order, task.IsLabelled);
        if (labelled.Length < FewestRows) return null;
        if (task.Form == LabelForm.Classes) return Classes(Array.ConvertAll(labelled, row => task.Given[row])) is { } share ? Finding($"{Words.Percent(share)} of the classes") : null;
        for (var column = 0; column < task.Columns; column++)
        {
            var component = column;
            var values = labelled.Select(row => (double)task.Given[(row * task.Columns) + component]).Where(double.IsFinite).ToArray();
            if (Numbers(values) is { } explained)
                return Finding($"{Words.Percent(explained)} of the label's variance{(task.Columns > 1 ? Words.Text($" (number {column} of it, from 0)") : "")}");
        }
        return null;

        Finding Finding(string what) => new("restates", task.Task, $"Feature {evidence.FeatureName(feature)} gives the label away",
            $"It alone predicts {what}. If it is made from the label, or known only after it, leave it out: with it the network learns nothing else, and wrong labels look right. If it is an honest measurement, the task is easy.",
            [], 0);
    }

    /// <summary>The share of classes predicted right, if that leaves hardly any of the errors of always naming the most frequent one.</summary>
    private static double? Classes(float[] labels)
    {
        var others = labels.Length - labels.GroupBy(label => label).Max(group => group.Count());
        if (others < FewestOthers) return null;
        var (errors, counts) = (0, new Dictionary<float, int>());
        for (var i = 0; i < labels.Length; i++)
        {
            counts.Clear();
            for (var j = Math.Max(0, i - Half); j <= Math.Min(labels.Length - 1, i + Half); j++)
                if (j != i) counts[labels[j]] = counts.GetValueOrDefault(labels[j]) + 1;
            if (counts.GetValueOrDefault(labels[i]) < counts.Values.Max()) errors++;
            if (errors > (1 - OfErrors) * others) return null;
        }
        return 1 - (errors / (double)labels.Length);
    }

    private static double? Numbers(double[] labels)
    {
        if (labels.Length < FewestRows || labels.Distinct().Take(FewestNumbers).Count() < FewestNumbers) return null;
        var median = labels.Median();
        var deviation = labels.Select(label => Math.Abs(label - median)).Median();
        var errors = new double[labels.Length - (2 * Half)];
        for (var i = Half; i < labels.Length - Half; i++)
        {
            var sum = 0.0;
            for (var j = i - Half; j <= i + Half; j++)
                if (j != i) sum += labels[j];
            errors[i - Half] = Math.Abs(labels[i] - (sum / (2 * Half)));
        }
        // Medians, so that wrong labels do not hide it.
        var ratio = errors.Median() / deviation;
        return ratio <= OfDeviation ? 1 - (ratio * ratio) : null;
    }
}
