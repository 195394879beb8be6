using Ilt.Corruption;

namespace Ilt.Torch;

/// <summary>
/// Rows that lie in a file, cut into shards of neighbours. An epoch visits the shards in a random order, some at once, and mixes the rows of
/// these. Where all rows can be at hand at once, they are mixed as rows in memory are.
/// </summary>
/// <param name="rowCount">Rows.</param>
/// <param name="rowsPerShard">Rows of a shard; the last one may have fewer.</param>
/// <param name="shardsAtOnce">Shards whose rows are mixed.</param>
/// <param name="rowAt">The row at each place in the file; null: rows are numbered as they lie there.</param>
internal sealed class Shards(int rowCount, int rowsPerShard, int shardsAtOnce, int[]? rowAt)
{
    private readonly int[]? placeOf = rowAt is null ? null : Inverse(rowAt);

    /// <summary>Rows of a shard.</summary>
    public int RowsPerShard => rowsPerShard;

    /// <summary>Number of shards.</summary>
    public int Count => (int)(((long)rowCount + rowsPerShard - 1) / rowsPerShard);

    /// <summary>Shards whose rows are mixed.</summary>
    public int AtOnce => shardsAtOnce;

    /// <summary>Whether all rows are at hand at once.</summary>
    public bool AreAllAtOnce => Count <= shardsAtOnce;

    /// <summary>Where a row lies among the rows.</summary>
    public int PlaceOf(int row) => placeOf is null ? row : placeOf[row];

    /// <summary>The row at a place.</summary>
    public int RowAt(int place) => rowAt is null ? place : rowAt[place];

    /// <summary>The places of a shard.</summary>
    public (int First, int Count) PlacesOf(int shard) => (shard * rowsPerShard, Math.Min(rowsPerShard, rowCount - (shard * rowsPerShard)));

    /// <summary>The shards that are at hand together, in the order in which an epoch comes to them.</summary>
    /// <param name="generator">As it stands at the beginning of the epoch.</param>
    public int[][] Groups(SeededGenerator generator)
    {
        var shards = Enumerable.Range(0, Count).ToArray();
        if (!AreAllAtOnce) generator.Shuffle<int>(shards);
        return [.. shards.Chunk(shardsAtOnce)];
    }

    /// <summary>All rows in the order of an epoch.</summary>
    /// <param name="generator">As it stands at the beginning of the epoch.</param>
    public int[] Shuffle(SeededGenerator generator)
    {
        var groups = Groups(generator);
        var order = new int[rowCount];
        if (AreAllAtOnce)
        {
            for (var row = 0; row < order.Length; row++) order[row] = row;
            generator.Shuffle<int>(order);
            return order;
        }
        var at = 0;
        foreach (var group in groups)
        {
            var start = at;
            foreach (var shard in group)
            {
                var (first, count) = PlacesOf(shard);
                for (var place = first; place < first + count; place++) order[at++] = RowAt(place);
            }
            generator.Shuffle(order.AsSpan(start, at - start));
        }
        return order;
    }

    private static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++) inverse[order[i]] = i;
        return inverse;
    }
}
