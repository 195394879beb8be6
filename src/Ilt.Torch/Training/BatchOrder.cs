using Ilt.Corruption;

namespace Ilt.Torch;

/// <summary>Which rows go into which batch: another order in every epoch, which follows from the run's seed and the epoch alone.</summary>
/// <param name="rowCount">Rows.</param>
/// <param name="batchSize">Rows of a batch.</param>
/// <param name="seed">Seed of the run.</param>
/// <param name="shards">How rows lie in a file that is read piece by piece; null: all rows are at hand.</param>
internal sealed class BatchOrder(int rowCount, int batchSize, int seed, Shards? shards = null)
{
    /// <summary>The batches of an epoch, from 0.</summary>
    public int[][] Of(int epoch)
    {
        var generator = GeneratorOf(seed, epoch);
        var order = shards?.Shuffle(generator) ?? All(generator);
        var batches = new List<int[]>();
        for (var (start, end) = (0, 0); start < order.Length; start = end)
        {
            // A last batch of a single row joins the one before it: one row is no estimate of a gradient.
            end = order.Length - start <= batchSize + 1 ? order.Length : start + batchSize;
            batches.Add(order[start..end]);
        }
        return [.. batches];
    }

    /// <summary>What the order of an epoch is drawn from.</summary>
    public static SeededGenerator GeneratorOf(int seed, int epoch) => new(RunSeeds.Derive(seed, "shuffle", epoch));

    private int[] All(SeededGenerator generator)
    {
        var order = Enumerable.Range(0, rowCount).ToArray();
        generator.Shuffle<int>(order);
        return order;
    }
}
