using System.Diagnostics;

namespace Ilt.Benchmarks;

/// <summary>One thing to measure: its name and the work of one batch, given the batch's number.</summary>
internal sealed record Candidate(string Name, Action<int> Batch);

/// <summary>
/// Measures candidates in turn, again and again, and times every batch by itself: a slow moment of the machine hits all candidates
/// alike, and a batch that lost its processor in the middle is one outlier among thousands.
/// </summary>
internal static class Series
{
    /// <summary>
    /// For each candidate, microseconds of every timed batch, sorted. Before each timed stretch the candidate runs
    /// <paramref name="warmup"/> untimed batches, so that it finds the caches as its own last batches left them.
    /// </summary>
    public static double[][] Measure(IReadOnlyList<Candidate> candidates, int repetitions, int batches, int warmup)
    {
        var times = Array.ConvertAll(Stretches(candidates, repetitions, batches, warmup), stretches => stretches.SelectMany(stretch => stretch).ToArray());
        foreach (var series in times)
            Array.Sort(series);
        return times;
    }

    /// <summary>For each candidate, the median of every stretch in microseconds: a turn.</summary>
    public static double[][] Turns(IReadOnlyList<Candidate> candidates, int repetitions, int batches, int warmup) =>
        Array.ConvertAll(Stretches(candidates, repetitions, batches, warmup), stretches => Array.ConvertAll(stretches, stretch => stretch.Order().ElementAt(stretch.Length / 2)));

    /// <summary>For each candidate, the microseconds of every batch, stretch by stretch.</summary>
    public static double[][][] Stretches(IReadOnlyList<Candidate> candidates, int repetitions, int batches, int warmup)
    {
        var times = candidates.Select(_ => Enumerable.Range(0, repetitions).Select(_ => new double[batches]).ToArray()).ToArray();
        var next = new int[candidates.Count];
        for (var repetition = -1; repetition < repetitions; repetition++) // the first round is not counted
            for (var c = 0; c < candidates.Count; c++)
            {
                var candidate = candidates[c];
                for (var i = 0; i < warmup; i++)
                    candidate.Batch(next[c]++);
                for (var i = 0; i < batches; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    candidate.Batch(next[c]++);
                    if (repetition >= 0)
                        times[c][repetition][i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                }
            }

        return times;
    }

    /// <summary>The median, and the tenth percentile for machines that are busy with other things; both with their ratio to the first candidate.</summary>
    public static void Print(string title, IReadOnlyList<Candidate> candidates, double[][] times, Func<int, string>? memory = null)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine("| case | median us / batch | ratio | 10 % us / batch | ratio |" + (memory is null ? "" : " memory |"));
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |" + (memory is null ? "" : " ---: |"));
        for (var c = 0; c < candidates.Count; c++)
            Console.WriteLine(FormattableString.Invariant(
                $"| {candidates[c].Name} | {At(times[c], 0.5):F2} | {At(times[c], 0.5) / At(times[0], 0.5):F3} | {At(times[c], 0.1):F2} | {At(times[c], 0.1) / At(times[0], 0.1):F3} |")
                + (memory is null ? "" : $" {memory(c)} |"));
    }

    private static double At(double[] sorted, double quantile) => sorted[(int)(quantile * (sorted.Length - 1))];
}
