using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Ilt.Imaging;

/// <summary>The header of a NumPy file: a Python dictionary in text after a magic number, a version and a length.</summary>
/// <param name="Type">Element type.</param>
/// <param name="BigEndian">Whether the bytes of an element come highest first.</param>
/// <param name="Fortran">Whether the first index runs fastest.</param>
/// <param name="Shape">Length of each dimension.</param>
/// <param name="DataOffset">Where the elements begin.</param>
internal sealed partial record NpyHeader(NpyType Type, bool BigEndian, bool Fortran, int[] Shape, int DataOffset)
{
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <exception cref="ImageFormatException">Not a NumPy file, truncated, or of elements that are not numbers.</exception>
    public static NpyHeader Parse(ReadOnlySpan<byte> file, string name)
    {
        if (!file.StartsWith(Magic))
            throw Magic.StartsWith(file) ? Truncated(name) : new ImageFormatException(name, "this is not a NumPy file (.npy).");
        if (file.Length < 12) throw Truncated(name);
        // Version 1 has two bytes of length, the later ones four.
        var wide = file[6] > 1;
        var start = wide ? 12 : 10;
        var length = wide ? BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        if (length > file.Length - start) throw Truncated(name);
        var text = Encoding.UTF8.GetString(file.Slice(start, (int)length));
        var (descr, order, shape) = (DescrPattern().Match(text), OrderPattern().Match(text), ShapePattern().Match(text));
        if (!order.Success || !shape.Success || !text.Contains("'descr'", StringComparison.Ordinal))
            throw new ImageFormatException(name, "the header of the NumPy file cannot be understood; the file is damaged.");
        if (!descr.Success)
            throw new ImageFormatException(name, "the NumPy file holds records of several fields; expected one number per element. Save one field, such as a['x'].");
        var code = descr.Groups[2].Value;
        var type = NpyType.Of(code) ?? throw new ImageFormatException(name, code.StartsWith('O')
            ? "the NumPy file holds Python objects, which only Python can read; save an array of numbers, such as np.save(file, np.asarray(a, dtype=np.float32))."
            : $"the NumPy file holds elements of the type '{descr.Groups[1].Value}{code}'; expected numbers: f2, f4, f8, u1 .. u8, i1 .. i8 or b1. Convert it with a.astype(np.float32).");
        return new NpyHeader(type, descr.Groups[1].Value == ">", order.Groups[1].Value == "True", ParseShape(shape.Groups[1].Value, type, name), start + (int)length);
    }

    // A head of more than a few hundred bytes is that of a record of many fields, or damaged.
    private const int MostBytes = 1 << 16;

    /// <summary>Reads the header at the start of a file, and nothing behind it.</summary>
    /// <exception cref="ImageFormatException">As <see cref="Parse"/> says.</exception>
    public static NpyHeader Read(Stream file, string name)
    {
        var head = new byte[12];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (read < head.Length || !head.AsSpan().StartsWith(Magic)) return Parse(head.AsSpan(0, read), name);
        var end = head[6] > 1 ? head.Length + (long)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(8)) : 10 + BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(8));
        Array.Resize(ref head, (int)Math.Clamp(end, head.Length, MostBytes));
        read += file.ReadAtLeast(head.AsSpan(read), head.Length - read, throwOnEndOfStream: false);
        return Parse(head.AsSpan(0, read), name);
    }

    public static ImageFormatException Truncated(string name) => new(name, "the NumPy file is truncated; copy it again from its source.");

    private static int[] ParseShape(string text, NpyType type, string name)
    {
        var shape = new List<int>();
        long bytes = type.Size;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!int.TryParse(part.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || (bytes *= length) > Array.MaxLength)
                throw new ImageFormatException(name, $"the NumPy file has the shape ({text}), which is more than 2 GB or no shape at all.");
            shape.Add(length);
        }
        return [.. shape];
    }

    [GeneratedRegex("""'descr'\s*:\s*'([<>|=]?)([A-Za-z]\d*)[^']*'""")]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""'fortran_order'\s*:\s*(True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""'shape'\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapePattern();
}
