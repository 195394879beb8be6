namespace Ilt.Torch;

/// <summary>What batch normalization has to know of the ranks that see the other rows of the batch.</summary>
internal sealed class BatchPeers(IReplicas replicas)
{
    private Exception? failure;

    public IReplicas Replicas => replicas;

    /// <summary>Whether the rows before this rank count for nothing.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Puts together what every rank has as many numbers of: [ranks x numbers], row-major.</summary>
    public float[] Gather(ReadOnlySpan<float> own)
    {
        var size = own.Length;
        var all = new float[replicas.Count * size];
        own.CopyTo(all.AsSpan(replicas.Rank * size));
        replicas.Gather(all, [.. Enumerable.Range(0, replicas.Count + 1).Select(rank => rank * size)]);
        return all;
    }

    /// <summary>Keeps what went wrong within a backward pass, through whose native code no exception can go.</summary>
    public void Keep(Exception e) => failure ??= e;

    /// <summary>Throws what was kept.</summary>
    public void Throw()
    {
        if (failure is not { } kept) return;
        failure = null;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(kept);
    }
}
