using System.Globalization;

namespace Ilt.Auditing;

/// <summary>Numbers in sentences, the same in every culture.</summary>
internal static class Words
{
    public static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>"1 row", "1,200 rows"; a word that ends in s gets es.</summary>
    public static string Count(int count, string what) =>
        $"{Number(count)} {what}{(count == 1 ? "" : what.EndsWith('s') ? "es" : "s")}";

    public static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as "12 %".</summary>
    public static string Percent(double share) => Text($"{100 * share:0.#} %");

    /// <summary>The first few, and how many more there are.</summary>
    public static string Some(IReadOnlyList<string> names, int most = 3) =>
        names.Count <= most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(most))} and {Number(names.Count - most)} more";

    /// <summary>A stretch of the file.</summary>
    public static string Rows(int first, int last) => $"rows {Number(first + 1)} to {Number(last + 1)}, counted from 1";
}
