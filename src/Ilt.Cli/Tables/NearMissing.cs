namespace Ilt.Cli.Tables;

/// <summary>Values that may be words for missing cells, but are none of <see cref="MissingWords"/> as they are written: NONE, nil, N.A., -, unknown.</summary>
internal static class NearMissing
{
    private const int Shown = 8;
    private const int LongestMark = 3;

    // Letters and digits only. Errors of Excel are left out: without their signs they are words such as name and value.
    private static readonly HashSet<string> Words =
        [.. MissingWords.Default.Words.Where(word => word[0] != '#').Select(Bare).Where(word => word.Length > 0), "nil", "unknown", "none", "na", "missing"];

    /// <summary>Whether a value is like such a word, whatever its case and the signs in it.</summary>
    public static bool Is(string text) => Bare(text) is { Length: > 0 } bare ? Words.Contains(bare) : IsMark(text.Trim());

    /// <summary>What a user should know of such values in columns of categories; null: there are none, or the user has named the words.</summary>
    public static string? Note(Table table, IEnumerable<TableColumn> used)
    {
        if (table.Missing.IsGiven)
            return null;
        var found = used.Where(column => column.Kind == ColumnKind.Text).SelectMany(column => Count(column).Select(pair => (Word: pair.Key, pair.Value, column.Name)))
            .GroupBy(word => word.Word).OrderByDescending(word => word.Sum(one => one.Value)).ThenBy(word => word.Key, StringComparer.Ordinal).ToArray();
        if (found.Length == 0)
            return null;
        var texts = found.Take(Shown).Select(word => FormattableString.Invariant($"'{word.Key}' ({word.Sum(one => one.Value)} in {string.Join(", ", word.Select(one => one.Name))})"));
        return $"like words for missing cells, and taken as values: {string.Join(", ", texts)}{(found.Length > Shown ? FormattableString.Invariant($" and {found.Length - Shown} more") : "")}; "
            + $"if they mean missing, say --missing {table.Missing.OptionWith(found.Select(word => word.Key))}.";
    }

    private static Dictionary<string, int> Count(TableColumn column)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var likes = new Dictionary<string, bool>(StringComparer.Ordinal);
        var hasPlus = false;
        for (var row = 0; row < column.Count; row++)
        {
            var text = column.Text(row);
            if (!likes.TryGetValue(text, out var isLike))
            {
                likes[text] = isLike = text.Length > 0 && Is(text) && !column.Reading.Words.Contains(text);
                hasPlus |= text.Trim('+').Length == 0 && text.Length > 0;
            }

            if (isLike)
                counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        // Beside a plus, a minus is its opposite.
        return hasPlus ? counts.Where(pair => Bare(pair.Key).Length > 0).ToDictionary() : counts;
    }

    private static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool IsMark(string text) => text.Length is > 0 and <= LongestMark && text.All(c => c is '-' or '\u2013' or '\u2014' or '?' or '.' or '_');
}
