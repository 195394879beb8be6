using Ilt.Imaging;
using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>What the visits of a step cost over the number of parameters N = rows x tasks, with what is learned of rows in memory and in a scratch file.</summary>
internal static class ScratchBenchmark
{
    private const int TotalEpochs = 20;
    private const int Epoch = 12; // after the warm-up

    // In so many batches, blocks go to the file some times: a median alone would not see it.
    private const int Stretch = 400;

    private static readonly string[] Places = ["in memory", "in a file"];

    public static void Run(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine("Weigh + Learn + Record, 256 random rows x 4 tasks, over the number of parameters N; each place in turn");
        Console.WriteLine("| case | where | mean us / batch | to memory | median us / batch | to memory |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var parameters in quick ? new[] { 2_000, 10_000 } : [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000])
        {
            var times = Take(parameters, quick ? 1 : 5, quick);
            for (var place = 0; place < Places.Length; place++)
                Console.WriteLine(FormattableString.Invariant(
                    $"| N = {parameters:N0} | {Places[place]} | {Mean(place):N1} | {Mean(place) / Mean(0):F2} | {Median(place):N1} | {Median(place) / Median(0):F2} |"));

            double Mean(int place) => times[place].SelectMany(stretch => stretch).Average();

            double Median(int place) => times[place].SelectMany(stretch => stretch).Order().ElementAt(times[place].Length * times[place][0].Length / 2);
        }
    }

    /// <summary>In a file beside in memory, at the same number of parameters: the means of stretches, in which pages are written.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        var ratios = new List<SpeedRatio>();
        foreach (var parameters in quick ? new[] { 10_000 } : [1_000_000, 10_000_000, 100_000_000])
        {
            var turns = Array.ConvertAll(Take(parameters, quick ? 2 : 9, quick), stretches => Array.ConvertAll(stretches, stretch => stretch.Average()));
            ratios.Add(SpeedRatio.Of(FormattableString.Invariant($"a step of 256 rows x 4 tasks in a file, {parameters:N0} parameters"), turns[1], "in memory", turns[0]));
        }
        return new(ratios);
    }

    private static double[][][] Take(int parameters, int repetitions, bool quick) =>
        Series.Stretches([Make(parameters, long.MaxValue, quick), Make(parameters, 0, quick)], repetitions, quick ? 5 : Stretch, quick ? 2 : 50);

    private static Candidate Make(int parameters, long memory, bool quick)
    {
        var rows = parameters / Batches.Tasks;
        var tasks = Enumerable.Range(0, Batches.Tasks).Select(k => new WeightingTask($"task{k}", 1, 1)).ToArray();
        var budget = new MemoryBudget(memory);
        var weighting = new InstanceLevelWeighting(rows, tasks, TotalEpochs, new InstanceTaskParameterOptions(), budget);
        var statistics = new LossStatistics(rows, Batches.Tasks, memory: budget);
        // Enough batches that the rows of one are out of reach of the caches when it comes round again.
        var batches = new Batches(rows, quick ? 2 : 1500);
        var weights = new float[Batches.RowsPerBatch * Batches.Tasks];
        weighting.BeginEpoch(Epoch);
        // As in the second epoch of a training: every block of the file has been begun.
        if (memory == 0)
            for (var row = 0; row < rows; row += Batches.RowsPerBatch)
                Visit([.. Enumerable.Range(row, Math.Min(Batches.RowsPerBatch, rows - row))], batches.Losses(0));
        return new Candidate(FormattableString.Invariant($"N = {parameters:N0}"), number => Visit(batches.Rows(number), batches.Losses(number)));

        void Visit(ReadOnlySpan<int> visited, ReadOnlySpan<float> losses)
        {
            var batch = new LossBatch(visited, Batches.Tasks, losses[..(visited.Length * Batches.Tasks)]);
            var given = weights.AsSpan(0, batch.Losses.Length);
            weighting.Weigh(batch, given);
            weighting.Learn(batch);
            statistics.Record(Epoch, batch, given); // any numbers serve as margins
        }
    }
}
