using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>Weigh + Learn of each weighting on one batch.</summary>
internal static class WeightingBenchmark
{
    private const int Rows = 10_000;

    public static void Run(bool quick)
    {
        var batches = new Batches(Rows, 200);
        var weights = new float[Batches.RowsPerBatch * Batches.Tasks];
        var tasks = Enumerable.Range(0, Batches.Tasks).Select(k => new WeightingTask($"task{k}", 1, 1)).ToArray();
        LossWeightingKind[] kinds = [LossWeightingKind.Equal, .. Enum.GetValues<LossWeightingKind>().Where(kind => kind != LossWeightingKind.Equal)];
        var candidates = kinds.Select(kind =>
        {
            var weighting = LossWeightings.Create(kind, Rows, tasks, totalEpochs: 1);
            weighting.BeginEpoch(1);
            return new Candidate(weighting.Name, number =>
            {
                var batch = new LossBatch(batches.Rows(number), Batches.Tasks, batches.Losses(number));
                weighting.Weigh(batch, weights);
                weighting.Learn(batch);
            });
        }).ToArray();
        var times = Series.Measure(candidates, quick ? 1 : 21, quick ? 10 : 200, quick ? 2 : 20);
        Series.Print("Weigh + Learn, 256 rows x 4 tasks, against equal weights", candidates, times);
    }
}
