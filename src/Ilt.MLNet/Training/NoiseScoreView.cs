using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>The table of noise scores: one row per training row and task it has a label for, task after task, most suspicious first.</summary>
internal static class NoiseScoreView
{
    public static IDataView Create(IReadOnlyList<TaskSchema> tasks, InstanceTable instances)
    {
        var entries = new Entries([.. tasks.Select((_, k) => instances.Ranking(k))]);
        float Audited(long row, Func<RowAudit, float[]> values) => Of(row).Audit is { } audit ? values(audit)[entries[(int)row].Row] : float.NaN;
        TaskInstances Of(long row) => instances.Tasks[entries[(int)row].Task];
        return new TableView(entries.Count,
        [
            TableColumn.Text("Id", row => instances.Index[entries[(int)row].Row]),
            TableColumn.Text("Task", row => tasks[entries[(int)row].Task].Task.Name),
            TableColumn.Int32("Rank", row => entries[(int)row].Rank),
            TableColumn.Single("NoiseScore", row => Of(row).NoiseScores[entries[(int)row].Row]),
            TableColumn.Single("LogVariance", row => Of(row).LogVariances[entries[(int)row].Row]),
            TableColumn.Single("Loss", row => Of(row).Losses[entries[(int)row].Row]),
            TableColumn.Text("GivenLabel", row => LabelText(tasks[entries[(int)row].Task], Of(row).Given, entries[(int)row].Row)),
            TableColumn.Text("PredictedLabel", row => LabelText(tasks[entries[(int)row].Task], Of(row).Predicted, entries[(int)row].Row)),
            TableColumn.Single(OutputColumns.ProbabilityWrong, row => Audited(row, audit => audit.ProbabilityWrong)),
            TableColumn.Boolean(OutputColumns.IsFlagged, row => Of(row).Audit?.IsFlagged[entries[(int)row].Row] ?? false),
            TableColumn.Text("SuggestedLabel", row => LabelText(tasks[entries[(int)row].Task], Of(row).Audit?.Suggested, entries[(int)row].Row)),
            TableColumn.Single("Confidence", row => Audited(row, audit => audit.Confidence)),
            TableColumn.Single("Difficulty", row => Audited(row, audit => audit.Difficulty)),
            TableColumn.Text("Reviewed", row => Of(row).Reviewed?[entries[(int)row].Row] switch { LabelVerdict.Right => "right", LabelVerdict.Corrected => "corrected", _ => "" }),
        ]);
    }

    /// <summary>Nothing where the table holds no labels of the task.</summary>
    private static string LabelText(TaskSchema task, TaskLabels? labels, int row) => labels is null ? "" : task.Binding.Text(task, labels, row);

    private readonly record struct Entry(int Task, int Row, int Rank);

    private sealed class Entries(int[][] rankings)
    {
        public int Count => rankings.Sum(ranking => ranking.Length);

        public Entry this[int entry]
        {
            get
            {
                var task = 0;
                for (; entry >= rankings[task].Length; task++) entry -= rankings[task].Length;
                return new Entry(task, rankings[task][entry], entry + 1);
            }
        }
    }
}
