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
    public static TaskLabel Read(Table table, TaskSpec spec, TaskLabel? training = null, RowIds? ids = null, bool keepBad = false)
    {
        var columns = ColumnSelection.Resolve(table, spec.ColumnPatterns, spec.Option);
        if (spec.Kind == TaskKind.Regression)
            return new NumberLabel(spec, columns, ids, keepBad);
        if (columns.Count == 1)
            return spec.IsPerPixel ? new FileLabel(spec, columns[0]) : new ClassLabel(spec, columns[0], training as ClassLabel);
        throw new UserErrorException(
            $"{spec.Option}: a {spec.KindName} task has one column, found {columns.Count} ({string.Join(", ", columns.Take(4).Select(c => c.Name))}{(columns.Count > 4 ? ", ..." : "")}); give each its own --task.");
    }

    /// <summary>The labels of all tasks of a table, one per task; see <see cref="Read"/>. <paramref name="training"/>: those of the training table.</summary>
    public static TaskLabel[] ReadAll(Table table, IReadOnlyList<TaskSpec> specs, IReadOnlyList<TaskLabel>? training = null, RowIds? ids = null, bool keepBad = false)
    {
        var labels = new TaskLabel[specs.Count];
        // What is made from others comes after them.
        foreach (var k in Enumerable.Range(0, labels.Length).OrderBy(k => specs[k].Kind == TaskKind.Vertices))
            labels[k] = specs[k].Kind == TaskKind.Vertices ? new SurfaceLabel(specs[k], Source(specs[k].Sources[0]), Source(specs[k].Sources[1])) : Read(table, specs[k], training?[k], ids, keepBad);
        return labels;

        NumberLabel Source(string name) => (NumberLabel)labels.First(label => label?.Spec.Name == name);
    }

    /// <summary>Whether the row has a label for the task.</summary>
    public abstract bool IsLabelled(int row);

    /// <summary>
    /// Refuses labels of which nothing can be learned, looking at the given rows only: none at all, the same everywhere, a class with one
    /// row.
    /// </summary>
    public abstract void RequireLearnable(IReadOnlyList<int> rows);

    /// <summary>The label as the file has it; several numbers are joined by a semicolon; empty where there is none.</summary>
    public virtual string GivenText(int row) => IsLabelled(row) ? string.Join(';', Columns.Select(c => c.Text(row))) : "";

    /// <summary>"--task NAME: column 'x'" for messages.</summary>
    protected string Where => $"{Spec.Option}: column{(Columns.Count > 1 ? "s" : "")} {string.Join(", ", Columns.Take(3).Select(c => $"'{c.Name}'"))}";
}
