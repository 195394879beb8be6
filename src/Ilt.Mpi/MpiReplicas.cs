using System.Runtime.InteropServices;
using Ilt.Torch;

namespace Ilt.Mpi;

/// <summary>The processes that one <c>mpirun</c> has started, as ranks of a training: <see cref="TrainingOptions.Replicas"/>.</summary>
/// <remarks>
/// OpenMPI ends all processes where one dies, and where a call of it fails. One process has one; it is begun once and ended once, by every process.
/// </remarks>
public sealed unsafe class MpiReplicas : IReplicas
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(10);

    private const int Piece = 1 << 30; // MPI counts in whole numbers of 32 bits

    private volatile bool waiting;

    private MpiReplicas(int rank, int count, int countHere) => (Rank, Count, CountHere) = (rank, count, countHere);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int CountHere { get; }

    /// <summary>Bytes that were handed to MPI by this rank, since the beginning.</summary>
    public long BytesGiven { get; private set; }

    /// <summary>Whether a call waits for other ranks right now; read by any thread.</summary>
    public bool IsWaiting => waiting;

    /// <summary>Begins MPI; every process of the <c>mpirun</c> has to, and all wait for each other.</summary>
    /// <param name="launch">What started this process.</param>
    /// <exception cref="DllNotFoundException">OpenMPI's library is not there.</exception>
    /// <exception cref="InvalidOperationException">MPI was begun before, or this build of OpenMPI cannot be called by more than one thread.</exception>
    public static MpiReplicas Start(MpiLaunch launch)
    {
        MpiLibrary.Load();
        _ = MpiLibrary.MPI_Initialized(out var begun);
        if (begun != 0) throw new InvalidOperationException("MPI was begun in this process already; there is one beginning per process.");
        _ = MpiLibrary.MPI_Init_thread(0, 0, MpiLibrary.Serialized, out var provided);
        if (provided < MpiLibrary.Serialized) throw new InvalidOperationException("This OpenMPI is built without threads (MPI_THREAD_SERIALIZED), which .NET cannot do without; install one that has them.");
        _ = MpiLibrary.MPI_Comm_rank(MpiLibrary.World, out var rank);
        _ = MpiLibrary.MPI_Comm_size(MpiLibrary.World, out var count);
        return new(rank, count, Math.Min(count, launch.CountHere));
    }

    /// <inheritdoc/>
    public Action StartSum(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        BytesGiven += sizeof(float) * (long)values.Length;
        var pin = GCHandle.Alloc(values, GCHandleType.Pinned); // until the sum is there
        _ = MpiLibrary.MPI_Iallreduce(MpiLibrary.InPlace, (float*)pin.AddrOfPinnedObject(), values.Length, MpiLibrary.Float, MpiLibrary.Sum, MpiLibrary.World, out var request);
        return () =>
        {
            waiting = true;
            _ = MpiLibrary.MPI_Wait(ref request, 0);
            waiting = false;
            pin.Free();
        };
    }

    /// <inheritdoc/>
    public void Gather(float[] values, ReadOnlySpan<int> starts)
    {
        ArgumentNullException.ThrowIfNull(values);
        Span<int> counts = stackalloc int[Count];
        for (var rank = 0; rank < Count; rank++) counts[rank] = starts[rank + 1] - starts[rank];
        BytesGiven += sizeof(float) * (long)counts[Rank];
        waiting = true;
        fixed (float* all = values)
        fixed (int* sizes = counts, places = starts)
            _ = MpiLibrary.MPI_Allgatherv(MpiLibrary.InPlace, 0, 0, all, sizes, places, MpiLibrary.Float, MpiLibrary.World);
        waiting = false;
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> values)
    {
        if (Rank == 0) BytesGiven += values.Length;
        waiting = true;
        for (; values.Length > 0; values = values[Math.Min(values.Length, Piece)..])
            fixed (byte* piece = values)
                _ = MpiLibrary.MPI_Bcast(piece, Math.Min(values.Length, Piece), MpiLibrary.Byte, 0, MpiLibrary.World);
        waiting = false;
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        waiting = true;
        _ = MpiLibrary.MPI_Barrier(MpiLibrary.World);
        waiting = false;
    }

    /// <summary>Says why on standard error and ends all processes, this one with them.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    public void Abort(string reason)
    {
        Console.Error.WriteLine($"rank {Rank} of {Count} cannot go on, and ends the others: {reason}");
        Console.Error.Flush();
        _ = MpiLibrary.MPI_Abort(MpiLibrary.World, 1);
    }

    /// <summary>Ends MPI, when all processes have come so far; those that wait need no processor. Nothing may be called afterwards.</summary>
    public void End()
    {
        _ = MpiLibrary.MPI_Ibarrier(MpiLibrary.World, out var request);
        for (var flag = 0; flag == 0;)
        {
            _ = MpiLibrary.MPI_Test(ref request, out flag, 0);
            if (flag == 0) Thread.Sleep(Nap);
        }
        _ = MpiLibrary.MPI_Finalize();
    }
}
