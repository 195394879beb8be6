using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ilt.Torch;

/// <summary>What ranks say to each other beside numbers: whether one of them stops, and what went wrong on it. A rank alone says nothing.</summary>
internal static class ReplicaCalls
{
    // Told to all ranks already: none waits for one that is gone.
    private const string Known = "Ilt.Torch.KnownToAllRanks";

    /// <summary>The ranks of a training by such options.</summary>
    public static IReplicas Ranks(this TrainingOptions options) => options.Replicas ?? OneReplica.Instance;

    /// <summary>The first rank's number.</summary>
    public static double Broadcast(this IReplicas replicas, double number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        replicas.Broadcast(bytes);
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    /// <summary>The first rank's answer.</summary>
    public static bool Broadcast(this IReplicas replicas, bool answer) => replicas.Broadcast(answer ? 1.0 : 0) != 0;

    /// <summary>What the first rank writes, read by the others; they write nothing.</summary>
    /// <returns>Null on the first rank.</returns>
    public static BinaryReader? Broadcast(this IReplicas replicas, Action<BinaryWriter> write)
    {
        var bytes = new MemoryStream();
        if (replicas.Rank == 0)
        {
            using var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true);
            write(writer);
        }
        bytes.SetLength((long)replicas.Broadcast((double)bytes.Length));
        replicas.Broadcast(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        bytes.Position = 0;
        return replicas.Rank == 0 ? null : new BinaryReader(bytes);
    }

    /// <summary>Sums arrays of one length over the ranks, number by number, in the order of the ranks and so to the same digits on all.</summary>
    public static double[] Sum(this IReplicas replicas, double[] own)
    {
        if (replicas.Count == 1 || own.Length == 0) return own;
        const int Words = sizeof(double) / sizeof(float); // what is gathered are floats: a number goes as two, bit by bit
        var all = new float[replicas.Count * own.Length * Words];
        MemoryMarshal.Cast<double, float>(own).CopyTo(all.AsSpan(replicas.Rank * own.Length * Words));
        replicas.Gather(all, [.. Enumerable.Range(0, replicas.Count + 1).Select(rank => rank * own.Length * Words)]);
        var (numbers, sums) = (MemoryMarshal.Cast<float, double>(all).ToArray(), new double[own.Length]);
        for (var i = 0; i < numbers.Length; i++) sums[i % own.Length] += numbers[i];
        return sums;
    }

    /// <summary>Whether it is so on any rank.</summary>
    public static bool Any(this IReplicas replicas, bool here)
    {
        if (replicas.Count == 1) return here;
        return Each(replicas, here ? 1 : 0).Any(there => there != 0);
    }

    /// <summary>Does something on every rank, and fails on all where it fails on one.</summary>
    /// <exception cref="RankFailedException">It failed on another rank.</exception>
    public static T Alike<T>(this IReplicas replicas, Func<T> what)
    {
        if (replicas.Count == 1) return what();
        var (result, failure) = (default(T), (Exception?)null);
        try
        {
            result = what();
        }
        catch (Exception e)
        {
            failure = e;
        }
        Tell(replicas, failure);
        return result!;
    }

    /// <summary>Does something in which the ranks go along with each other: a rank that fails alone ends the others, which would wait for it.</summary>
    public static T Together<T>(this IReplicas replicas, Func<T> what)
    {
        try
        {
            return what();
        }
        catch (Exception e) when (replicas.Count > 1 && e is not (RankFailedException or TrainingDivergedException) && !e.Data.Contains(Known))
        {
            replicas.Abort(e.Message);
            throw;
        }
    }

    private static void Tell(IReplicas replicas, Exception? failure)
    {
        var text = failure is null ? "" : failure.Message is { Length: > 0 } message ? message : failure.GetType().Name;
        var lengths = Each(replicas, text.Length);
        if (lengths.All(length => length == 0)) return;
        var starts = new int[replicas.Count + 1];
        for (var rank = 0; rank < lengths.Length; rank++) starts[rank + 1] = starts[rank] + (int)lengths[rank];
        var letters = new float[starts[^1]];
        for (var i = 0; i < text.Length; i++) letters[starts[replicas.Rank] + i] = text[i];
        replicas.Gather(letters, starts);
        if (failure is not null)
        {
            failure.Data[Known] = true;
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        var first = Array.FindIndex(lengths, length => length > 0);
        var said = new string(Array.ConvertAll(letters[starts[first]..starts[first + 1]], letter => (char)letter));
        throw new RankFailedException($"Rank {first} of {replicas.Count} cannot go on: {said}");
    }

    private static float[] Each(IReplicas replicas, float own)
    {
        var all = new float[replicas.Count];
        all[replicas.Rank] = own;
        replicas.Gather(all, [.. Enumerable.Range(0, replicas.Count + 1)]);
        return all;
    }
}
