using Ilt.State;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Ilt.Parameters;

/// <summary>Rows of equal length in one float array, aligned so that a short row spans as few cache lines as possible.</summary>
/// <remarks>
/// Batches visit rows at random, so for large arrays the time of a visit is the time of its cache misses. Two things keep that
/// flat in the number of rows: all of a row's cells lie together, and <see cref="PrefetchAhead"/> asks for a row before it is needed.
/// The array is written once when made, so that no page is first touched during training.
/// </remarks>
internal sealed class CellArray : IStateful
{
    // Rows are asked for in groups, one group ahead: their address look-ups then overlap, and a group stays in the first-level cache.
    // 8 to 16 measured alike; single rows and groups above 32 were slower (test/Ilt.Benchmarks, 10,000,000 rows).
    private const int PrefetchGroup = 12;

    private const int FloatsPerLine = 64 / sizeof(float);

    private readonly float[] floats;
    private readonly int rows;
    private readonly int start;
    private readonly int stride;

    public CellArray(int rows, int stride, float fill)
    {
        var length = (long)rows * stride;
        if (length > Array.MaxLength - FloatsPerLine)
            throw new ArgumentException(FormattableString.Invariant(
                $"{rows} rows with {stride} numbers each do not fit one array (at most {Array.MaxLength} numbers); use fewer rows or tasks."));
        this.rows = rows;
        this.stride = stride;
        floats = GC.AllocateUninitializedArray<float>((int)length + FloatsPerLine, pinned: true);
        LargePages.Request(floats);
        start = AlignedStart(floats);
        floats.AsSpan().Fill(fill);
    }

    public long Bytes => (long)floats.Length * sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row) => floats.AsSpan(start + (row * stride), stride);

    public void Save(BinaryWriter writer) => writer.WriteArray<float>(floats.AsSpan(start, rows * stride));

    public void Restore(BinaryReader reader) => reader.ReadInto(floats.AsSpan(start, rows * stride));

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

    private unsafe void Prefetch(ReadOnlySpan<int> rows)
    {
        if (!Sse.IsSupported)
            return;
        foreach (var row in rows)
        {
            if ((uint)row >= (uint)this.rows)
                continue; // refused when its turn comes
            var first = row * stride / FloatsPerLine;
            var last = ((row * stride) + stride - 1) / FloatsPerLine;
            for (var line = first; line <= last; line++)
                Sse.Prefetch0(Unsafe.AsPointer(ref floats[start + (line * FloatsPerLine)])); // pinned: the address stays good
        }
    }

    private void ThrowOutOfRange(int row) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, FormattableString.Invariant($"Rows are numbered from 0 to {rows - 1}."));

    private static unsafe int AlignedStart(float[] pinned)
    {
        var address = (nuint)Unsafe.AsPointer(ref pinned[0]);
        const nuint line = FloatsPerLine * sizeof(float);
        return (int)(((line - (address % line)) % line) / sizeof(float));
    }
}
