using Ilt.Parameters;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>The ids of a table's rows: a column the user names, or the number of the data row from 1.</summary>
internal sealed class RowIds
{
    private RowIds(string? column, IReadOnlyList<string> ids)
    {
        Column = column;
        Ids = ids;
    }

    /// <summary>The id column, or null when rows are known by their number.</summary>
    public string? Column { get; }

    /// <summary>The id of each row, byte for byte as the file has it; all different.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>" (id 'x')" for messages that name the line already; nothing where rows are known by their number.</summary>
    public string Named(int row) => Column is null ? "" : $" (id '{Ids[row]}')";

    /// <summary>Reads the ids; an empty id or one that occurs twice is a <see cref="UserErrorException"/> with its lines.</summary>
    public static RowIds Read(Table table, string? columnName)
    {
        if (columnName is null)
            return Numbered(table);
        var column = table.Column(columnName, "--id");
        var problem = Collect(table, column, out var ids);
        return problem is null
            ? new RowIds(column.Name, ids)
            : throw new UserErrorException($"--id: {problem}; give every row its own id, or leave --id out to number the rows.");
    }

    /// <summary>
    /// Reads the ids from the column that named the training rows (null: none did), where that column names each row here too; else rows are
    /// numbered, and the note says why.
    /// </summary>
    public static (RowIds Ids, string? Note) ReadOrNumber(Table table, string? columnName)
    {
        const string Numbers = "the id is the number of the data row (name another column with --id)";
        if (columnName is null)
            return (Numbered(table), null);
        if (!table.Contains(columnName))
            return (Numbered(table), $"{table.Source.Path} has no column '{columnName}', which named the training rows; {Numbers}.");
        var column = table.Column(columnName, "--id");
        return Collect(table, column, out var ids) is { } problem
            ? (Numbered(table), $"{problem}; {Numbers}.")
            : (new RowIds(column.Name, ids), null);
    }

    private static RowIds Numbered(Table table) =>
        new(null, InstanceIndex.FromPositions(table.RowCount).Ids);

    /// <summary>Collects the ids; what is wrong with them, or null.</summary>
    private static string? Collect(Table table, TableColumn column, out string[] ids)
    {
        ids = new string[table.RowCount];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = column[row];
            if (string.IsNullOrWhiteSpace(ids[row]))
                return $"{column.Where(row)}: the id is empty";
            if (!first.TryAdd(ids[row], row))
                return $"{table.Source.Path} has the id '{ids[row]}' in column '{column.Name}' twice, on lines {column.LineOf(first[ids[row]])} and {column.LineOf(row)}";
        }

        return null;
    }
}
