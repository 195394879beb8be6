using Ilt.Imaging;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ilt.Parameters;

/// <summary>
/// Rows in a scratch file, of which those visited last are in memory: in blocks of about a page. What memory there is fills with blocks that are written to; then all of
/// them go to the file, in the order in which they lie there, and it begins anew. Where an epoch visits some shards of the rows at a time, the blocks of these are so read
/// and written about once.
/// </summary>
/// <remarks>A block is filled when one of its rows is first written; a bit tells which are. So a file of any length is made at once, and costs what is used of it.</remarks>
internal sealed unsafe class CellBlocks
{
    /// <summary>Blocks in memory take so much, whatever the memory is: fewer would go to the file after a handful of batches.</summary>
    public const long DefaultLeastBytes = 32 << 20;

    private const int FloatsPerPage = 4096 / sizeof(float);
    private const int BlocksPerWord = 64;

    // Blocks that lie so near each other are written at once, with those between them: a call costs more than some pages.
    private const int WidestGap = 8;
    private const int FloatsAtOnce = (1 << 20) / sizeof(float);

    private static long instances;

    [ThreadStatic]
    private static Looked? looked;

    private readonly long id = Interlocked.Increment(ref instances);
    private readonly int rows;
    private readonly int stride;
    private readonly int shift; // rows of a block, as a power of two
    private readonly float[] blank; // a block as it is at first
    private readonly CellFile file;
    private readonly ulong[] begun; // a bit per block
    private readonly int[] slots; // per block its place in memory, plus 1; 0: it is in the file
    private readonly MemoryBudget memory;
    private readonly long leastBytes;
    private float[] numbers = []; // of the blocks in memory, pinned
    private float* first;
    private int[] blocks = []; // per place in memory
    private int used;
    private int version; // of the file

    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="fill">What each row holds at first, at least one number.</param>
    /// <param name="memory">What is left of it, once all that shares it has been made, is used by half.</param>
    /// <param name="folder">Where the file is made; null: the system's folder for temporary files.</param>
    /// <param name="leastBytes">Blocks in memory may take so much in any case.</param>
    /// <exception cref="IOException">No file can be made.</exception>
    public CellBlocks(int rows, float[] fill, MemoryBudget memory, string? folder, long leastBytes)
    {
        (this.rows, stride, this.memory, this.leastBytes) = (rows, fill.Length, memory, leastBytes);
        while ((long)stride << shift < FloatsPerPage)
            shift++;
        file = new CellFile((long)rows * stride, folder);
        var count = ((rows - 1) >> shift) + 1;
        (begun, slots) = (new ulong[((count - 1) / BlocksPerWord) + 1], new int[count]);
        blank = new float[stride << shift];
        for (var at = 0; at < blank.Length; at += stride)
            fill.CopyTo(blank, at);
    }

    /// <summary>Number of blocks.</summary>
    public int Count => slots.Length;

    private int RowsPerBlock => 1 << shift;

    /// <summary>A row to be written, until the next one is asked for.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int row)
    {
        var slot = slots[row >> shift];
        return new Span<float>(Place(slot != 0 ? slot : Load(row >> shift), row), stride);
    }

    /// <summary>A row to be read only, until this thread asks for the next one; any number of threads may, while none writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Read(int row)
    {
        var slot = slots[row >> shift];
        return slot != 0 ? new ReadOnlySpan<float>(Place(slot, row), stride) : Block(row >> shift).Slice((row & (RowsPerBlock - 1)) * stride, stride);
    }

    /// <summary>Where a row is in memory; null: it is not.</summary>
    public float* InMemory(int row) => slots[row >> shift] is var slot and not 0 ? Place(slot, row) : null;

    /// <summary>A block to be read only, as <see cref="Read"/> a row.</summary>
    public ReadOnlySpan<float> Block(int block)
    {
        var length = Length(block);
        if (slots[block] is var slot and not 0)
            return new ReadOnlySpan<float>(Place(slot, block << shift), length);
        if (!IsBegun(block))
            return blank.AsSpan(0, length);
        var last = looked ??= new();
        if (last.Owner != id || last.Block != block || last.Version != version)
        {
            if (last.Numbers.Length < length)
                last.Numbers = new float[blank.Length];
            last.Owner = 0; // in case it cannot be read
            file.Read(Start(block), last.Numbers.AsSpan(0, length));
            (last.Owner, last.Block, last.Version) = (id, block, version);
        }

        return last.Numbers.AsSpan(0, length);
    }

    /// <summary>Sets a block; one that is as it was at first, and never was another, takes no room.</summary>
    /// <param name="block">The block, from 0.</param>
    /// <param name="values">As many numbers as <see cref="Length"/> says.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Set(int block, ReadOnlySpan<float> values)
    {
        // Bytes, since no NaN is equal to another.
        if (!IsBegun(block) && MemoryMarshal.AsBytes(values).SequenceEqual(MemoryMarshal.AsBytes(blank.AsSpan(0, values.Length))))
            return;
        var slot = slots[block];
        values.CopyTo(new Span<float>(Place(slot != 0 ? slot : Load(block), block << shift), values.Length));
    }

    /// <summary>Numbers of a block.</summary>
    public int Length(int block) => Math.Min(RowsPerBlock, rows - (block << shift)) * stride;

    /// <summary>Asks for the rows of a batch of which the steps are still to come, and does not wait for them. Another thread may.</summary>
    public void Request(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
            if ((uint)row < (uint)this.rows && slots[row >> shift] == 0 && IsBegun(row >> shift)) // the others are refused when their turn comes, or at hand
                file.Request(Start(row >> shift), Length(row >> shift));
    }

    /// <summary>Says that all rows are going to be read in their order, or no longer.</summary>
    public void WalkInOrder(bool inOrder) => file.WalkInOrder(inOrder);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Place(int slot, int row) => first + ((nint)(slot - 1) * blank.Length) + ((nint)(row & (RowsPerBlock - 1)) * stride);

    private long Start(int block) => ((long)block << shift) * stride;

    private bool IsBegun(int block) => (begun[block / BlocksPerWord] >> (block % BlocksPerWord) & 1) != 0;

    // Into memory; gives its slot.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Load(int block)
    {
        if (blocks.Length == 0)
            MakeRoom();
        if (used == blocks.Length)
            WriteAll();
        var place = new Span<float>(first + ((nint)used * blank.Length), Length(block));
        if (IsBegun(block))
            file.Read(Start(block), place);
        else
            blank.AsSpan(0, place.Length).CopyTo(place);
        begun[block / BlocksPerWord] |= 1UL << (block % BlocksPerWord);
        blocks[used++] = block;
        return slots[block] = used;
    }

    private void MakeRoom()
    {
        // What is learned of rows is in two arrays.
        var bytes = Math.Max(leastBytes, (memory.Bytes - memory.Reserved) / 2);
        var count = (int)Math.Clamp(Math.Min(bytes / sizeof(float), Array.MaxLength) / blank.Length, 1, Count);
        blocks = new int[count];
        numbers = GC.AllocateUninitializedArray<float>(count * blank.Length, pinned: true);
        LargePages.Request(numbers);
        first = (float*)Unsafe.AsPointer(ref numbers[0]);
    }

    private void WriteAll()
    {
        version++;
        var (order, places) = (blocks[..used], new int[used]); // copies: a full disk leaves all as it was
        for (var i = 0; i < places.Length; i++)
            places[i] = i;
        Array.Sort(order, places);
        var together = new float[Math.Max(FloatsAtOnce, blank.Length)];
        for (var (from, to) = (0, 0); from < used; from = to)
        {
            to = from + 1;
            while (to < used && GoesAlong(order[from], order[to - 1], order[to]))
                to++;
            var (start, last) = (Start(order[from]), order[to - 1]);
            var stretch = together.AsSpan(0, (int)(Start(last) + Length(last) - start));
            if (last - order[from] >= to - from)
                file.Read(start, stretch); // what lies between
            for (var i = from; i < to; i++)
                new ReadOnlySpan<float>(first + ((nint)places[i] * blank.Length), Length(order[i])).CopyTo(stretch[(int)(Start(order[i]) - start)..]);
            file.Write(start, stretch);
        }

        for (var i = 0; i < used; i++)
            slots[blocks[i]] = 0;
        used = 0;
    }

    // Holes stay holes.
    private bool GoesAlong(int from, int before, int next)
    {
        if (next - before > WidestGap + 1 || (next - from + 1) * (long)blank.Length > FloatsAtOnce)
            return false;
        for (var between = before + 1; between < next; between++)
            if (!IsBegun(between))
                return false;
        return true;
    }

    // The block that a thread has read last from a file.
    private sealed class Looked
    {
        public long Owner { get; set; }

        public int Block { get; set; }

        public int Version { get; set; }

        public float[] Numbers { get; set; } = [];
    }
}
