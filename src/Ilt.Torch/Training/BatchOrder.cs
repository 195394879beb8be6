using Ilt.Corruption;

namespace Ilt.Torch;

/// <summary>Which rows go into which batch: another order in every epoch, which follows from the run's seed and the epoch alone.</summary>
internal sealed class BatchOrder(int rowCount, int batchSize, int seed)
{
    /// <summary>The batches of an epoch, from 0.</summary>
    public int[][] Of(int epoch)
    {
        var order = Enumerable.Range(0, rowCount).ToArray();
        new SeededGenerator(RunSeeds.Derive(seed, "shuffle", epoch)).Shuffle<int>(order);
        var batches = new List<int[]>();
        for (var (start, end) = (0, 0); start < order.Length; start = end)
        {
            // A last batch of a single row joins the one before it: one row is no estimate of a gradient.
            end = order.Length - start <= batchSize + 1 ? order.Length : start + batchSize;
            batches.Add(order[start..end]);
        }
        return [.. batches];
    }
}
