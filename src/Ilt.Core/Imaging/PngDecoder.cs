using System.Buffers.Binary;
using System.IO.Compression;

namespace Ilt.Imaging;

/// <summary>Decompresses the pixels of a PNG file into samples: raw numbers, neither scaled nor looked up in the palette.</summary>
internal sealed class PngDecoder
{
    // Adam7: first column and row and the distances of each pass.
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly PngFile file;
    private readonly string name;
    private readonly byte[]? bytes;
    private readonly ushort[]? words;

    private PngDecoder(PngFile file, string name, byte[]? bytes, ushort[]? words) => (this.file, this.name, this.bytes, this.words) = (file, name, bytes, words);

    /// <summary>The samples of an image of up to 8 bits: [Height, Width, Channels].</summary>
    /// <exception cref="ImageFormatException">The pixels are truncated or broken.</exception>
    public static byte[] Bytes(PngFile file, string name)
    {
        CheckCompressedSize(file, name);
        var samples = new byte[file.Header.Height * file.Header.Width * file.Header.Channels];
        new PngDecoder(file, name, samples, null).Decode();
        return samples;
    }

    /// <summary>The samples of an image of any depth: [Height, Width, Channels].</summary>
    /// <exception cref="ImageFormatException">The pixels are truncated or broken.</exception>
    public static ushort[] Words(PngFile file, string name)
    {
        if (file.Header.BitDepth < 16) return Array.ConvertAll(Bytes(file, name), b => (ushort)b);
        CheckCompressedSize(file, name);
        var samples = new ushort[file.Header.Height * file.Header.Width * file.Header.Channels];
        new PngDecoder(file, name, null, samples).Decode();
        return samples;
    }

    // Deflate shrinks at most about 1032 times: a header that promises more is refused before memory is taken for it.
    private static void CheckCompressedSize(PngFile file, string name)
    {
        var header = file.Header;
        if ((long)header.LineBytes(header.Width) * header.Height > 1040 * file.Compressed.Length + 65536)
            throw new ImageFormatException(name, FormattableString.Invariant(
                $"the PNG file states {header.Width} x {header.Height} pixels, but holds only {file.Compressed.Length} bytes of them; it is damaged."));
    }

    private void Decode()
    {
        var header = file.Header;
        try
        {
            using var stream = new ZLibStream(file.Compressed, CompressionMode.Decompress);
            if (!header.Interlaced) DecodePass(stream, 0, 0, 1, 1);
            else
                foreach (var (x, y, stepX, stepY) in Passes) DecodePass(stream, x, y, stepX, stepY);
            // One more read makes the stream check its sum.
            stream.ReadByte();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ImageFormatException(name, "the pixels of the PNG file cannot be decompressed; it is damaged, copy it again from its source.", e);
        }
    }

    private void DecodePass(Stream stream, int firstX, int firstY, int stepX, int stepY)
    {
        var header = file.Header;
        var width = (header.Width - firstX + stepX - 1) / stepX;
        var height = (header.Height - firstY + stepY - 1) / stepY;
        if (width <= 0 || height <= 0) return;
        var pixelStep = Math.Max(1, header.Channels * header.BitDepth / 8);
        var (line, above) = (new byte[1 + header.LineBytes(width)], new byte[1 + header.LineBytes(width)]);
        for (var y = 0; y < height; y++)
        {
            if (stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) < line.Length) throw PngFile.Truncated(name);
            if (!PngFilters.Undo(line[0], line.AsSpan(1), above.AsSpan(1), pixelStep))
                throw new ImageFormatException(name, FormattableString.Invariant($"a line of the PNG file has the unknown filter {line[0]}; the file is damaged."));
            Store(line.AsSpan(1), width, ((firstY + y * stepY) * header.Width + firstX) * header.Channels, stepX * header.Channels);
            (line, above) = (above, line);
        }
    }

    // Puts the samples of a line to their places: `start` is that of the first pixel, `step` the distance between pixels.
    private void Store(ReadOnlySpan<byte> line, int width, int start, int step)
    {
        var (channels, depth) = (file.Header.Channels, file.Header.BitDepth);
        if (words is not null)
        {
            for (var x = 0; x < width; x++)
                for (var c = 0; c < channels; c++)
                    words[start + x * step + c] = BinaryPrimitives.ReadUInt16BigEndian(line[(2 * (x * channels + c))..]);
        }
        else if (depth == 8 && step == channels) line[..(width * channels)].CopyTo(bytes.AsSpan(start));
        else if (depth == 8)
        {
            for (var x = 0; x < width; x++) line.Slice(x * channels, channels).CopyTo(bytes.AsSpan(start + x * step));
        }
        else
        {
            var (perByte, mask) = (8 / depth, (1 << depth) - 1);
            for (var x = 0; x < width; x++)
                bytes![start + x * step] = (byte)((line[x / perByte] >> (8 - depth - x % perByte * depth)) & mask);
        }
    }
}
