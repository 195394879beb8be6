using Ilt.Corruption;

namespace Ilt.Detection;

/// <summary>Orders rows from most to least suspicious.</summary>
public static class NoiseRanking
{
    // FNV-1a, 64 bits (Fowler, Noll and Vo).
    private const ulong HashStart = 14695981039346656037;
    private const ulong HashFactor = 1099511628211;

    /// <summary>
    /// Ranks rows by descending score; ties by descending log-variance (NaN last), then by a hash of the id (the order of the rows in
    /// the file decides nothing), then by the id itself.
    /// </summary>
    /// <param name="scores">Noise score of each row, higher = more likely mislabelled; rows with NaN (no label) are left out.</param>
    /// <param name="logVariances">s of each row; or empty, then it breaks no ties.</param>
    /// <param name="ids">Id of each row.</param>
    /// <returns>Row numbers, the most suspicious first.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>The hash is FNV-1a (64 bits) over the UTF-16 code units, low byte first, finished by SplitMix64's output function.</remarks>
    public static int[] Rank(ReadOnlySpan<float> scores, ReadOnlySpan<float> logVariances, IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count != scores.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected one id per score ({scores.Length}); found {ids.Count}."), nameof(ids));
        if (!logVariances.IsEmpty && logVariances.Length != scores.Length)
            throw new ArgumentException(FormattableString.Invariant($"Expected one log-variance per score ({scores.Length}) or none; found {logVariances.Length}."), nameof(logVariances));

        var rows = new int[scores.Length];
        var keys = new float[scores.Length];
        var count = 0;
        for (var row = 0; row < scores.Length; row++)
            if (!float.IsNaN(scores[row]))
                (rows[count], keys[count++]) = (row, -scores[row]);
        // By score first, as plain numbers; of rows with the same one there are few as a rule, and only these are compared as a whole.
        Array.Sort(keys, rows, 0, count);
        Array.Resize(ref rows, count);
        for (var (first, next) = (0, 1); first < count; first = next++)
        {
            while (next < count && keys[next] == keys[first]) next++;
            if (next - first > 1) RankTies(rows.AsSpan(first, next - first), logVariances, ids);
        }

        return rows;
    }

    private static void RankTies(Span<int> rows, ReadOnlySpan<float> logVariances, IReadOnlyList<string> ids)
    {
        var ties = new Tie[rows.Length];
        for (var i = 0; i < ties.Length; i++)
            ties[i] = new Tie(rows[i], logVariances.IsEmpty ? 0 : logVariances[rows[i]], Hash(ids[rows[i]]));
        Array.Sort(ties, (a, b) => Compare(a, b, ids));
        for (var i = 0; i < ties.Length; i++)
            rows[i] = ties[i].Row;
    }

    internal static ulong Hash(string id)
    {
        var hash = HashStart;
        foreach (var unit in id)
        {
            hash = (hash ^ (byte)unit) * HashFactor;
            hash = (hash ^ (byte)(unit >> 8)) * HashFactor;
        }

        return SeededGenerator.Mix(hash); // FNV alone leaves neighbouring short ids in order
    }

    private static int Compare(Tie a, Tie b, IReadOnlyList<string> ids)
    {
        var order = b.LogVariance.CompareTo(a.LogVariance); // NaN compares lowest, so it comes last
        if (order == 0)
            order = a.Hash.CompareTo(b.Hash);
        if (order == 0)
            order = string.CompareOrdinal(ids[a.Row], ids[b.Row]);
        return order == 0 ? a.Row.CompareTo(b.Row) : order;
    }

    private readonly record struct Tie(int Row, float LogVariance, ulong Hash);
}
