using Ilt.Imaging;
using Ilt.State;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Ilt.Parameters;

/// <summary>
/// Rows of equal length, all alike at first: in one float array while the memory lasts, beyond it in one file, of which some blocks are in memory
/// (<see cref="CellBlocks"/>). Where they lie makes no difference to what is read.
/// </summary>
/// <remarks>
/// <para>
/// Batches visit rows at random, so for large arrays the time of a visit is the time of its cache misses. Two things keep that
/// flat in the number of rows: all of a row's cells lie together, and <see cref="PrefetchAhead"/> asks for a row before it is needed.
/// An array is written once when made, so that no page is first touched during training.
/// </para>
/// <para>
/// The span of a row is good until the next row is asked for, and as long as this object is: who works on one keeps the object alive (<see cref="GC.KeepAlive"/>).
/// </para>
/// </remarks>
internal sealed unsafe class CellArray : IStateful
{
    // Rows are asked for in groups, one group ahead: their address look-ups then overlap, and a group stays in the first-level cache.
    // 8 to 16 measured alike; single rows and groups above 32 were slower (test/Ilt.Benchmarks, 10,000,000 rows).
    private const int PrefetchGroup = 12;

    private const int LineBytes = 64;
    private const int FloatsPerLine = LineBytes / sizeof(float);

    // In place of the length of what was saved, where that is more than an int holds.
    private const int LengthFollows = -1;

    private readonly int rows;
    private readonly int stride;
    private readonly float[]? floats; // pinned; null: in a file
    private readonly CellBlocks? file;
    private readonly float* first; // of the array

    /// <param name="rows">Number of rows.</param>
    /// <param name="fill">What each row holds at first.</param>
    /// <param name="memory">Memory that may be used; null: <see cref="MemoryBudget.ShareOfMachine"/> for this one.</param>
    /// <param name="folder">Where a file is made if one is needed; null: the system's folder for temporary files.</param>
    /// <param name="leastBytes">Of a file, what may be in memory in any case.</param>
    /// <exception cref="ArgumentException">Not even a file can hold them.</exception>
    /// <exception cref="IOException">No file can be made.</exception>
    public CellArray(int rows, ReadOnlySpan<float> fill, MemoryBudget? memory = null, string? folder = null, long leastBytes = CellBlocks.DefaultLeastBytes)
    {
        this.rows = rows;
        stride = fill.Length;
        var length = (long)rows * stride;
        memory ??= new MemoryBudget(MemoryBudget.ShareOfMachine);
        if (length == 0 || (length <= Array.MaxLength - FloatsPerLine && memory.TryReserve(length * sizeof(float))))
        {
            floats = GC.AllocateUninitializedArray<float>((int)length + FloatsPerLine, pinned: true);
            LargePages.Request(floats);
            first = (float*)Unsafe.AsPointer(ref floats[AlignedStart(floats)]);
            floats.AsSpan().Fill(fill.IsEmpty ? 0 : fill[0]);
            if (fill.ContainsAnyExcept(fill.IsEmpty ? 0 : fill[0]))
                for (var row = 0; row < rows; row++)
                    fill.CopyTo(Row(row));
            return;
        }

        file = new CellBlocks(rows, fill.ToArray(), memory, folder, leastBytes);
    }

    /// <summary>Whether the rows are in a file.</summary>
    public bool IsInFile => file is not null;

    /// <summary>Bytes held, in memory or in the file.</summary>
    public long Bytes => floats is null ? (long)rows * stride * sizeof(float) : (long)floats.Length * sizeof(float);

    /// <summary>A row to be written. <see cref="Check"/> comes first.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row) => file is null ? new Span<float>(first + ((nint)row * stride), stride) : file.Row(row);

    /// <summary>A row to be read only; any number of threads may, while none writes. <see cref="Check"/> comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Read(int row) => file is null ? new ReadOnlySpan<float>(first + ((nint)row * stride), stride) : file.Read(row);

    public void Save(BinaryWriter writer)
    {
        var length = (long)rows * stride;
        if (length <= int.MaxValue)
        {
            writer.Write((int)length);
        }
        else
        {
            writer.Write(LengthFollows);
            writer.Write(length);
        }

        BeginWalk();
        if (file is null)
            for (var start = 0; start < rows; start += RowsAtOnce)
                writer.Write(MemoryMarshal.AsBytes(Piece(start)));
        else
            for (var block = 0; block < file.Count; block++)
                writer.Write(MemoryMarshal.AsBytes(file.Block(block)));
        EndWalk();
        GC.KeepAlive(this);
    }

    public void Restore(BinaryReader reader)
    {
        long length = reader.ReadInt32();
        if (length == LengthFollows)
            length = reader.ReadInt64();
        if (length != (long)rows * stride)
            throw new FormatException(FormattableString.Invariant($"The saved state has {length} numbers where this run has {(long)rows * stride}."));
        if (file is null)
        {
            for (var start = 0; start < rows; start += RowsAtOnce)
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Piece(start)));
        }
        else
        {
            var saved = new float[file.Length(0)];
            for (var block = 0; block < file.Count; block++)
            {
                var piece = saved.AsSpan(0, file.Length(block));
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(piece));
                file.Set(block, piece);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>All rows are going to be read in their order.</summary>
    public void BeginWalk() => file?.WalkInOrder(true);

    /// <summary>They have been read.</summary>
    public void EndWalk() => file?.WalkInOrder(false);

    /// <summary>Asks for the pages of a batch of which the steps are still to come, and does not wait for them.</summary>
    public void RequestPages(ReadOnlySpan<int> rows) => file?.Request(rows);

    /// <summary>Fetches the first rows of a batch; worth calling some work before <see cref="PrefetchAhead"/> starts.</summary>
    public void PrefetchFirst(ReadOnlySpan<int> rows) => Prefetch(rows[..Math.Min(PrefetchGroup, rows.Length)]);

    /// <summary>Called at every position <paramref name="i"/> of a walk over a batch: fetches the rows soon to come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchAhead(ReadOnlySpan<int> rows, int i)
    {
        if (i % PrefetchGroup == 0 && i + PrefetchGroup < rows.Length)
            Prefetch(rows.Slice(i + PrefetchGroup, Math.Min(PrefetchGroup, rows.Length - i - PrefetchGroup)));
    }

    /// <summary>Refuses a row outside the array; every public door calls it before <see cref="Row"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(int row)
    {
        if ((uint)row >= (uint)rows)
            ThrowOutOfRange(row);
    }

    private int RowsAtOnce => Math.Max(1, (1 << 20) / Math.Max(1, stride));

    private Span<float> Piece(int start) => new(first + ((nint)start * stride), Math.Min(RowsAtOnce, rows - start) * stride);

    private void Prefetch(ReadOnlySpan<int> rows)
    {
        if (!Sse.IsSupported)
            return;
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)this.rows)
                continue; // refused when its turn comes
            var cells = file is null ? first + ((nint)row * stride) : file.InMemory(row);
            if (cells is null)
                continue;
            var line = (byte*)((nuint)cells / LineBytes * LineBytes);
            var last = (byte*)(cells + stride - 1);
            for (; line <= last; line += LineBytes)
                Sse.Prefetch0(line); // pinned: the address stays good
        }
    }

    private void ThrowOutOfRange(int row) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, FormattableString.Invariant($"Rows are numbered from 0 to {rows - 1}."));

    private static int AlignedStart(float[] pinned)
    {
        var address = (nuint)Unsafe.AsPointer(ref pinned[0]);
        const nuint line = FloatsPerLine * sizeof(float);
        return (int)(((line - (address % line)) % line) / sizeof(float));
    }
}
