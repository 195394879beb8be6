using System.Diagnostics;

namespace Ilt.Benchmarks;

/// <summary>One thing to measure: its name and the work of one batch, given the batch's number.</summary>
internal sealed record Candidate(string Name, Action<int> Batch);

/// <summary>Measures candidates in turn, again and again, so that a slow moment of the machine hits all of them alike.</summary>
internal static class Series
{
    /// <summary>
    /// For each candidate, microseconds per batch of every repetition. Before each timed stretch the candidate runs
    /// <paramref name="warmup"/> untimed batches, so that it finds the caches as its own last batches left them.
    /// </summary>
    public static double[][] Measure(IReadOnlyList<Candidate> candidates, int repetitions, int batches, int warmup)
    {
        var times = candidates.Select(_ => new double[repetitions]).ToArray();
        var next = new int[candidates.Count];
        for (var repetition = -1; repetition < repetitions; repetition++) // the first round is not counted
            for (var c = 0; c < candidates.Count; c++)
            {
                var candidate = candidates[c];
                for (var i = 0; i < warmup; i++)
                    candidate.Batch(next[c]++);
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < batches; i++)
                    candidate.Batch(next[c]++);
                if (repetition >= 0)
                    times[c][repetition] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / batches;
            }

        return times;
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Median over repetitions of the ratio to the baseline in the same repetition, which cancels a drifting clock.</summary>
    public static double MedianRatio(double[] times, double[] baseline) =>
        Median([.. times.Zip(baseline, (time, other) => time / other)]);

    public static void Print(string title, IReadOnlyList<Candidate> candidates, double[][] times, Func<int, string>? remark = null)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine("| case | us / batch | fastest | ratio |" + (remark is null ? "" : " memory |"));
        Console.WriteLine("| --- | ---: | ---: | ---: |" + (remark is null ? "" : " ---: |"));
        for (var c = 0; c < candidates.Count; c++)
            Console.WriteLine(FormattableString.Invariant(
                $"| {candidates[c].Name} | {Median(times[c]):F2} | {times[c].Min():F2} | {MedianRatio(times[c], times[0]):F3} |") + (remark is null ? "" : $" {remark(c)} |"));
    }
}
