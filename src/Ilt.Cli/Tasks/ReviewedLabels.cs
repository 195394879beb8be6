using Ilt.Cli.Tables;
using Ilt.MLNet;

namespace Ilt.Cli.Tasks;

/// <summary>What people said of the labels of a table after looking at them.</summary>
/// <param name="source">The file that says it.</param>
/// <param name="tasks">The tasks, by whose place others are asked for.</param>
/// <param name="reviews">The reviews by row and task.</param>
internal sealed class ReviewedLabels(SourceText source, IReadOnlyList<TaskLabel> tasks, IReadOnlyDictionary<(int Row, int Task), ReviewedLabel> reviews)
{
    /// <summary>The file as given.</summary>
    public string Path => source.Path;

    /// <summary>SHA-256 of its bytes.</summary>
    public string Sha256 => source.Sha256;

    /// <summary>Lines of the file that say nothing yet.</summary>
    public int Unsaid { get; init; }

    /// <summary>What was said of a row's label; null: nobody has looked.</summary>
    public ReviewedLabel? Of(int row, int task) => reviews.GetValueOrDefault((row, task));

    /// <summary>The reviews of a task, by row.</summary>
    public IEnumerable<(int Row, ReviewedLabel Review)> OfTask(int task) => reviews.Where(entry => entry.Key.Task == task).Select(entry => (entry.Key.Row, entry.Value)).OrderBy(entry => entry.Row);

    /// <summary>How many labels of a task got a verdict.</summary>
    public int Count(int task, LabelVerdict verdict) => reviews.Count(entry => entry.Key.Task == task && entry.Value.Verdict == verdict);

    /// <summary>The counts, a sentence per task with reviews.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            for (var k = 0; k < tasks.Count; k++)
            {
                var (right, corrected, wrong) = (Count(k, LabelVerdict.Right), Count(k, LabelVerdict.Corrected), Count(k, LabelVerdict.Wrong));
                if (right + corrected + wrong > 0)
                    yield return $"reviewed: {right} right, {corrected} corrected, {wrong} wrong of task {tasks[k].Spec.Name}.";
            }

            if (Unsaid > 0)
                yield return $"reviewed: {Unsaid} line{(Unsaid == 1 ? "" : "s")} of {Path} without a verdict say{(Unsaid == 1 ? "s" : "")} nothing.";
        }
    }

    /// <summary>The table with corrected labels in the place of old ones, and without wrong ones; the file stays as it is.</summary>
    public Table Correct(Table table)
    {
        var texts = new Dictionary<TableColumn, Dictionary<int, string>>();
        foreach (var ((row, task), review) in reviews.Where(entry => entry.Value.Verdict != LabelVerdict.Right))
        {
            for (var i = 0; i < tasks[task].Columns.Count; i++)
            {
                var column = tasks[task].Columns[i];
                if (tasks.FirstOrDefault(other => other != tasks[task] && other.Columns.Contains(column)) is { } other)
                    throw new UserErrorException($"--reviewed: column '{column.Name}' is a label of the tasks {tasks[task].Spec.Name} and {other.Spec.Name}, so a label of one cannot be changed alone; give each its own column.");
                if (!texts.TryGetValue(column, out var cells))
                    texts[column] = cells = [];
                cells[row] = review.Verdict == LabelVerdict.Wrong ? "" : review.Cells[i];
            }
        }

        return texts.Count == 0 ? table : table.With(texts);
    }
}

/// <summary>What a person said of one label.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Cells">The corrected label, a cell per column; none for other verdicts.</param>
internal sealed record ReviewedLabel(LabelVerdict Verdict, string[] Cells);
