namespace Ilt.Benchmarks;

/// <summary>Batches of distinct random rows with losses, made before anything is timed.</summary>
internal sealed class Batches
{
    public const int RowsPerBatch = 256;
    public const int Tasks = 4;

    private readonly int[] _rows;
    private readonly float[] _losses;
    private readonly int _count;

    /// <summary>As many batches as given; the losses are the same whatever the number of rows.</summary>
    public Batches(int totalRows, int count)
    {
        _count = count;
        _rows = new int[count * RowsPerBatch];
        _losses = new float[count * RowsPerBatch * Tasks];
        var random = new Random(1);
        for (var batch = 0; batch < count; batch++)
        {
            var chosen = new HashSet<int>();
            while (chosen.Count < RowsPerBatch)
                chosen.Add(random.Next(totalRows));
            chosen.CopyTo(_rows, batch * RowsPerBatch);
        }

        var lossRandom = new Random(2);
        for (var at = 0; at < _losses.Length; at++)
            _losses[at] = (float)Math.Exp(2 * (lossRandom.NextDouble() - lossRandom.NextDouble()));
    }

    public ReadOnlySpan<int> Rows(int batch) => _rows.AsSpan(batch % _count * RowsPerBatch, RowsPerBatch);

    public ReadOnlySpan<float> Losses(int batch) => _losses.AsSpan(batch % _count * RowsPerBatch * Tasks, RowsPerBatch * Tasks);
}
