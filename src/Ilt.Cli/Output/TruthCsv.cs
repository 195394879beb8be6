using Ilt.Cli.Tables;

namespace Ilt.Cli.Output;

/// <summary>Whether one label is wrong.</summary>
internal sealed record TruthRow(string Id, string Task, bool Corrupted);

/// <summary>The truth file <c>id,task,corrupted</c>: 1 where the label was made wrong, 0 elsewhere.</summary>
internal static class TruthCsv
{
    private static readonly string[] Header = ["id", "task", "corrupted"];

    /// <summary>Writes the file.</summary>
    public static void Write(string path, IEnumerable<TruthRow> rows, bool isSafe = false) =>
        CsvOutput.Write(path, Header, rows.Select(row => (string[])[row.Id, row.Task, row.Corrupted ? "1" : "0"]), isSafe);

    /// <summary>Reads the file; 0, 1, true and false are understood.</summary>
    public static IReadOnlyList<TruthRow> Read(string path)
    {
        var table = TableReader.Read(path);
        var columns = Header.Select(name => table.Contains(name)
            ? table.Column(name, "--truth")
            : throw new UserErrorException($"--truth: {path} has no column '{name}'; expected a file as ilt corrupt writes it, with the columns {string.Join(",", Header)}.")).ToArray();
        var text = CsvSafe.Undo(Enumerable.Range(0, table.RowCount).SelectMany(row => (string[])[columns[0][row], columns[1][row]]));
        return Enumerable.Range(0, table.RowCount)
            .Select(row => new TruthRow(text(columns[0][row]), text(columns[1][row].Trim()), Flag(columns[2], row)))
            .ToArray();
    }

    private static bool Flag(TableColumn column, int row) => column[row].Trim().ToLowerInvariant() switch
    {
        "1" or "true" => true,
        "0" or "false" => false,
        _ => throw new UserErrorException($"{column.Where(row)}: expected 1 or 0, found '{column[row]}'; mend the file."),
    };
}
