namespace Ilt.Torch;

/// <summary>
/// Of every batch, each rank computes a part: rows that stand next to each other, as many as the other ranks' or one less. Losses, margins and
/// what there is no label for are then put together, so that what follows sees the whole batch on every rank, as one rank alone does.
/// </summary>
internal sealed class BatchParts
{
    private readonly IReplicas replicas;
    private readonly int tasks;
    private readonly int[] starts; // of the ranks' parts, in cells
    private readonly float[] spare; // the cells of an idle rank

    public BatchParts(IReplicas replicas, int tasks)
    {
        (this.replicas, this.tasks) = (replicas, tasks);
        (starts, spare, Peers) = (new int[replicas.Count + 1], new float[tasks], new BatchPeers(replicas));
    }

    /// <summary>What batch normalization is told of the part.</summary>
    public BatchPeers Peers { get; }

    /// <summary>Where this rank's rows begin in the batch under way.</summary>
    public int First => starts[replicas.Rank] / tasks;

    /// <summary>This rank's rows of a batch. A rank without any computes the first row of the batch, which then counts for nothing.</summary>
    public int[] Of(int[] rows)
    {
        if (replicas.Count == 1) return rows;
        var (start, end) = (Start(rows.Length, replicas.Rank), Start(rows.Length, replicas.Rank + 1));
        return start == end ? rows[..1] : rows[start..end];
    }

    /// <summary>Begins a step.</summary>
    /// <returns>This rank's rows.</returns>
    public int[] Begin(int[] rows)
    {
        for (var rank = 0; rank < starts.Length; rank++) starts[rank] = Start(rows.Length, rank) * tasks;
        Peers.IsIdle = starts[replicas.Rank] == starts[replicas.Rank + 1];
        return Of(rows);
    }

    /// <summary>This rank's cells, in their place among those of the batch; of an idle rank zeros that are in no place.</summary>
    /// <param name="whole">[B x K] of the batch.</param>
    public Span<float> Own(float[] whole)
    {
        if (!Peers.IsIdle) return whole.AsSpan(starts[replicas.Rank]..starts[replicas.Rank + 1]);
        Array.Clear(spare);
        return spare;
    }

    /// <summary>Puts the cells of all ranks together.</summary>
    /// <param name="whole">[B x K], with this rank's cells in their place.</param>
    public void Gather(float[] whole) => replicas.Gather(whole, starts);

    /// <summary>The same of several arrays at once, and of whether there are labels.</summary>
    /// <param name="losses">[B x K].</param>
    /// <param name="margins">[B x K].</param>
    /// <param name="labelled">This rank's.</param>
    /// <returns>Whether there is a label, of the whole batch.</returns>
    public bool[] Gather(float[] losses, float[] margins, bool[] labelled)
    {
        if (replicas.Count == 1) return labelled;
        const int Things = 3; // one message where three would do: what is small takes as long as it travels
        var own = starts[replicas.Rank]..starts[replicas.Rank + 1];
        var all = new float[Things * starts[^1]];
        var at = Things * starts[replicas.Rank];
        for (var i = own.Start.Value; i < own.End.Value; i++)
        {
            (all[at], all[at + 1], all[at + 2]) = (losses[i], margins[i], labelled[i - own.Start.Value] ? 1 : 0);
            at += Things;
        }
        replicas.Gather(all, Array.ConvertAll(starts, start => Things * start));
        var known = new bool[starts[^1]];
        for (var i = 0; i < known.Length; i++) (losses[i], margins[i], known[i]) = (all[Things * i], all[Things * i + 1], all[Things * i + 2] != 0);
        return known;
    }

    private int Start(int rows, int rank) => (int)((long)rows * rank / replicas.Count);
}
