namespace Ilt.Torch;

/// <summary>
/// The ranks that train one network together, as one of them sees them: each computes its part of every batch, and all take the same steps. Every
/// call is made by all ranks, in the same order, and returns when what it needs of the others is there; one thread at a time calls.
/// </summary>
/// <remarks><c>Ilt.Mpi</c> has the one over processes. One rank alone is what a training has that names none.</remarks>
public interface IReplicas
{
    /// <summary>Which rank this is, from 0. The first one keeps the checkpoints.</summary>
    int Rank { get; }

    /// <summary>Ranks altogether, at least 1.</summary>
    int Count { get; }

    /// <summary>Ranks on this machine, which share its processors; at least 1.</summary>
    int CountHere { get; }

    /// <summary>Begins to sum arrays of one length over the ranks, each number by itself; the sums are the same bytes on every rank and in every run.</summary>
    /// <param name="values">This rank's numbers, which become the sums; untouched until the sum is there.</param>
    /// <returns>Waits until it is. Sums are waited for in the order in which they were begun.</returns>
    Action StartSum(float[] values);

    /// <summary>Puts the parts of an array together, of which every rank has one.</summary>
    /// <param name="values">This rank's part in its place, and then all of them.</param>
    /// <param name="starts">Where each rank's part begins, and as the last entry where the last one ends; rising, the same on all ranks.</param>
    void Gather(float[] values, ReadOnlySpan<int> starts);

    /// <summary>Makes bytes those of the first rank.</summary>
    /// <param name="values">As many on every rank.</param>
    void Broadcast(Span<byte> values);

    /// <summary>Waits for all ranks.</summary>
    void Barrier();

    /// <summary>This rank cannot go on and the others do not know it: ends all of them.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    void Abort(string reason);
}
