using System.Buffers.Binary;

namespace Ilt.Imaging;

/// <summary>The chunks of a PNG file (ISO/IEC 15948), checked: header, palette and the compressed pixels.</summary>
internal sealed class PngFile
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private PngFile(PngHeader header, byte[] palette, MemoryStream compressed) => (Header, Palette, Compressed) = (header, palette, compressed);

    public PngHeader Header { get; }

    /// <summary>Red, green and blue of each index; empty where the file has no palette.</summary>
    public byte[] Palette { get; }

    /// <summary>The zlib stream of all IDAT chunks together.</summary>
    public MemoryStream Compressed { get; }

    /// <summary>Walks the chunks and checks their sums; nothing is decompressed yet.</summary>
    /// <exception cref="ImageFormatException">Not a PNG file, truncated, or broken.</exception>
    public static PngFile Parse(byte[] file, string name)
    {
        if (!file.AsSpan().StartsWith(Signature)) throw new ImageFormatException(name, NotPng(file));
        PngHeader? header = null;
        byte[] palette = [];
        var pixels = new List<(int Offset, int Length)>();
        for (var position = Signature.Length; ;)
        {
            if (file.Length - position < 12) throw Truncated(name);
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position));
            if (length > file.Length - position - 12) throw Truncated(name);
            var checkedBytes = file.AsSpan(position + 4, 4 + (int)length);
            var data = checkedBytes[4..];
            if (BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(position + 8 + (int)length)) != Crc32.Of(checkedBytes))
                throw new ImageFormatException(name, FormattableString.Invariant(
                    $"the check sum of the PNG chunk at byte {position} is wrong; the file is damaged, copy it again from its source."));
            var kind = BinaryPrimitives.ReadUInt32BigEndian(checkedBytes);
            if (header is null && kind != 0x49484452) throw new ImageFormatException(name, "the PNG file does not begin with its header (IHDR); it is damaged.");
            switch (kind)
            {
                case 0x49484452: // IHDR
                    header = ParseHeader(data, name);
                    break;
                case 0x504C5445: // PLTE
                    if (length % 3 != 0 || length > 768) throw new ImageFormatException(name, "the palette of the PNG file has a wrong length; the file is damaged.");
                    palette = data.ToArray();
                    break;
                case 0x49444154: // IDAT
                    pixels.Add((position + 8, (int)length));
                    break;
                case 0x49454E44: // IEND
                    if (pixels.Count == 0) throw new ImageFormatException(name, "the PNG file holds no pixels (no IDAT chunk).");
                    return new PngFile(header!.Value, palette, Join(file, pixels));
                default:
                    // An upper-case first letter marks a chunk that a reader must understand.
                    if ((kind & 0x20000000) == 0)
                        throw new ImageFormatException(name, FormattableString.Invariant($"the PNG file needs a chunk of the unknown kind 0x{kind:X8}; save it as a plain PNG."));
                    break;
            }
            position += 12 + (int)length;
        }
    }

    public static ImageFormatException Truncated(string name) => new(name, "the PNG file is truncated; copy it again from its source.");

    private static PngHeader ParseHeader(ReadOnlySpan<byte> data, string name)
    {
        if (data.Length != 13) throw new ImageFormatException(name, "the header of the PNG file (IHDR) has a wrong length; the file is damaged.");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        var (depth, colour) = (data[8], (PngColour)data[9]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
            throw new ImageFormatException(name, FormattableString.Invariant($"the PNG file states a size of {width} x {height} pixels; the file is damaged."));
        var known = colour switch
        {
            PngColour.Gray => depth is 1 or 2 or 4 or 8 or 16,
            PngColour.Palette => depth is 1 or 2 or 4 or 8,
            PngColour.Rgb or PngColour.GrayAlpha or PngColour.RgbAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!known || data[10] != 0 || data[11] != 0 || data[12] > 1)
            throw new ImageFormatException(name, FormattableString.Invariant(
                $"the PNG file states colour type {data[9]} with {depth} bits, compression {data[10]}, filter {data[11]}, interlacing {data[12]}, which PNG does not know."));
        var header = new PngHeader((int)height, (int)width, depth, colour, data[12] == 1);
        // One array must hold the samples, and one another that of a caller.
        if ((long)width * height * header.Channels > 1 << 30)
            throw new ImageFormatException(name, FormattableString.Invariant($"the image of {width} x {height} pixels is too large; at most 2^30 numbers are read."));
        return header;
    }

    private static MemoryStream Join(byte[] file, List<(int Offset, int Length)> parts)
    {
        if (parts.Count == 1) return new MemoryStream(file, parts[0].Offset, parts[0].Length, writable: false);
        var joined = new MemoryStream(parts.Sum(p => p.Length));
        foreach (var (offset, length) in parts) joined.Write(file, offset, length);
        joined.Position = 0;
        return joined;
    }

    private static string NotPng(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty) return "the file is empty; expected a PNG image.";
        if (Signature.StartsWith(file)) return "the PNG file is truncated; copy it again from its source.";
        return file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])
            ? "the file is a JPEG image, not a PNG; JPEG changes the numbers of its pixels, so labels must be saved as PNG."
            : "the file is not a PNG image (its first bytes are others).";
    }
}
