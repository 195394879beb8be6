using System.Buffers;
using System.Runtime.InteropServices;
using Ilt.Imaging;
using Microsoft.Win32.SafeHandles;

namespace Ilt.Torch;

/// <summary>The features of a table that memory does not hold: rows of 32-bit numbers in one scratch file, which has no name and ends with this object, or with the process.</summary>
/// <remarks>Rows are appended by one thread; after that any number of threads may read.</remarks>
public sealed class FeatureFile : IDisposable
{
    private const int BytesAtOnce = 1 << 20;

    // Rows between wanted ones are read along where at least one in so many is wanted.
    private const int SparsestRead = 8;

    private readonly SafeFileHandle file;
    private readonly string folder;
    private readonly float[] pending;
    private int pendingCount; // numbers of rows that are not in the file yet
    private long written; // bytes

    /// <summary>Makes an empty one.</summary>
    /// <param name="featureCount">Numbers per row, at least 1.</param>
    /// <param name="folder">Where the file is made; null: the system's folder for temporary files.</param>
    /// <exception cref="IOException">No file can be made there; the message names the folder.</exception>
    public FeatureFile(int featureCount, string? folder = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        FeatureCount = featureCount;
        this.folder = folder ?? Path.GetTempPath();
        pending = new float[Math.Max(1, BytesAtOnce / sizeof(float) / featureCount) * featureCount];
        try
        {
            file = ScratchFile.Create(this.folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The features need more memory than they may have, and no scratch file can be made in '{this.folder}': {e.Message} Name another folder (TMPDIR), or raise the memory.", e);
        }
    }

    /// <summary>Numbers per row.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Bytes of all rows.</summary>
    public long Bytes => (long)RowCount * FeatureCount * sizeof(float);

    /// <summary>Adds rows at the end.</summary>
    /// <param name="rows">[rows x <see cref="FeatureCount"/>], row-major, finite.</param>
    /// <exception cref="ArgumentException">The length is no whole number of rows, or a feature is NaN or infinite.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names its folder.</exception>
    public void Append(ReadOnlySpan<float> rows)
    {
        if (rows.Length % FeatureCount != 0)
            throw new ArgumentException($"{rows.Length} numbers are no whole number of rows of {FeatureCount} features.", nameof(rows));
        for (var i = 0; i < rows.Length; i++)
            if (!float.IsFinite(rows[i]))
                throw new ArgumentException($"Feature {i % FeatureCount} of data row {(long)RowCount + (i / FeatureCount) + 1} is {rows[i]}; features must be finite. Replace missing values first.", nameof(rows));
        RowCount = checked(RowCount + (rows.Length / FeatureCount));
        while (rows.Length > 0)
        {
            var count = Math.Min(rows.Length, pending.Length - pendingCount);
            rows[..count].CopyTo(pending.AsSpan(pendingCount));
            pendingCount += count;
            rows = rows[count..];
            if (pendingCount == pending.Length) Flush();
        }
    }

    /// <summary>Copies rows out.</summary>
    /// <param name="rows">Rows, from 0, in any order; neighbours are read together.</param>
    /// <param name="destination">Room for all of them.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(ReadOnlySpan<int> rows, Span<float> destination)
    {
        Flush();
        var most = Math.Max(1, BytesAtOnce / sizeof(float) / FeatureCount);
        float[]? window = null;
        for (int start = 0, end; start < rows.Length; start = end)
        {
            var (first, last) = (rows[start], rows[start]);
            for (end = start + 1; end < rows.Length && rows[end] > last && rows[end] - first < most && rows[end] - last <= SparsestRead; end++) last = rows[end];
            if (last - first == end - start - 1)
            {
                Read(first, destination.Slice(start * FeatureCount, (end - start) * FeatureCount));
                continue;
            }
            window ??= ArrayPool<float>.Shared.Rent(most * FeatureCount);
            Read(first, window.AsSpan(0, (last - first + 1) * FeatureCount));
            for (var i = start; i < end; i++) window.AsSpan((rows[i] - first) * FeatureCount, FeatureCount).CopyTo(destination[(i * FeatureCount)..]);
        }
        if (window is not null) ArrayPool<float>.Shared.Return(window);
    }

    /// <summary>Copies rows out that lie one after the other.</summary>
    /// <param name="first">The first of them, from 0.</param>
    /// <param name="destination">Filled.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(int first, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        Flush();
        var offset = (long)first * FeatureCount * sizeof(float);
        while (destination.Length > 0)
        {
            var part = MemoryMarshal.AsBytes(destination[..Math.Min(destination.Length, 64 << 20)]);
            for (var left = part; left.Length > 0;)
            {
                var read = RandomAccess.Read(file, left, offset);
                if (read == 0) throw new IOException($"The scratch file in '{folder}' is shorter than what was written to it.");
                left = left[read..];
                offset += read;
            }
            destination = destination[(part.Length / sizeof(float))..];
        }
    }

    /// <summary>Closes the file, which is gone with that.</summary>
    public void Dispose() => file.Dispose();

    private void Flush()
    {
        if (Volatile.Read(ref pendingCount) == 0) return;
        lock (pending)
        {
            if (pendingCount == 0) return;
            try
            {
                RandomAccess.Write(file, MemoryMarshal.AsBytes(pending.AsSpan(0, pendingCount)), written);
            }
            catch (IOException e)
            {
                throw new IOException($"The features do not fit the scratch file in '{folder}': {e.Message} Free some room, name another folder (TMPDIR), or raise the memory.", e);
            }
            written += (long)pendingCount * sizeof(float);
            Volatile.Write(ref pendingCount, 0);
        }
    }
}
