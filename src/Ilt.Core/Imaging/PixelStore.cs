using Microsoft.Win32.SafeHandles;

namespace Ilt.Imaging;

/// <summary>
/// Decoded pixels of many rows, each of the same number of bytes: in memory while the budget lasts, beyond it in a scratch file that
/// goes away with the store. Where a row lies makes no difference to what is read.
/// </summary>
/// <remarks>
/// Rows are appended by one thread; after that any number of threads may read. A subset shares the pixels of the store it was taken
/// from and ends with it.
/// </remarks>
public sealed class PixelStore : IDisposable
{
    private readonly Storage storage;
    private readonly int[]? rows; // null: all of the storage

    /// <summary>Makes an empty store.</summary>
    /// <param name="bytesPerRow">Bytes of every row, at least 1.</param>
    /// <param name="budget">Memory that may be used, shared with other stores; null: <see cref="MemoryBudget.DefaultBytes"/> for this one.</param>
    /// <param name="scratchFolder">Where the scratch file is made if one is needed; null: the system's folder for temporary files.</param>
    public PixelStore(int bytesPerRow, MemoryBudget? budget = null, string? scratchFolder = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerRow, 1);
        storage = new Storage(bytesPerRow, budget ?? new MemoryBudget(MemoryBudget.DefaultBytes), scratchFolder ?? Path.GetTempPath());
    }

    private PixelStore(Storage storage, int[] rows)
    {
        this.storage = storage;
        this.rows = rows;
    }

    /// <summary>Bytes of every row.</summary>
    public int BytesPerRow => storage.BytesPerRow;

    /// <summary>Number of rows.</summary>
    public int Count => rows?.Length ?? storage.Count;

    /// <summary>Bytes held in memory by the store, those of its subsets included.</summary>
    public long MemoryBytes => storage.MemoryBytes;

    /// <summary>Bytes in the scratch file.</summary>
    public long ScratchBytes => storage.ScratchBytes;

    /// <summary>Adds a row at the end.</summary>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    /// <exception cref="InvalidOperationException">This is a subset.</exception>
    /// <exception cref="IOException">The scratch file cannot be written; the message names its folder.</exception>
    public void Append(ReadOnlySpan<byte> row)
    {
        if (rows is not null) throw new InvalidOperationException("Rows are appended to the store itself, not to a subset of it.");
        if (row.Length != BytesPerRow) throw new ArgumentException($"A row of this store has {BytesPerRow} bytes, found {row.Length}.", nameof(row));
        storage.Append(row);
    }

    /// <summary>Copies a row out.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="destination">At least <see cref="BytesPerRow"/> bytes.</param>
    public void Read(int row, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        storage.Read(rows is null ? row : rows[row], destination[..BytesPerRow]);
    }

    /// <summary>The given rows, in the given order, without copying pixels.</summary>
    public PixelStore Subset(ReadOnlySpan<int> selection)
    {
        var chosen = new int[selection.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(selection[i], nameof(selection));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(selection[i], Count, nameof(selection));
            chosen[i] = rows is null ? selection[i] : rows[selection[i]];
        }
        return new PixelStore(storage, chosen);
    }

    /// <summary>Frees memory and scratch file, for subsets too. A subset's own call does nothing.</summary>
    public void Dispose()
    {
        if (rows is null) storage.Dispose();
    }

    private sealed class Storage(int bytesPerRow, MemoryBudget budget, string scratchFolder) : IDisposable
    {
        private const int ChunkBytes = 4 << 20; // few enough arrays to be cheap, small enough to waste little

        private readonly int rowsPerChunk = Math.Max(1, ChunkBytes / bytesPerRow);
        private readonly List<byte[]> chunks = [];
        private SafeFileHandle? scratch;
        private int inMemory; // rows; the rest is in the scratch file
        private bool full;

        public int BytesPerRow => bytesPerRow;

        public int Count { get; private set; }

        public long MemoryBytes => (long)chunks.Count * rowsPerChunk * bytesPerRow;

        public long ScratchBytes => (long)(Count - inMemory) * bytesPerRow;

        public void Append(ReadOnlySpan<byte> row)
        {
            if (!full && Count == chunks.Count * rowsPerChunk)
            {
                full = !budget.TryReserve((long)rowsPerChunk * bytesPerRow);
                if (!full) chunks.Add(new byte[rowsPerChunk * bytesPerRow]);
            }
            if (full)
            {
                scratch ??= CreateScratch();
                RandomAccess.Write(scratch, row, (long)(Count - inMemory) * bytesPerRow);
            }
            else
            {
                row.CopyTo(InMemory(inMemory));
                inMemory++;
            }
            Count++;
        }

        public void Read(int row, Span<byte> destination)
        {
            if (row < inMemory)
            {
                InMemory(row).CopyTo(destination);
                return;
            }
            var offset = (long)(row - inMemory) * bytesPerRow;
            while (destination.Length > 0)
            {
                var read = RandomAccess.Read(scratch!, destination, offset);
                if (read == 0) throw new IOException($"The scratch file in '{scratchFolder}' is shorter than what was written to it.");
                destination = destination[read..];
                offset += read;
            }
        }

        public void Dispose()
        {
            budget.Release(MemoryBytes);
            chunks.Clear();
            scratch?.Dispose();
            (scratch, inMemory, Count) = (null, 0, 0);
        }

        private Span<byte> InMemory(int row) => chunks[row / rowsPerChunk].AsSpan(row % rowsPerChunk * bytesPerRow, bytesPerRow);

        private SafeFileHandle CreateScratch()
        {
            try
            {
                return ScratchFile.Create(scratchFolder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new IOException($"The pixels need more memory than the budget of {budget.Bytes >> 20} MiB, and no scratch file can be made in '{scratchFolder}': {e.Message} Name another folder, or raise the budget.", e);
            }
        }
    }
}
