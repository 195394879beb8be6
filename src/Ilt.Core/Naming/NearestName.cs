namespace Ilt.Naming;

/// <summary>Finds the name a mistyped one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The closest candidate by edit distance (case ignored), or null when none is near: one that shares nothing is not, however short.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance >= bestDistance || (distance > 0 && distance >= Math.Max(name.Length, candidate.Length)))
                continue;
            bestDistance = distance;
            best = candidate;
        }

        return best;
    }

    /// <summary>A sentence that proposes the nearest name, or else lists the first few names there are.</summary>
    public static string Advice(string name, IReadOnlyCollection<string> candidates)
    {
        if (candidates.Count == 0)
            return "there is none";
        if (Find(name, candidates) is { } nearest)
            return $"did you mean '{nearest}'?";
        const int Shown = 20;
        var listed = string.Join(", ", candidates.Take(Shown));
        return candidates.Count > Shown ? $"there are: {listed}, ... ({candidates.Count} in all)" : $"there are: {listed}";
    }

    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
