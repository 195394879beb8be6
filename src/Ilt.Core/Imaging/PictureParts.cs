using System.Buffers;
using System.Buffers.Binary;

namespace Ilt.Imaging;

/// <summary>Goes through the parts that a picture file is made of, up to the picture's last.</summary>
internal static class PictureParts
{
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <returns>Null, or why the file does not hold its picture, as the end of "the file: ".</returns>
    public static string? FindFault(Stream file)
    {
        Span<byte> head = stackalloc byte[54];
        file.Position = 0;
        var known = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (known.StartsWith(Png)) return FindPngFault(file);
        if (known.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return JpegParts.FindFault(file);
        if (known.StartsWith("GIF8"u8)) return FindGifFault(file);
        if (known.StartsWith("BM"u8)) return FindBitmapFault(known, file.Length);
        if (known.Length >= 12 && known.StartsWith("RIFF"u8) && known[8..].StartsWith("WEBP"u8))
            return TooShort("WebP", 8 + (long)BinaryPrimitives.ReadUInt32LittleEndian(known[4..]), file.Length);
        return null;
    }

    /// <summary>Says that a file ends at its last byte, where something else was to come.</summary>
    public static string CutShort(string format, Stream file, string missing)
        => FormattableString.Invariant($"the file is cut short (a {format} file of {file.Length} bytes without {missing})");

    private static string? FindPngFault(Stream file)
    {
        const int Frame = 12; // length, type and check sum
        Span<byte> head = stackalloc byte[8];
        for (var position = (long)Png.Length; ;)
        {
            if (!TryRead(file, position, head)) return CutShort("PNG", file, "its end");
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = head[4..];
            if (type.ContainsAnyExcept(Letters)) return FormattableString.Invariant($"the PNG file is damaged at byte {position}, where a chunk was expected");
            position += Frame + length;
            if (position > file.Length) return CutShort("PNG", file, "its end");
            if (type.SequenceEqual("IEND"u8)) return null;
        }
    }

    // Readers show the first image of a file, so that it alone must be whole.
    private static string? FindGifFault(Stream file)
    {
        const int Extension = 0x21, Image = 0x2C, LabelLength = 1, CodeSizeLength = 1;
        Span<byte> head = stackalloc byte[9];
        long position = 6; // behind the signature
        if (!TryRead(file, position, head[..7])) return Missing();
        position += 7 + ColoursLength(head[4]);
        while (true)
        {
            if (!TryRead(file, position, head[..1])) return Missing();
            var kind = head[0];
            position++;
            switch (kind)
            {
                case Extension:
                    position += LabelLength;
                    break;
                case Image:
                    if (!TryRead(file, position, head)) return Missing();
                    position += 9 + ColoursLength(head[8]) + CodeSizeLength;
                    break;
                default:
                    return FormattableString.Invariant($"the GIF file is damaged at byte {position - 1}, where an image was expected");
            }
            int length;
            do // blocks, each behind its length, the last of length 0
            {
                if (!TryRead(file, position, head[..1])) return Missing();
                length = head[0];
                position += 1 + length;
            }
            while (length > 0);
            if (kind == Image) return null;
        }

        string Missing() => CutShort("GIF", file, "the end of its first image");

        static int ColoursLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static string? FindBitmapFault(ReadOnlySpan<byte> head, long length)
    {
        const int Plain = 0, BitFields = 3, AlphaBitFields = 6;
        if (head.Length < 54) return FormattableString.Invariant($"the file is cut short (a BMP file of {length} bytes without its head)");
        long start = BinaryPrimitives.ReadUInt32LittleEndian(head[10..]);
        if (BinaryPrimitives.ReadInt32LittleEndian(head[14..]) < 40) return null; // a head of before 1990
        long width = BinaryPrimitives.ReadInt32LittleEndian(head[18..]), height = BinaryPrimitives.ReadInt32LittleEndian(head[22..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
        var bytes = BinaryPrimitives.ReadInt32LittleEndian(head[30..]) is Plain or BitFields or AlphaBitFields
            ? ((Math.Abs(width) * bits) + 31) / 32 * 4 * Math.Abs(height) // lines are filled up to four bytes
            : BinaryPrimitives.ReadUInt32LittleEndian(head[34..]);
        return TooShort("BMP", start + bytes, length);
    }

    private static string? TooShort(string format, long expected, long length) => length >= expected
        ? null
        : FormattableString.Invariant($"the file is cut short (a {format} file of {length} bytes that says it has {expected})");

    private static bool TryRead(Stream file, long position, Span<byte> bytes)
    {
        if (position + bytes.Length > file.Length) return false;
        file.Position = position;
        file.ReadExactly(bytes);
        return true;
    }
}
