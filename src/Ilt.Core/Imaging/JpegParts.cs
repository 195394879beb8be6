using System.Buffers.Binary;

namespace Ilt.Imaging;

/// <summary>Goes through the segments and scans of a JPEG file, up to its end marker.</summary>
internal static class JpegParts
{
    private const byte Marker = 0xFF, EndOfImage = 0xD9, StartOfScan = 0xDA, Stuffing = 0x00, FirstRestart = 0xD0, LastRestart = 0xD7;

    /// <returns>Null, or why the file does not hold its picture.</returns>
    public static string? FindFault(Stream file)
    {
        Span<byte> two = stackalloc byte[2];
        var buffer = new byte[1 << 14];
        var endsWithMarker = EndsWithMarker(file);
        file.Position = 2; // behind the start marker
        while (true)
        {
            if (NextMarker(file, buffer) is not { } marker) return PictureParts.CutShort("JPEG", file, "its end");
            if (marker == EndOfImage) return null;
            if (file.ReadAtLeast(two, 2, throwOnEndOfStream: false) < 2) return PictureParts.CutShort("JPEG", file, "its end");
            var length = BinaryPrimitives.ReadUInt16BigEndian(two);
            if (length < 2) return FormattableString.Invariant($"the JPEG file is damaged at byte {file.Position - 2}, where the length of a segment was expected");
            file.Position += length - 2;
            if (file.Position > file.Length) return PictureParts.CutShort("JPEG", file, "its end");
            if (marker != StartOfScan) continue;
            // Pixels hold no such marker, so that a file that ends with it need not be read through. Segments may hold one: that of a
            // preview, before the first scan.
            if (endsWithMarker) return null;
        }
    }

    private static bool EndsWithMarker(Stream file)
    {
        if (file.Length < 4) return false;
        file.Position = file.Length - 2;
        return file.ReadByte() == Marker && file.ReadByte() == EndOfImage;
    }

    /// <summary>Passes over compressed pixels to the next marker that begins a segment or ends the picture; null where the file ends before.</summary>
    private static byte? NextMarker(Stream file, byte[] buffer)
    {
        var afterMarker = false;
        while (true)
        {
            var start = file.Position;
            var count = file.Read(buffer);
            if (count == 0) return null;
            for (var i = 0; i < count; i++)
            {
                if (!afterMarker)
                {
                    var next = buffer.AsSpan(i, count - i).IndexOf(Marker);
                    if (next < 0) break;
                    i += next;
                    afterMarker = true;
                    continue;
                }
                if (buffer[i] == Marker) continue; // markers may be filled up
                afterMarker = false;
                if (buffer[i] is Stuffing or (>= FirstRestart and <= LastRestart)) continue;
                file.Position = start + i + 1;
                return buffer[i];
            }
        }
    }
}
