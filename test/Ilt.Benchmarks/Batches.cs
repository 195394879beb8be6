namespace Ilt.Benchmarks;

/// <summary>Batches of distinct random rows with losses, made before anything is timed.</summary>
internal sealed class Batches
{
    public const int RowsPerBatch = 256;
    public const int Tasks = 4;

    private readonly int[] rows;
    private readonly float[] losses;
    private readonly int count;

    /// <summary>As many batches as given; the losses are the same whatever the number of rows.</summary>
    public Batches(int totalRows, int count)
    {
        this.count = count;
        rows = new int[count * RowsPerBatch];
        losses = new float[count * RowsPerBatch * Tasks];
        var random = new Random(1);
        for (var batch = 0; batch < count; batch++)
        {
            var chosen = new HashSet<int>();
            while (chosen.Count < RowsPerBatch)
                chosen.Add(random.Next(totalRows));
            chosen.CopyTo(rows, batch * RowsPerBatch);
        }

        var lossRandom = new Random(2);
        for (var at = 0; at < losses.Length; at++)
            losses[at] = (float)Math.Exp(2 * (lossRandom.NextDouble() - lossRandom.NextDouble()));
    }

    public ReadOnlySpan<int> Rows(int batch) => rows.AsSpan(batch % count * RowsPerBatch, RowsPerBatch);

    public ReadOnlySpan<float> Losses(int batch) => losses.AsSpan(batch % count * RowsPerBatch * Tasks, RowsPerBatch * Tasks);
}
