using System.Text.RegularExpressions;

namespace Ilt.Cli.Tables;

/// <summary>Lists of column names for people.</summary>
internal static partial class NumberedNames
{
    /// <summary>Names in a row, where those that are numbered (<c>pose_0</c>, <c>pose_1</c>, ...) are told by the first and the last.</summary>
    public static string Joined(IReadOnlyList<string> names)
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
