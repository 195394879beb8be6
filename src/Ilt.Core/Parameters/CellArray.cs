using Ilt.Imaging;
using Ilt.State;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Ilt.Parameters;

/// <summary>
/// Rows of equal length, all alike at first: in one float array while the memory lasts, beyond it in one file that is mapped into memory
/// (<see cref="CellFile"/>). Where they lie makes no difference to what is read.
/// </summary>
/// <remarks>
/// <para>
/// Batches visit rows at random, so for large arrays the time of a visit is the time of its cache misses. Two things keep that
/// flat in the number of rows: all of a row's cells lie together, and <see cref="PrefetchAhead"/> asks for a row before it is needed.
/// An array is written once when made, so that no page is first touched during training.
/// </para>
/// <para>
/// A file is not: its rows come in blocks of about a page, and a block is filled when one of its rows is first written. A bit per block tells
/// which are. So a file of any length is made at once, and costs what is used of it.
/// </para>
/// <para>Spans of rows are good as long as this object is: who works on one keeps the object alive (<see cref="GC.KeepAlive"/>).</para>
/// </remarks>
internal sealed unsafe class CellArray : IStateful
{
    // Rows are asked for in groups, one group ahead: their address look-ups then overlap, and a group stays in the first-level cache.
    // 8 to 16 measured alike; single rows and groups above 32 were slower (test/Ilt.Benchmarks, 10,000,000 rows).
    private const int PrefetchGroup = 12;

    private const int FloatsPerLine = 64 / sizeof(float);
    private const int FloatsPerPage = 4096 / sizeof(float);
    private const int BlocksPerWord = 64;

    // In place of the length of what was saved, where that is more than an int holds.
    private const int LengthFollows = -1;

    private readonly int rows;
    private readonly int stride;
    private readonly float[] fill; // a row as it is at first
    private readonly float[]? floats; // pinned; null: in a file
    private readonly CellFile? file;
    private readonly ulong[] written; // a bit per block of the file
    private readonly int blockShift; // rows of a block, as a power of two
    private readonly float* first;

    /// <param name="rows">Number of rows.</param>
    /// <param name="fill">What each row holds at first.</param>
    /// <param name="memory">Memory that may be used; null: <see cref="MemoryBudget.ShareOfMachine"/> for this one.</param>
    /// <param name="folder">Where a file is made if one is needed; null: the system's folder for temporary files.</param>
    /// <exception cref="ArgumentException">Not even a file can hold them.</exception>
    /// <exception cref="IOException">No file can be made.</exception>
    public CellArray(int rows, ReadOnlySpan<float> fill, MemoryBudget? memory = null, string? folder = null)
    {
        this.rows = rows;
        this.fill = fill.ToArray();
        stride = fill.Length;
        var length = (long)rows * stride;
        memory ??= new MemoryBudget(MemoryBudget.ShareOfMachine);
        if (length == 0 || (length <= Array.MaxLength - FloatsPerLine && memory.TryReserve(length * sizeof(float))))
        {
            floats = GC.AllocateUninitializedArray<float>((int)length + FloatsPerLine, pinned: true);
            LargePages.Request(floats);
            first = (float*)Unsafe.AsPointer(ref floats[AlignedStart(floats)]);
            written = [];
            floats.AsSpan().Fill(fill.IsEmpty ? 0 : fill[0]);
            if (fill.ContainsAnyExcept(fill.IsEmpty ? 0 : fill[0]))
                for (var row = 0; row < rows; row++)
                    fill.CopyTo(Row(row));
            return;
        }

        while ((long)stride << blockShift < FloatsPerPage)
            blockShift++;
        written = new ulong[((rows - 1) >> blockShift) / BlocksPerWord + 1];
        file = new CellFile(length, folder);
        first = file.First;
    }

    /// <summary>Whether the rows are in a file.</summary>
    public bool IsInFile => file is not null;

    /// <summary>Bytes held, in memory or in the file.</summary>
    public long Bytes => floats is null ? (long)rows * stride * sizeof(float) : (long)floats.Length * sizeof(float);

    /// <summary>A row to be written. <see cref="Check"/> comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row)
    {
        if (floats is null)
            Begin(row >> blockShift);
        return new Span<float>(first + ((nint)row * stride), stride);
    }

    /// <summary>A row to be read only; any number of threads may, while none writes. <see cref="Check"/> comes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Read(int row) =>
        floats is null && !IsWritten(row >> blockShift) ? fill : new ReadOnlySpan<float>(first + ((nint)row * stride), stride);

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
        var blank = Blank();
        for (var start = 0; start < rows; start += RowsPerPiece)
        {
            var piece = Piece(start);
            writer.Write(MemoryMarshal.AsBytes(floats is null && !IsWritten(start >> blockShift) ? blank.AsSpan(0, piece.Length) : piece));
        }

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
        BeginWalk();
        var blank = Blank();
        var read = new float[blank.Length];
        for (var start = 0; start < rows; start += RowsPerPiece)
        {
            var piece = Piece(start);
            if (floats is not null)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(piece));
                continue;
            }

            // What is as it was at first stays a hole in the file.
            var saved = read.AsSpan(0, piece.Length);
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(saved));
            var isBlank = MemoryMarshal.AsBytes(saved).SequenceEqual(MemoryMarshal.AsBytes(blank.AsSpan(0, piece.Length)));
            if (isBlank && !IsWritten(start >> blockShift))
                continue;
            saved.CopyTo(piece);
            MarkWritten(start >> blockShift);
        }

        EndWalk();
        GC.KeepAlive(this);
    }

    /// <summary>All rows are going to be read in their order.</summary>
    public void BeginWalk() => file?.WalkInOrder(true);

    /// <summary>They have been read.</summary>
    public void EndWalk() => file?.WalkInOrder(false);

    /// <summary>Asks for the pages of a batch of which the steps are still to come, and does not wait for them.</summary>
    public void RequestPages(ReadOnlySpan<int> rows)
    {
        if (file is null)
            return;
        foreach (var row in rows)
            if ((uint)row < (uint)this.rows && IsWritten(row >> blockShift)) // the others are refused when their turn comes, or still empty
                CellFile.Request(first + ((nint)row * stride), stride);
        GC.KeepAlive(this);
    }

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

    // Of an array some rows, of a file one block.
    private int RowsPerPiece => floats is null ? 1 << blockShift : Math.Max(1, (1 << 20) / Math.Max(1, stride));

    private Span<float> Piece(int start) => new(first + ((nint)start * stride), Math.Min(RowsPerPiece, rows - start) * stride);

    private float[] Blank()
    {
        if (floats is not null)
            return [];
        var blank = new float[stride << blockShift];
        for (var at = 0; at < blank.Length; at += stride)
            fill.CopyTo(blank, at);
        return blank;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsWritten(int block) => (written[block / BlocksPerWord] >> (block % BlocksPerWord) & 1) != 0;

    private void MarkWritten(int block) => written[block / BlocksPerWord] |= 1UL << (block % BlocksPerWord);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(int block)
    {
        if (!IsWritten(block))
            FillBlock(block);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillBlock(int block)
    {
        var piece = Piece(block << blockShift);
        for (var at = 0; at < piece.Length; at += stride)
            fill.CopyTo(piece[at..]);
        MarkWritten(block);
    }

    private void Prefetch(ReadOnlySpan<int> rows)
    {
        if (!Sse.IsSupported)
            return;
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)this.rows)
                continue; // refused when its turn comes
            var line = (byte*)(first + ((nint)row * stride / FloatsPerLine * FloatsPerLine));
            var last = (byte*)(first + ((nint)row * stride) + stride - 1);
            for (; line <= last; line += 64)
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
