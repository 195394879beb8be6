using System.IO.Compression;
using System.Text;

namespace Ilt.Imaging;

/// <summary>
/// A PNG encoder as plain as the standard's text and independent of the code under test: pixel by pixel, any colour type, depth, filter and
/// order, with a palette and with chunks between.
/// </summary>
internal sealed record SlowPng
{
    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>0 gray, 2 RGB, 3 palette, 4 gray with alpha, 6 RGB with alpha.</summary>
    public int Colour { get; init; }

    public int Depth { get; init; } = 8;

    /// <summary>[Height, Width, Channels].</summary>
    public required int[] Samples { get; init; }

    /// <summary>The filter of a line, 0 .. 4.</summary>
    public Func<int, int> Filter { get; init; } = _ => 0;

    public bool Interlaced { get; init; }

    public byte[] Palette { get; init; } = [];

    /// <summary>The pixels are cut into IDAT chunks of this many bytes.</summary>
    public int ChunkBytes { get; init; } = int.MaxValue;

    /// <summary>A chunk before the pixels that readers may pass over.</summary>
    public string? Comment { get; init; }

    private int Channels => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public static SlowPng Random(int height, int width, int colour, int depth, int seed)
    {
        var random = new Random(seed);
        var png = new SlowPng { Height = height, Width = width, Colour = colour, Depth = depth, Samples = [] };
        // Neighbours are often equal, so that every branch of Paeth's filter is taken.
        var values = Enumerable.Range(0, 4).Select(_ => random.Next(1 << depth)).ToArray();
        return png with
        {
            Samples = [.. Enumerable.Range(0, height * width * png.Channels).Select(_ => random.Next(3) == 0 ? random.Next(1 << depth) : values[random.Next(4)])],
            Palette = colour == 3 ? [.. Enumerable.Range(0, 3 << depth).Select(i => (byte)(i * 7))] : [],
        };
    }

    public byte[] Encode()
    {
        var raw = new List<byte>();
        int[][] passes = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
        if (!Interlaced) passes = [[0, 0, 1, 1]];
        foreach (var pass in passes)
        {
            var above = Array.Empty<int>();
            for (var y = pass[1]; y < Height; y += pass[3])
            {
                var bits = new StringBuilder();
                for (var x = pass[0]; x < Width; x += pass[2])
                    for (var c = 0; c < Channels; c++)
                        bits.Append(Convert.ToString(Samples[(y * Width + x) * Channels + c], 2).PadLeft(Depth, '0'));
                if (bits.Length == 0) continue;
                while (bits.Length % 8 != 0) bits.Append('0');
                var line = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToInt32(bits.ToString(8 * i, 8), 2)).ToArray();
                var filter = Filter(y);
                raw.Add((byte)filter);
                for (var i = 0; i < line.Length; i++)
                {
                    var back = Math.Max(1, Channels * Depth / 8);
                    var a = i >= back ? line[i - back] : 0;
                    var b = above.Length > 0 ? above[i] : 0;
                    var c = i >= back && above.Length > 0 ? above[i - back] : 0;
                    raw.Add((byte)(line[i] - filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => Paeth(a, b, c), _ => 0 }));
                }
                above = line;
            }
        }
        return Assemble(Deflate([.. raw]));
    }

    /// <summary>The file around compressed pixels of the caller's.</summary>
    public byte[] Assemble(byte[] compressed)
    {
        var file = new List<byte> { 137, 80, 78, 71, 13, 10, 26, 10 };
        file.AddRange(Chunk("IHDR", [.. Big(Width), .. Big(Height), (byte)Depth, (byte)Colour, 0, 0, (byte)(Interlaced ? 1 : 0)]));
        if (Comment is not null) file.AddRange(Chunk("tEXt", Encoding.ASCII.GetBytes("Comment\0" + Comment)));
        if (Palette.Length > 0) file.AddRange(Chunk("PLTE", Palette));
        foreach (var part in compressed.Chunk(Math.Min(ChunkBytes, compressed.Length))) file.AddRange(Chunk("IDAT", part));
        file.AddRange(Chunk("IEND", []));
        return [.. file];
    }

    public static byte[] Chunk(string kind, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(kind), .. data];
        return [.. Big(data.Length), .. body, .. Big((int)Crc(body))];
    }

    public static byte[] Deflate(byte[] raw)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(raw);
        return target.ToArray();
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static int Paeth(int a, int b, int c)
    {
        var p = a + b - c;
        return new[] { a, b, c }.MinBy(candidate => Math.Abs(p - candidate)); // the first of equals, in this order
    }

    private static uint Crc(byte[] bytes)
    {
        var register = 0xFFFFFFFFu;
        foreach (var value in bytes)
            for (var bit = 0; bit < 8; bit++)
            {
                var last = (register ^ ((uint)value >> bit)) & 1;
                register = (register >> 1) ^ (last * 0xEDB88320u);
            }
        return ~register;
    }
}
