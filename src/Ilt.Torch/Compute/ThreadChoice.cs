namespace Ilt.Torch;

/// <summary>How many threads a training takes where that is left to the program.</summary>
/// <param name="Threads">The number.</param>
/// <param name="Reason">Why this one, in words.</param>
internal sealed record ThreadChoice(int Threads, string Reason)
{
    // Less is within what two measurements of the same thing differ by, and cores are not ours alone.
    private const double NearTie = 0.05;

    /// <summary>The choice in a sentence.</summary>
    public string Note => FormattableString.Invariant($"threads: {Threads} ({Reason})");

    /// <summary>The numbers to try: 1, 2, 4, ... and that of the processors.</summary>
    public static IReadOnlyList<int> Candidates(int processors)
    {
        var candidates = new List<int>();
        for (var threads = 1; threads < processors; threads *= 2) candidates.Add(threads);
        return [.. candidates, Math.Max(1, processors)];
    }

    /// <summary>
    /// The fewest threads than which none is faster by 5 % or more. So 1 is left for a clear gain only, and what is chosen then has been no slower than 1.
    /// </summary>
    /// <param name="measured">Times of the same work, the number of threads rising from 1; empty where nothing was measured.</param>
    /// <param name="ranks">Ranks that share the processors, so that each may try its share of them only.</param>
    public static ThreadChoice From(IReadOnlyList<ThreadTime> measured, int ranks = 1)
    {
        var share = ranks == 1 ? "" : FormattableString.Invariant($", and {ranks} ranks share the processors of this machine");
        if (measured.Count == 0) return new(1, $"chosen: the run is too short to measure more{share}");
        if (measured.Count == 1) return new(1, ranks == 1 ? "chosen: there is one processor" : FormattableString.Invariant($"chosen: {ranks} ranks share the processors of this machine, and there is one for each at most"));
        var fastest = measured.Min(time => time.Pass);
        var (threads, pass) = measured.First(time => fastest > time.Pass * (1 - NearTie));
        var one = measured[0].Pass;
        if (threads > 1) return new(threads, FormattableString.Invariant($"chosen: {one / pass:0.0#} times as fast as 1{share}"));
        var other = measured.Skip(1).MinBy(time => time.Pass);
        return new(1, FormattableString.Invariant($"chosen: {other.Threads} are {one / other.Pass:0.0#} times as fast{share}"));
    }
}

/// <summary>What a pass takes, typically.</summary>
/// <param name="Threads">With so many threads.</param>
/// <param name="Pass">Forward and backward through one batch.</param>
internal readonly record struct ThreadTime(int Threads, TimeSpan Pass);
