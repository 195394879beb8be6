using System.Text.RegularExpressions;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>Turns names and patterns (<c>*</c> stands for any run of characters) into columns of a table.</summary>
internal static partial class ColumnSelection
{
    /// <summary>
    /// The columns meant, in the order of the names, each once; within a pattern by number where their names differ in numbers only
    /// (pose_2 before pose_10), else in the order of the file. A name that exists is taken as it is, even if it holds a star.
    /// <paramref name="option"/> is named in the error when nothing fits.
    /// </summary>
    public static IReadOnlyList<TableColumn> Resolve(Table table, IEnumerable<string> patterns, string option)
    {
        var columns = new List<TableColumn>();
        foreach (var pattern in patterns)
        {
            foreach (var column in Matches(table, pattern, option))
            {
                if (!columns.Contains(column))
                    columns.Add(column);
            }
        }

        return columns;
    }

    /// <summary>Whether the names differ in numbers only.</summary>
    public static bool AreNumbered(IReadOnlyList<TableColumn> columns) => columns.Select(c => Digits().Replace(c.Name, "#")).Distinct().Count() == 1;

    private static List<TableColumn> Matches(Table table, string pattern, string option) =>
        ByNumber([.. NamePattern.Require(pattern, table.Names, option, table.Source.Path).Select(i => table.Columns[i])]);

    // The order of columns in a file is anybody's; a vector needs its components in one order in all files.
    private static List<TableColumn> ByNumber(List<TableColumn> columns)
    {
        if (!AreNumbered(columns))
            return columns;
        // Numbers without their leading zeros: the longer is the larger one.
        return columns
            .OrderBy(
                c => Digits().Matches(c.Name).Select(match => match.Value.TrimStart('0')).ToArray(),
                Comparer<string[]>.Create((a, b) => a.Zip(b).Select(pair => pair.First.Length != pair.Second.Length
                    ? pair.First.Length.CompareTo(pair.Second.Length)
                    : string.CompareOrdinal(pair.First, pair.Second)).FirstOrDefault(order => order != 0)))
            .ToList();
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
