using System.Buffers.Binary;
using System.IO.Compression;

namespace Ilt.Imaging;

/// <summary>Writes images, masks and maps as PNG files.</summary>
public static class PngWriter
{
    private const int MostBytesPerChunk = 1 << 20;

    /// <summary>Writes an image of 8 bits per channel: gray (or a mask) with 1 channel, RGB with 3.</summary>
    /// <param name="path">The file; overwritten where it exists. Its folder must exist.</param>
    /// <param name="image">The image.</param>
    /// <exception cref="ArgumentException">The image has neither 1 nor 3 channels.</exception>
    public static void Write(string path, ByteImage image)
    {
        using var stream = new MemoryStream();
        Write(stream, image);
        Save(path, stream);
    }

    /// <summary>Writes an image of 8 bits per channel: gray (or a mask) with 1 channel, RGB with 3.</summary>
    /// <param name="stream">Written to from its position on; stays open.</param>
    /// <param name="image">The image.</param>
    /// <exception cref="ArgumentException">The image has neither 1 nor 3 channels.</exception>
    public static void Write(Stream stream, ByteImage image)
    {
        if (image.Channels is not (1 or 3))
            throw new ArgumentException(FormattableString.Invariant($"A PNG image is written with 1 or 3 channels; found {image.Channels}."), nameof(image));
        Write(stream, image.Size, 8, image.Channels == 1 ? PngColour.Gray : PngColour.Rgb, image.Pixels);
    }

    /// <summary>Writes one 16-bit number per pixel, for example a depth map with a scale.</summary>
    /// <param name="path">The file; overwritten where it exists. Its folder must exist.</param>
    /// <param name="height">Number of rows.</param>
    /// <param name="width">Number of columns.</param>
    /// <param name="values">[height, width], row by row.</param>
    /// <exception cref="ArgumentException">The length is not height * width, or the image is empty.</exception>
    public static void WriteGray16(string path, int height, int width, ReadOnlySpan<ushort> values)
    {
        if (values.Length != (long)height * width || values.IsEmpty)
            throw new ArgumentException(FormattableString.Invariant($"An image of {height} x {width} pixels has {(long)height * width} values, at least one; found {values.Length}."), nameof(values));
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), values[i]);
        using var stream = new MemoryStream();
        Write(stream, new ImageSize(height, width), 16, PngColour.Gray, bytes);
        Save(path, stream);
    }

    private static void Write(Stream stream, ImageSize size, int depth, PngColour colour, ReadOnlySpan<byte> samples)
    {
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], size.Height);
        (header[8], header[9]) = ((byte)depth, (byte)colour);
        header[10..].Clear();
        WriteChunk(stream, "IHDR"u8, header);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var pixelBytes = (colour == PngColour.Rgb ? 3 : 1) * depth / 8;
            var line = new byte[1 + size.Width * pixelBytes];
            for (var y = 0; y < size.Height; y++)
            {
                var source = samples.Slice(y * (line.Length - 1), line.Length - 1);
                // Masks are runs of equal bytes, which compress best as they are; pictures and maps change slowly, so the difference to the left is written.
                if (pixelBytes == 1) source.CopyTo(line.AsSpan(1));
                else Subtract(source, line, pixelBytes);
                zlib.Write(line);
            }
        }
        var data = compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
        for (; data.Length > MostBytesPerChunk; data = data[MostBytesPerChunk..]) WriteChunk(stream, "IDAT"u8, data[..MostBytesPerChunk]);
        WriteChunk(stream, "IDAT"u8, data);
        WriteChunk(stream, "IEND"u8, []);
    }

    private static void Subtract(ReadOnlySpan<byte> source, Span<byte> line, int pixelBytes)
    {
        line[0] = 1;
        for (var i = 0; i < source.Length; i++) line[1 + i] = (byte)(source[i] - (i < pixelBytes ? 0 : source[i - pixelBytes]));
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        kind.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.Of(chunk.AsSpan(4, 4 + data.Length)));
        stream.Write(chunk);
    }

    private static void Save(string path, MemoryStream stream)
    {
        using var file = File.Create(path);
        stream.WriteTo(file);
    }
}
