using System.Buffers.Binary;
using System.Text;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>Reads the elements of one variable, one after the other.</summary>
internal sealed class MatReader(ReadOnlyMemory<byte> bytes, bool bigEndian, string path, string variable)
{
    private const uint ComplexFlag = 0x0800;
    private const uint LogicalFlag = 0x0200;
    private const int DeepestCells = 32;

    private int at;

    public MatTag ReadTag()
    {
        if (bytes.Length - at < 8) throw Short();
        var word = Word(bytes.Span[at..]);
        // The small form has the number of bytes, 1 to 4, in the upper half of the word and those bytes in place of the length.
        if (word >> 16 != 0)
        {
            if (word >> 16 > 4) throw Damaged("has an element that cannot be one");
            at += 4;
            return new MatTag((MatType)(word & 0xFFFF), (int)(word >> 16), Small: true);
        }

        var length = Word(bytes.Span[(at + 4)..]);
        if (length > int.MaxValue) throw Damaged("has an element of more than 2 GB");
        at += 8;
        return new MatTag((MatType)word, (int)length, Small: false);
    }

    /// <summary>The bytes of an element, and past what fills it up to eight.</summary>
    public ReadOnlyMemory<byte> Take(MatTag tag)
    {
        var available = tag.Small ? Math.Min(4, bytes.Length - at) : bytes.Length - at;
        if (tag.Length > available) throw Short();
        var part = bytes.Slice(at, tag.Length);
        at = tag.Small ? at + 4 : (int)Math.Min(bytes.Length, (at + (long)tag.Length + 7) / 8 * 8);
        return part;
    }

    public string ReadName()
    {
        // Objects of MATLAB's own kinds have their name in place of dimensions.
        if ((MatClass)(ReadFlags() & 0xFF) != MatClass.Opaque) _ = Next(MatType.Int32, "dimensions");
        return Encoding.ASCII.GetString(Next(MatType.Int8, "a name").Span);
    }

    /// <summary>The array, from the bytes after its tag.</summary>
    public MatArray ReadMatrix(int depth = 0)
    {
        // An empty cell is an array without any bytes.
        if (bytes.IsEmpty) return new MatArray("", [0, 0], Array.Empty<double>());
        var flags = ReadFlags();
        var kind = (MatClass)(flags & 0xFF);
        if (kind is MatClass.Struct or MatClass.Object or MatClass.Sparse or MatClass.Function or MatClass.Opaque || (flags & ComplexFlag) != 0)
            throw new ImageFormatException(path, $"the variable '{variable}' {(depth > 0 ? "holds" : "is")} {((flags & ComplexFlag) != 0 ? "an array of complex numbers" : Describe(kind))}, "
                + "which is not supported; expected numbers, logical values, text or cells of these. Save its parts as variables of their own.");
        var dimensions = Dimensions(out var count);
        var name = Encoding.ASCII.GetString(Next(MatType.Int8, "a name").Span);
        if (kind == MatClass.Cell) return new MatArray(name, dimensions, Cells(count, depth));
        if (!Enum.IsDefined(kind)) throw Damaged(FormattableString.Invariant($"is of the unknown class {(int)kind}"));
        var tag = ReadTag();
        var values = MatValues.Read(Take(tag).Span, tag.Type, kind, (flags & LogicalFlag) != 0, bigEndian) ?? throw Damaged(FormattableString.Invariant($"has elements of type {(int)tag.Type}"));
        return values.Length == count
            ? new MatArray(name, dimensions, values)
            : throw Damaged(FormattableString.Invariant($"has {values.Length} elements; its dimensions {string.Join(" x ", dimensions)} make {count}"));
    }

    public ImageFormatException Damaged(string problem) => new(path, $"the variable '{variable}' {problem}; the MATLAB file is damaged, copy it again from its source.");

    private ImageFormatException Short() => new(path, $"the variable '{variable}' is truncated; copy the MATLAB file again from its source.");

    private uint ReadFlags()
    {
        var flags = Next(MatType.UInt32, "flags");
        return flags.Length == 8 ? Word(flags.Span) : throw Damaged("has flags of a wrong length");
    }

    private int[] Dimensions(out long count)
    {
        var raw = Next(MatType.Int32, "dimensions");
        var dimensions = new int[raw.Length / 4];
        count = 1;
        for (var d = 0; d < dimensions.Length; d++)
        {
            dimensions[d] = unchecked((int)Word(raw.Span[(4 * d)..]));
            if (dimensions[d] < 0 || (count *= dimensions[d]) > int.MaxValue) throw Damaged("has impossible dimensions");
        }

        return dimensions.Length >= 2 ? dimensions : throw Damaged("has fewer than two dimensions");
    }

    private MatArray[] Cells(long count, int depth)
    {
        if (depth >= DeepestCells) throw Damaged("has cells within cells without end");
        // Each takes a tag of eight bytes at least; checked before room is made for what a damaged file may claim.
        if (count > (bytes.Length - at) / 8) throw Short();
        var cells = new MatArray[count];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = new MatReader(Next(MatType.Matrix, "an array"), bigEndian, path, variable).ReadMatrix(depth + 1);
        return cells;
    }

    private ReadOnlyMemory<byte> Next(MatType expected, string what)
    {
        var tag = ReadTag();
        return tag.Type == expected ? Take(tag) : throw Damaged(FormattableString.Invariant($"has an element of type {(int)tag.Type} where {what} should be"));
    }

    private uint Word(ReadOnlySpan<byte> four) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(four) : BinaryPrimitives.ReadUInt32LittleEndian(four);

    private static string Describe(MatClass kind) => kind switch
    {
        MatClass.Struct => "a structure",
        MatClass.Sparse => "a sparse matrix",
        MatClass.Function => "a function",
        _ => "an object",
    };
}
