namespace Ilt.Experiments;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
internal static class Spelling
{
    private const int Shown = 20;

    /// <summary>A sentence that proposes the nearest name, or else lists those there are.</summary>
    public static string Advice(string name, IReadOnlyCollection<string> known)
    {
        if (known.Count == 0) return "there is none.";
        var nearest = known.Select(candidate => (Candidate: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant()))).MinBy(pair => pair.Distance);
        return nearest.Distance <= Math.Max(2, name.Length / 3)
            ? $"did you mean '{nearest.Candidate}'?"
            : $"there are: {string.Join(", ", known.Take(Shown))}{(known.Count > Shown ? $", ... ({known.Count} in all)" : "")}.";
    }

    // Levenshtein: insertions, deletions and replacements.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), corner + (a[i - 1] == b[j - 1] ? 0 : 1));
                corner = above;
            }
        }
        return row[^1];
    }
}
