using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>Weigh + Learn of each weighting on one batch.</summary>
internal static class WeightingBenchmark
{
    private const int Rows = 10_000;

    public static void Run(bool quick)
    {
        var candidates = Make();
        var times = Series.Measure(candidates, quick ? 1 : 21, quick ? 10 : 200, quick ? 2 : 20);
        Series.Print("Weigh + Learn, 256 rows x 4 tasks, against equal weights", candidates, times);
    }

    /// <summary>Every weighting beside equal weights.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        var candidates = Make();
        var turns = Series.Turns(candidates, quick ? 2 : 15, quick ? 5 : 200, quick ? 2 : 20);
        return new([.. Enumerable.Range(1, candidates.Length - 1).Select(c => SpeedRatio.Of($"{candidates[c].Name}, 256 rows x 4 tasks", turns[c], candidates[0].Name, turns[0]))]);
    }

    private static Candidate[] Make()
    {
        var batches = new Batches(Rows, 200);
        var weights = new float[Batches.RowsPerBatch * Batches.Tasks];
        var tasks = Enumerable.Range(0, Batches.Tasks).Select(k => new WeightingTask($"task{k}", 1, 1)).ToArray();
        LossWeightingKind[] kinds = [LossWeightingKind.Equal, .. Enum.GetValues<LossWeightingKind>().Where(kind => kind != LossWeightingKind.Equal)];
        return [.. kinds.Select(kind =>
        {
            var weighting = LossWeightings.Create(kind, Rows, tasks, totalEpochs: 1);
            weighting.BeginEpoch(1);
            return new Candidate(weighting.Name, number =>
            {
                var batch = new LossBatch(batches.Rows(number), Batches.Tasks, batches.Losses(number));
                weighting.Weigh(batch, weights);
                weighting.Learn(batch);
            });
        })];
    }
}
