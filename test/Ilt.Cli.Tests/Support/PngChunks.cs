using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Support;

/// <summary>PNG files that the program's own writer does not make: with a palette, and with an orientation.</summary>
internal static class PngChunks
{
    /// <summary>A palette image of 8 bits.</summary>
    public static void WritePalette(string path, ImageSize size, byte[] indices, params int[] colours)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < size.Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(indices.AsSpan(y * size.Width, size.Width));
            }
        }

        File.WriteAllBytes(path,
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", [.. Big(size.Width), .. Big(size.Height), 8, 3, 0, 0, 0]),
            .. Chunk("PLTE", [.. colours.SelectMany(c => (byte[])[(byte)(c >> 16), (byte)(c >> 8), (byte)c])]), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", []),
        ]);
    }

    /// <summary>States in a PNG file how it is to be turned.</summary>
    public static void Orient(string path, int orientation)
    {
        var file = File.ReadAllBytes(path);
        const int headEnd = 8 + 25;
        byte[] exif = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        File.WriteAllBytes(path, [.. file[..headEnd], .. Chunk("eXIf", exif), .. file[headEnd..]]);
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Big(data.Length), .. named, .. Big((int)Crc32.Of(named))];
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
