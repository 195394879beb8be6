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
        if (!first.Any(f => MissingValues.IsMissing(f) || Numbers.TryParse(f, out _)))
            return true;
        for (var column = 0; column < first.Length; column++)
        {
            if (MissingValues.IsMissing(first[column]) || Numbers.TryParse(first[column], out _))
                continue;
            var below = following.Where(r => column < r.Length && !MissingValues.IsMissing(r[column])).ToList();
            if (below.Count > 0 && below.All(r => Numbers.TryParse(r[column], out _)))
                return true;
        }

        return false;
    }
}
