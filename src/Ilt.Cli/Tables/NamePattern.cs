using System.Text.RegularExpressions;
using Ilt.Naming;

namespace Ilt.Cli.Tables;

/// <summary>Names of columns as the user writes them: <c>*</c> stands for any run of characters; texts that look alike are alike.</summary>
internal static class NamePattern
{
    /// <summary>The places of the columns that a pattern means, in file order; a name that exists is taken as it is, even if it holds a star.</summary>
    public static IReadOnlyList<int> Find(string pattern, IReadOnlyList<string> names)
    {
        var wanted = UnicodeForm.Compose(pattern);
        for (var i = 0; i < names.Count; i++)
        {
            if (UnicodeForm.Compose(names[i]) == wanted)
                return [i];
        }

        if (!wanted.Contains('*'))
            return [];
        var expression = new Regex("^" + Regex.Escape(wanted).Replace("\\*", ".*") + "$", RegexOptions.CultureInvariant);
        return [.. Enumerable.Range(0, names.Count).Where(i => expression.IsMatch(UnicodeForm.Compose(names[i])))];
    }

    /// <summary>The same, where a pattern that fits nothing is a <see cref="UserErrorException"/> that names the option.</summary>
    public static IReadOnlyList<int> Require(string pattern, IReadOnlyList<string> names, string option, string path) => Find(pattern, names) is { Count: > 0 } found
        ? found
        : throw new UserErrorException(pattern.Contains('*')
            ? $"{option}: no column of {path} fits the pattern '{pattern}'; {NearestName.Advice(pattern.Replace("*", ""), names)}"
            : $"{option}: {path} has no column '{pattern}'; {NearestName.Advice(pattern, names)}");
}
