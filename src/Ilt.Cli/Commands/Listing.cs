namespace Ilt.Cli.Commands;

/// <summary>A listed data set.</summary>
/// <param name="Root">The folder that the paths of the table start from.</param>
/// <param name="Header">The column names.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Rows">The rows, with full paths; null where there is no file.</param>
/// <param name="Paths">The columns that hold paths.</param>
/// <param name="Tasks">The tasks of <c>ilt flag</c> that fit the columns, by column.</param>
/// <param name="Options">Its options that fit.</param>
internal sealed record Listing(
    string Root, string[] Header, int Count, IEnumerable<string?[]> Rows, IReadOnlyList<string> Paths, IReadOnlyList<(string Column, string Task)> Tasks, string Options)
{
    /// <summary>What else to know of going on; null: nothing.</summary>
    public string? More { get; init; }

    /// <summary>The files that the rows name.</summary>
    public IEnumerable<string> Files()
    {
        var columns = Paths.Select(name => Array.IndexOf(Header, name)).Where(column => column >= 0).ToArray();
        return Rows.SelectMany(row => columns.Select(column => row[column])).OfType<string>();
    }

    /// <summary>What was found, left out, and why, to be told after the count of rows.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The columns that some row has something in, by number.</summary>
    public int[] UsedColumns() => Enumerable.Range(0, Header.Length).Where(c => Rows.Any(row => row[c] is not null)).ToArray();

    /// <summary>The cells of a row, in the given columns.</summary>
    public string[] Cells(string?[] row, IReadOnlyList<int> columns) =>
        [.. columns.Select(c => row[c] is not { } text ? "" : Paths.Contains(Header[c]) ? Path.GetRelativePath(Root, text).Replace('\\', '/') : text)];
}
