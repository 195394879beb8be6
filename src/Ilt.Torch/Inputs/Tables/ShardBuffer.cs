namespace Ilt.Torch;

/// <summary>The rows of some shards in memory; those of the shards that come next are read meanwhile, on another thread.</summary>
internal sealed class ShardBuffer(StreamedTable data)
{
    private readonly Shards shards = data.Shards;
    private readonly int[] slots = [.. Enumerable.Repeat(-1, data.Shards.Count)]; // of each shard in the buffer, -1 where it is not there
    private int[] present = [];
    private float[] rows = [];
    private float[] spare = [];
    private (int[] Group, Task<float[]> Reading)? ahead;

    /// <summary>Whether the rows of a shard are here.</summary>
    public bool Holds(int shard) => slots[shard] >= 0;

    /// <summary>Takes the rows of other shards in place of those that are here.</summary>
    /// <param name="group">The shards.</param>
    /// <param name="next">The shards that are to be read ahead; null: there are none.</param>
    public void Load(int[] group, int[]? next)
    {
        if (ahead is { } waiting)
        {
            ahead = null;
            var read = waiting.Reading.GetAwaiter().GetResult();
            if (waiting.Group.AsSpan().SequenceEqual(group)) (rows, spare) = (read, rows);
            else (rows, spare) = (Read(group, rows), read);
        }
        else
        {
            rows = Read(group, rows);
        }
        foreach (var shard in present) slots[shard] = -1;
        for (var slot = 0; slot < group.Length; slot++) slots[group[slot]] = slot;
        present = group;
        if (next is null) return;
        var room = spare;
        spare = [];
        ahead = (next, Task.Factory.StartNew(() => Read(next, room), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    /// <summary>The features of a row of a shard that is here.</summary>
    public ReadOnlySpan<float> Row(int row)
    {
        var place = shards.PlaceOf(row);
        var slot = slots[place / shards.RowsPerShard];
        return rows.AsSpan(((slot * shards.RowsPerShard) + (place % shards.RowsPerShard)) * data.FeatureCount, data.FeatureCount);
    }

    private float[] Read(int[] group, float[] room)
    {
        var needed = group.Max(shard => shards.PlacesOf(shard).Count) == shards.RowsPerShard ? group.Length * shards.RowsPerShard : shards.PlacesOf(group[0]).Count;
        if (room.Length < needed * data.FeatureCount) room = new float[needed * data.FeatureCount];
        for (var slot = 0; slot < group.Length; slot++)
        {
            var (first, count) = shards.PlacesOf(group[slot]);
            data.ReadPlaces(first, room.AsSpan(slot * shards.RowsPerShard * data.FeatureCount, count * data.FeatureCount));
        }
        return room;
    }
}
