using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>What the trainer does per batch on the per-row numbers, over the number of rows N: it must not depend on N.</summary>
internal static class SparseStepBenchmark
{
    private const int TotalEpochs = 20;
    private const int Epoch = 12; // after the warm-up

    // What is asked of it: a step costs the same whatever the number of rows is, up to a million.
    private const double FlatOverRows = 1.1;
    private const int LargestFlat = 1_000_000;

    public static void Run(bool quick)
    {
        int[] sizes = quick ? [1_000, 10_000] : [10_000, 100_000, 1_000_000, 10_000_000];
        Table("Weigh + Learn + Record, 256 random rows x 4 tasks, default rule", sizes, new InstanceTaskParameterOptions(), quick);
        Table("Weigh + Learn + Record, 256 random rows x 4 tasks, heavy ball", sizes, InstanceTaskParameterOptions.Paper, quick);
    }

    /// <summary>The step over N beside that of the smallest N.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        int[] sizes = quick ? [1_000, 10_000] : [10_000, 100_000, 1_000_000, 10_000_000];
        return new([.. Ratios("default rule", new InstanceTaskParameterOptions()), .. Ratios("heavy ball", InstanceTaskParameterOptions.Paper)]);

        IEnumerable<SpeedRatio> Ratios(string rule, InstanceTaskParameterOptions options)
        {
            var candidates = sizes.Select(rows => Make(rows, options, quick, out _)).ToArray();
            var turns = Series.Turns(candidates, quick ? 2 : 15, quick ? 5 : 300, quick ? 2 : 100);
            for (var c = 1; c < sizes.Length; c++)
                yield return SpeedRatio.Of($"a step of 256 rows x 4 tasks, {rule}, {candidates[c].Name}", turns[c], candidates[0].Name, turns[0], sizes[c] <= LargestFlat ? FlatOverRows : null);
        }
    }

    private static void Table(string title, int[] sizes, InstanceTaskParameterOptions options, bool quick)
    {
        var bytes = new double[sizes.Length];
        var candidates = sizes.Select((rows, c) => Make(rows, options, quick, out bytes[c])).ToArray();
        var times = Series.Measure(candidates, quick ? 1 : 41, quick ? 10 : 400, quick ? 2 : 100);
        Series.Print(title, candidates, times, c => FormattableString.Invariant($"{bytes[c]:F1} B/cell"));
    }

    private static Candidate Make(int rows, InstanceTaskParameterOptions options, bool quick, out double bytesPerCell)
    {
        var tasks = Enumerable.Range(0, Batches.Tasks).Select(k => new WeightingTask($"task{k}", 1, 1)).ToArray();
        var weighting = new InstanceLevelWeighting(rows, tasks, TotalEpochs, options);
        var statistics = new LossStatistics(rows, Batches.Tasks);
        bytesPerCell = (weighting.Parameters.Bytes + statistics.Bytes) / ((double)rows * Batches.Tasks);
        // Enough batches that the rows of one are out of reach of the caches when it comes round again.
        var batches = new Batches(rows, quick ? 20 : 4000);
        var weights = new float[Batches.RowsPerBatch * Batches.Tasks];
        weighting.BeginEpoch(Epoch);
        return new Candidate(FormattableString.Invariant($"N = {rows:N0}"), number =>
        {
            var batch = new LossBatch(batches.Rows(number), Batches.Tasks, batches.Losses(number));
            weighting.Weigh(batch, weights);
            weighting.Learn(batch);
            statistics.Record(Epoch, batch, weights); // any numbers serve as margins
        });
    }
}
