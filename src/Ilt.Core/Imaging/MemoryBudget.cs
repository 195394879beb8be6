namespace Ilt.Imaging;

/// <summary>Bytes that several things may hold in memory together. Thread-safe.</summary>
/// <param name="bytes">The limit, not negative.</param>
public sealed class MemoryBudget(long bytes)
{
    /// <summary>What the pixels of a training run use where nothing else is said: 2 GiB.</summary>
    public const long DefaultBytes = 2L << 30;

    /// <summary>What a table, and what is learned of its rows, use where nothing else is said: a quarter of the memory that this process may have.</summary>
    public static long ShareOfMachine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;

    private long reserved;

    /// <summary>The limit.</summary>
    public long Bytes { get; } = bytes >= 0 ? bytes : throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A memory budget cannot be negative.");

    /// <summary>Bytes taken so far.</summary>
    public long Reserved => Interlocked.Read(ref reserved);

    /// <summary>Takes bytes where as many are left.</summary>
    internal bool TryReserve(long wanted)
    {
        if (Interlocked.Add(ref reserved, wanted) <= Bytes) return true;
        Interlocked.Add(ref reserved, -wanted);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    internal void Release(long bytes) => Interlocked.Add(ref reserved, -bytes);
}
