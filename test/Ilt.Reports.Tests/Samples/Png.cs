using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Ilt.Reports.Tests.Samples;

/// <summary>A PNG file of RGB pixels.</summary>
internal static class Png
{
    /// <summary>Encodes a picture whose pixels are given by line and column.</summary>
    public static byte[] Encode(int height, int width, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        var lines = new byte[height * (1 + 3 * width)];
        var at = 0;
        for (var y = 0; y < height; y++)
        {
            lines[at++] = 0;
            for (var x = 0; x < width; x++) (lines[at++], lines[at++], lines[at++]) = pixel(y, x);
        }

        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(lines);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Check(body));
        return chunk;
    }

    private static uint Check(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }

        return ~crc;
    }
}
