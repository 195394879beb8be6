namespace Ilt.Cli.Tables;

/// <summary>Finds out whether a file of separated values names its columns.</summary>
internal static class CsvHeader
{
    /// <summary>
    /// Whether the first record names the columns. It does when none of its fields is a number or empty, or when some column holds a word
    /// in the first record and only numbers below.
    /// </summary>
    public static bool Detect(string[] first, IReadOnlyList<string[]> following)
    {
        if (!first.Any(f => IsMissing(f) || IsNumber(f)))
            return true;
        for (var column = 0; column < first.Length; column++)
        {
            if (IsMissing(first[column]) || IsNumber(first[column]))
                continue;
            var below = following.Where(r => column < r.Length && !IsMissing(r[column])).ToList();
            if (below.Count > 0 && below.All(r => IsNumber(r[column])))
                return true;
        }

        return false;
    }

    private static bool IsMissing(string field) => string.IsNullOrWhiteSpace(field) || MissingWords.Default.ContainsAmongNumbers(field.Trim());

    // Also 1,5 and 12 % and 3 kg: names do not look like that, but with a number and a word they may (2019 EUR).
    private static bool IsNumber(string field) =>
        Numbers.TryParse(field, out _) || (NumberParts.Split(field.Trim()) is { Prefix: "", Negative: NegativeSign.Before } parts && parts.Suffix.Trim() is "" or "%" && new NumberFormat(',', null, "", "").Fits(parts.Core));
}
