using System.Text.RegularExpressions;

namespace Ilt.Cli.Commands;

/// <summary>A listed data set.</summary>
/// <param name="Root">The folder that the paths of the table start from.</param>
/// <param name="Header">The column names.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Rows">The rows, with full paths; null where there is no file.</param>
/// <param name="Paths">The columns that hold paths.</param>
/// <param name="Tasks">The tasks of <c>ilt flag</c> that fit the columns, by column.</param>
/// <param name="Options">Its options that fit.</param>
internal sealed partial record Listing(
    string Root, string[] Header, int Count, IEnumerable<string?[]> Rows, IReadOnlyList<string> Paths, IReadOnlyList<(string Column, string Task)> Tasks, string Options)
{
    /// <summary>What else to know of going on; null: nothing.</summary>
    public string? More { get; init; }

    /// <summary>The columns that some row has something in, by number.</summary>
    public int[] UsedColumns() => Enumerable.Range(0, Header.Length).Where(c => Rows.Any(row => row[c] is not null)).ToArray();

    /// <summary>The cells of a row, in the given columns.</summary>
    public string[] Cells(string?[] row, IReadOnlyList<int> columns) =>
        [.. columns.Select(c => row[c] is not { } text ? "" : Paths.Contains(Header[c]) ? Path.GetRelativePath(Root, text).Replace('\\', '/') : text)];

    /// <summary>Names in a row, where those that are numbered (<c>pose_0</c>, <c>pose_1</c>, ...) are told by the first and the last.</summary>
    public static string Named(IReadOnlyList<string> names)
    {
        var parts = new List<string>();
        for (var first = 0; first < names.Count;)
        {
            var last = first;
            while (last + 1 < names.Count && Follows(names[last], names[last + 1]))
                last++;
            parts.Add(last > first + 1 ? $"{names[first]} .. {names[last]}" : string.Join(", ", names.Skip(first).Take(last - first + 1)));
            first = last + 1;
        }

        return string.Join(", ", parts);
    }

    private static bool Follows(string name, string next)
    {
        var (a, b) = (Numbered().Match(name), Numbered().Match(next));
        return a.Success && b.Success && a.Groups[1].Value == b.Groups[1].Value
            && long.TryParse(a.Groups[2].Value, out var number) && long.TryParse(b.Groups[2].Value, out var after) && after == number + 1;
    }

    [GeneratedRegex(@"^(.*?)(\d{1,9})$")]
    private static partial Regex Numbered();
}
