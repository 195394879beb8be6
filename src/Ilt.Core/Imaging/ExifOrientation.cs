using System.Buffers.Binary;

namespace Ilt.Imaging;

/// <summary>Finds the orientation that a JPEG, PNG or WebP file states; what cannot be understood states none, as viewers have it.</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112, Short = 3, EntryBytes = 12;

    // A block of Exif is one segment of JPEG at most; its first directory lies at its start.
    private const int MostBytes = 1 << 16;

    private static ReadOnlySpan<byte> Mark => "Exif\0\0"u8;

    public static PictureOrientation Find(Stream file)
    {
        Span<byte> head = stackalloc byte[PictureFormats.HeadBytes];
        file.Position = 0;
        return PictureFormats.Of(head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]) switch
        {
            PictureFormat.Jpeg => InJpeg(file),
            PictureFormat.Png => InChunks(file, 8, "eXIf"u8, typeFirst: false),
            PictureFormat.WebP or PictureFormat.WebPLossless => InChunks(file, 12, "EXIF"u8, typeFirst: true),
            _ => PictureOrientation.Upright,
        };
    }

    private static PictureOrientation InJpeg(Stream file)
    {
        const int App1 = 0xE1, StartOfScan = 0xDA, EndOfImage = 0xD9;
        Span<byte> head = stackalloc byte[4];
        for (long position = 2; TryRead(file, position, head) && head[0] == 0xFF && head[1] is not (StartOfScan or EndOfImage);)
        {
            if (head[1] == 0xFF) // markers may be filled up
            {
                position++;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(head[2..]);
            if (head[1] == App1 && length > 2 + Mark.Length)
            {
                var block = new byte[length - 2];
                if (TryRead(file, position + 4, block) && block.AsSpan().StartsWith(Mark)) return Read(block.AsSpan(Mark.Length));
            }
            position += 2 + length;
        }
        return PictureOrientation.Upright;
    }

    // PNG: length, type, data, check sum, big-endian. RIFF: type, length, data up to an even length, little-endian.
    private static PictureOrientation InChunks(Stream file, long position, ReadOnlySpan<byte> wanted, bool typeFirst)
    {
        Span<byte> head = stackalloc byte[8];
        while (TryRead(file, position, head))
        {
            var type = typeFirst ? head[..4] : head[4..];
            long length = typeFirst ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) : BinaryPrimitives.ReadUInt32BigEndian(head);
            if (type.SequenceEqual(wanted))
            {
                var block = new byte[Math.Min(length, MostBytes)];
                if (!TryRead(file, position + 8, block)) return PictureOrientation.Upright;
                return Read(block.AsSpan().StartsWith(Mark) ? block.AsSpan(Mark.Length) : block);
            }
            position += 8 + (typeFirst ? length + (length & 1) : length + 4);
        }
        return PictureOrientation.Upright;
    }

    /// <summary>The tag in the first directory of a block in the form of TIFF.</summary>
    private static PictureOrientation Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8))) return PictureOrientation.Upright;
        var little = tiff[0] == 'I';
        var directory = Number32(tiff[4..], little);
        if (directory > (uint)tiff.Length - 2) return PictureOrientation.Upright;
        var entries = tiff[((int)directory + 2)..];
        var count = Number16(tiff[(int)directory..], little);
        for (var i = 0; i < count && entries.Length >= EntryBytes; i++, entries = entries[EntryBytes..])
        {
            if (Number16(entries, little) != Tag) continue;
            var value = Number16(entries[8..], little);
            return Number16(entries[2..], little) == Short && value is >= 1 and <= 8 ? (PictureOrientation)value : PictureOrientation.Upright;
        }
        return PictureOrientation.Upright;
    }

    private static int Number16(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Number32(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static bool TryRead(Stream file, long position, Span<byte> bytes)
    {
        if (position + bytes.Length > file.Length) return false;
        file.Position = position;
        file.ReadExactly(bytes);
        return true;
    }
}
