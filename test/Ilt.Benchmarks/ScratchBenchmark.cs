using Ilt.Imaging;
using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>What the visits of a step cost over the number of parameters N = rows x tasks, with what is learned of rows in memory and in a scratch file.</summary>
internal static class ScratchBenchmark
{
    private const int TotalEpochs = 20;
    private const int Epoch = 12; // after the warm-up

    public static void Run(bool quick)
    {
        int[] sizes = quick ? [2_000, 10_000] : [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
        foreach (var (where, memory) in new[] { ("in a scratch file", 0L), ("in memory", long.MaxValue) })
        {
            var candidates = sizes.Select(parameters => Make(parameters, memory, quick)).ToArray();
            var times = Series.Measure(candidates, quick ? 1 : 5, quick ? 10 : 200, quick ? 2 : 50);
            Series.Print($"Weigh + Learn + Record, 256 random rows x 4 tasks, {where}", candidates, times);
        }
    }

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
