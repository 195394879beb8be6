using System.Globalization;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>The ids of a table's rows: a column the user names, or the number of the data row from 1.</summary>
internal sealed class RowIds
{
    private RowIds(string? column, string[] ids)
    {
        Column = column;
        Ids = ids;
    }

    /// <summary>The id column, or null when rows are known by their number.</summary>
    public string? Column { get; }

    /// <summary>The id of each row; all different.</summary>
    public string[] Ids { get; }

    /// <summary>Reads the ids; an empty id or one that occurs twice is a <see cref="UserErrorException"/> with its lines.</summary>
    public static RowIds Read(Table table, string? columnName)
    {
        if (columnName is null)
            return new RowIds(null, Enumerable.Range(1, table.RowCount).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray());
        var column = table.Column(columnName, "--id");
        var ids = new string[table.RowCount];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = column[row].Trim();
            if (ids[row].Length == 0)
                throw new UserErrorException($"{column.Where(row)}: the id is empty; give every row its own id, or leave --id out to number the rows.");
            if (!first.TryAdd(ids[row], row))
                throw new UserErrorException(
                    $"--id: {table.Source.Path} has the id '{ids[row]}' in column '{columnName}' twice, on lines {column.LineOf(first[ids[row]])} and {column.LineOf(row)}; give every row its own id, or leave --id out to number the rows.");
        }

        return new RowIds(columnName, ids);
    }
}
