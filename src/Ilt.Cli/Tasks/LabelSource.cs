using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>What the labels of a task are read from.</summary>
/// <param name="Table">The table.</param>
/// <param name="Training">For validation rows, the task's label of the training table, whose class names count; null for that itself.</param>
/// <param name="Ids">The table's ids, for messages; null: they name lines only.</param>
/// <param name="KeepBad">Whether a cell that is no number, where one is needed, is kept as a problem of its row and is no error.</param>
/// <param name="Others">The labels of other tasks that have been read, for a task that is computed from them.</param>
internal sealed record LabelSource(Table Table, TaskLabel? Training, RowIds? Ids, bool KeepBad, IReadOnlyList<TaskLabel?> Others)
{
    /// <summary>Whether classes that are spelled in several ways are kept apart.</summary>
    public bool KeepSpellings { get; init; }

    /// <summary>The columns of a task.</summary>
    public IReadOnlyList<TableColumn> Columns(TaskSpec spec) => ColumnSelection.Resolve(Table, spec.ColumnPatterns, spec.Option);

    /// <summary>The column of a task that has one only.</summary>
    public TableColumn Column(TaskSpec spec)
    {
        var columns = Columns(spec);
        return columns.Count == 1 ? columns[0] : throw new UserErrorException(
            $"{spec.Option}: a {spec.KindName} task has one column, found {columns.Count} ({string.Join(", ", columns.Take(4).Select(c => c.Name))}{(columns.Count > 4 ? ", ..." : "")}); give each its own --task.");
    }
}
