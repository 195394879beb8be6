using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Ilt.Naming;

namespace Ilt.Cli.Tasks;

/// <summary>
/// Reads <c>reviewed.csv</c>: id, task, verdict (right, wrong, corrected; fix and fixed are the last of these) and label, which a corrected one needs. A line without a
/// verdict says nothing yet.
/// </summary>
internal sealed class ReviewFile
{
    private const string Option = "--reviewed";

    private readonly Table file;
    private readonly RowIds ids;
    private readonly IReadOnlyList<TaskLabel> labels;
    private readonly string labelFolder;
    private readonly TableColumn id, task, verdict;
    private readonly TableColumn? label;
    private readonly Func<string, string> text;

    private ReviewFile(string path, RowIds ids, IReadOnlyList<TaskLabel> labels, string labelFolder)
    {
        (this.ids, this.labels, this.labelFolder) = (ids, labels, labelFolder);
        // Whatever the cells look like, they are texts.
        file = TableReader.Read(path, new ReadingOptions { Missing = MissingWords.Of([]), Categories = ["*"] });
        (id, task, verdict) = (Required("id"), Required("task"), Required("verdict"));
        label = file.Find("label");
        TableColumn[] columns = label is null ? [id, task] : [id, task, label];
        text = CsvSafe.Undo(Enumerable.Range(0, file.RowCount).SelectMany(row => columns.Select(column => column[row])));
    }

    /// <summary>Reads the file; whatever does not fit the table is a <see cref="UserErrorException"/> with line and column.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ids">The ids of the table's rows.</param>
    /// <param name="labels">The labels that the table has.</param>
    /// <param name="labelFolder">Where label files are.</param>
    public static ReviewedLabels Read(string path, RowIds ids, IReadOnlyList<TaskLabel> labels, string labelFolder = ".") => new ReviewFile(path, ids, labels, labelFolder).Read();

    private ReviewedLabels Read()
    {
        var rowOf = ids.Ids.Select((name, row) => (name, row)).ToDictionary(entry => entry.name, entry => entry.row, StringComparer.Ordinal);
        var reviews = new Dictionary<(int, int), ReviewedLabel>();
        var lines = new Dictionary<(int, int), int>();
        var unsaid = 0;
        for (var line = 0; line < file.RowCount; line++)
        {
            if (Verdict(line) is not { } said)
            {
                unsaid++;
                continue;
            }

            var name = text(id[line]);
            if (!rowOf.TryGetValue(name, out var row) && !rowOf.TryGetValue(name.Trim(), out row))
                throw Bad(id, line, $"'{name}' is no row of the table; expected {(ids.Column is null ? $"the number of a data row, 1 to {ids.Ids.Count}" : $"an id of column '{ids.Column}'")}");
            var k = Task(line);
            var review = new ReviewedLabel(said, Cells(line, said, labels[k]));
            if (said == LabelVerdict.Right && !labels[k].IsLabelled(row))
                throw Bad(verdict, line, $"row '{name}' has no label for task {labels[k].Spec.Name} that could be right; expected corrected and a label, or no line");
            if (reviews.TryGetValue((row, k), out var before) && (before.Verdict != said || !before.Cells.SequenceEqual(review.Cells)))
                throw Bad(verdict, line, $"contradicts line {lines[(row, k)]}, which speaks of row '{name}' and task {labels[k].Spec.Name} too; leave one of them");
            reviews[(row, k)] = review;
            lines[(row, k)] = id.LineOf(line);
        }

        return new ReviewedLabels(file.Source, labels, reviews) { Unsaid = unsaid };
    }

    private LabelVerdict? Verdict(int line) => verdict[line].Trim().ToLowerInvariant() switch
    {
        "right" => LabelVerdict.Right,
        "wrong" => LabelVerdict.Wrong,
        "corrected" or "fix" or "fixed" => LabelVerdict.Corrected,
        "" when label is null || label[line].Trim().Length == 0 => null,
        "" => throw Bad(verdict, line, "is empty beside a label; expected right, wrong or corrected"),
        _ => throw Bad(verdict, line, $"'{verdict[line].Trim()}' is no verdict; expected right, wrong or corrected"),
    };

    private int Task(int line)
    {
        var name = text(task[line].Trim());
        var k = labels.ToList().FindIndex(other => other.Spec.Name == name);
        if (k < 0)
            throw Bad(task, line, $"there is no task '{name}'; {NearestName.Advice(name, [.. labels.Select(other => other.Spec.Name)])}");
        return labels[k].Columns.Count > 0 ? k
            : throw Bad(task, line, $"task {name} has no labels of its own; review those that it is computed from: {string.Join(", ", labels[k].Spec.Sources)}");
    }

    private string[] Cells(int line, LabelVerdict said, TaskLabel of)
    {
        if (said != LabelVerdict.Corrected)
            return [];
        if (label is null)
            throw Bad(verdict, line, "corrected needs the new label in a column 'label', which the file does not have; add it");
        var given = text(label[line]);
        if (string.IsNullOrWhiteSpace(given))
            throw Bad(label, line, "is empty beside 'corrected'; expected the new label, or the verdict wrong where it is not known");
        try
        {
            return of.Cells(given, labelFolder);
        }
        catch (FormatException e)
        {
            throw Bad(label, line, e.Message.TrimEnd('.'));
        }
    }

    private TableColumn Required(string name) => file.Find(name) ?? throw new UserErrorException(
        $"{Option}: {file.Source.Path} has no column '{name}'; expected the columns id,task,verdict,label with a verdict right, wrong or corrected.");

    private static UserErrorException Bad(TableColumn column, int line, string what) => new($"{Option}: {column.Where(line)}: {what}.");
}
