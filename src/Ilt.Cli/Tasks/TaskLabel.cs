using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>The label columns of one task in one table.</summary>
internal abstract class TaskLabel
{
    /// <summary>Creates the label.</summary>
    protected TaskLabel(TaskSpec spec, IReadOnlyList<TableColumn> columns)
    {
        Spec = spec;
        Columns = columns;
    }

    /// <summary>The task as the user wrote it.</summary>
    public TaskSpec Spec { get; }

    /// <summary>The label columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>
    /// Finds the task's columns in a table and reads them; the wrong kind of column is a <see cref="UserErrorException"/>. For a table of
    /// validation rows, <paramref name="training"/> is the task's label in the training table, whose class names count.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="spec">The task.</param>
    /// <param name="training">See above; null for the training table itself.</param>
    /// <param name="ids">Its ids, for messages; null: they name lines only.</param>
    /// <param name="keepBad">Whether a cell that is no number, where one is needed, is kept as a problem of its row and is no error.</param>
    /// <param name="keepSpellings">Whether classes that are spelled in several ways are kept apart.</param>
    public static TaskLabel Read(Table table, TaskSpec spec, TaskLabel? training = null, RowIds? ids = null, bool keepBad = false, bool keepSpellings = false) =>
        spec.Syntax.Read(spec, new LabelSource(table, training, ids, keepBad, []) { KeepSpellings = keepSpellings });

    /// <summary>The labels of all tasks of a table, one per task; see <see cref="Read"/>. <paramref name="training"/>: those of the training table.</summary>
    public static TaskLabel[] ReadAll(Table table, IReadOnlyList<TaskSpec> specs, IReadOnlyList<TaskLabel>? training = null, RowIds? ids = null, bool keepBad = false, bool keepSpellings = false)
    {
        var labels = new TaskLabel[specs.Count];
        // What is made from others comes after them.
        foreach (var k in Enumerable.Range(0, labels.Length).OrderBy(k => specs[k].Syntax.IsDerived))
            labels[k] = specs[k].Syntax.Read(specs[k], new LabelSource(table, training?[k], ids, keepBad, labels) { KeepSpellings = keepSpellings });
        return labels;
    }

    /// <summary>The task by the names of the columns found: in another table, its patterns may fit others.</summary>
    public TaskSpec FoundSpec => Spec.Syntax.IsDerived ? Spec : Spec with { ColumnPatterns = Columns.Select(c => c.Name).ToArray() };

    /// <summary>Whether the labels lie in files that the column names.</summary>
    public virtual bool ReadsFiles => false;

    /// <summary>The class of each row, -1 where there is none; null where the label is no class.</summary>
    public virtual int[]? Classes => null;

    /// <summary>Whether the row has a label for the task.</summary>
    public abstract bool IsLabelled(int row);

    /// <summary>Whether the row has a label that is left out, and told by itself.</summary>
    public virtual bool IsLeftOut(int row) => false;

    /// <summary>Labels that are numbers, by column, <see cref="float.NaN"/> where there is none; no column where they are none.</summary>
    public virtual IReadOnlyList<float[]> Targets => [];

    /// <summary>Leaves labels out that occur once and are no numbers; looks at the given rows.</summary>
    /// <returns>What a user should know; null: nothing was left out.</returns>
    public virtual string? LeaveOutLone(IReadOnlyList<int> rows, RowIds ids) => null;

    /// <summary>What is wrong with a cell of the row that was kept; null: nothing.</summary>
    public virtual string? Problem(int row) => null;

    /// <summary>The file of a row's label, below <paramref name="folder"/> unless the cell holds a full path; empty where there is none.</summary>
    public virtual string PathOf(int row, string folder) => "";

    /// <summary>
    /// Refuses labels of which nothing can be learned, looking at the given rows only: none at all, the same everywhere, a class with one
    /// row.
    /// </summary>
    public abstract void RequireLearnable(IReadOnlyList<int> rows);

    /// <summary>The text of a cell of the label that tells it from others: without blanks around, but for classes whose spellings are kept apart.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The place of the column within <see cref="Columns"/>.</param>
    public virtual string CellText(int row, int column) => Columns[column].Text(row);

    /// <summary>The label as the file has it, of numbers without blanks around; several numbers are joined by a semicolon; empty where there is none.</summary>
    public virtual string GivenText(int row) => !IsLabelled(row) ? "" : Columns.Count == 1 ? Columns[0].Text(row) : string.Join(';', Columns.Select(c => c.Text(row)));

    /// <summary>The cells, one per column, of a label that a person wrote as the table would have it; several numbers are joined by semicolons.</summary>
    /// <param name="text">The label.</param>
    /// <param name="folder">Where label files are.</param>
    /// <exception cref="FormatException">It is no label of the task; the message follows a colon.</exception>
    public abstract string[] Cells(string text, string folder);

    /// <summary>The cells of a label that the program suggests, whose numbers have decimal points, rounded as the columns are.</summary>
    /// <exception cref="FormatException">It is no label of the task.</exception>
    public virtual string[] SuggestedCells(string text) => Cells(text, "");

    /// <summary>The parts of a label of several columns.</summary>
    /// <exception cref="FormatException">There are more or fewer than columns.</exception>
    protected string[] Parts(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        return parts.Length == Columns.Count ? parts : throw new FormatException(
            $"'{text}' holds {parts.Length} value{(parts.Length == 1 ? "" : "s")}; expected {Columns.Count}, for {NumberedNames.Joined([.. Columns.Select(c => c.Name)])}{(Columns.Count > 1 ? ", with semicolons between" : "")}");
    }

    /// <summary>A part of a suggested label as a number.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    protected static double Number(string part) =>
        Numbers.TryParse(part, out var value) && double.IsFinite(value) ? value : throw new FormatException($"'{part}' is no number");

    /// <summary>Which cells are missing and by which words, for messages about labels that are not there; empty: none are.</summary>
    protected string Absent
    {
        get
        {
            var texts = Columns.Where(column => column.MissingCount > 0).Select(column =>
            {
                var words = column.MissingWordCounts.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).ToArray();
                var of = FormattableString.Invariant($"{column.MissingCount} of {column.Count} cells{(Columns.Count > 1 ? $" of column '{column.Name}'" : "")} are");
                var empty = column.MissingCount - words.Sum(word => word.Value);
                var counts = words.Select(word => FormattableString.Invariant($"'{word.Key}' {word.Value}")).Concat(empty > 0 ? [FormattableString.Invariant($"empty {empty}")] : []);
                return words.Length == 0 ? $"{of} empty" : $"{of} taken as missing ({string.Join(", ", counts)}), for which --missing names other words, and \"--missing ,\" none";
            });
            return string.Join("; ", texts.Take(3));
        }
    }

    /// <summary>What to say where no row has a label.</summary>
    protected UserErrorException NoLabel => new($"{Where} holds no label at all{(Absent is { Length: > 0 } absent ? $": {absent}" : "")}; give labels, or leave the task out.");

    /// <summary>"--task NAME: column 'x'" for messages.</summary>
    protected string Where => $"{Spec.Option}: column{(Columns.Count > 1 ? "s" : "")} {string.Join(", ", Columns.Take(3).Select(c => $"'{c.Name}'"))}";
}
