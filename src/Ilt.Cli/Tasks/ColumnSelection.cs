using System.Text.RegularExpressions;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>Turns names and patterns (<c>*</c> stands for any run of characters) into columns of a table.</summary>
internal static class ColumnSelection
{
    /// <summary>
    /// The columns meant, in the order of the names, and of the file within a pattern; each once. A name that exists is taken as it is,
    /// even if it holds a star. <paramref name="option"/> is named in the error when nothing fits.
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

    private static List<TableColumn> Matches(Table table, string pattern, string option)
    {
        if (table.Contains(pattern) || !pattern.Contains('*'))
            return [table.Column(pattern, option)];
        var expression = new Regex("^" + Regex.Escape(pattern).Replace("\\*", ".*") + "$", RegexOptions.CultureInvariant);
        var found = table.Columns.Where(c => expression.IsMatch(c.Name)).ToList();
        return found.Count > 0
            ? found
            : throw new UserErrorException($"{option}: no column of {table.Source.Path} fits the pattern '{pattern}'; {NearestName.Advice(pattern.Replace("*", ""), table.Names)}");
    }
}
