namespace Ilt.Torch;

/// <summary>A rank alone: all that several would do together is done.</summary>
internal sealed class OneReplica : IReplicas
{
    private static readonly Action Done = () => { };

    public static OneReplica Instance { get; } = new();

    public int Rank => 0;

    public int Count => 1;

    public int CountHere => 1;

    public Action StartSum(float[] values) => Done;

    public void Gather(float[] values, ReadOnlySpan<int> starts)
    {
    }

    public void Broadcast(Span<byte> values)
    {
    }

    public void Barrier()
    {
    }

    public void Abort(string reason)
    {
    }
}
