namespace Ilt.MLNet;

/// <summary>Recognises PNG files that were cut short. ML.NET's own decoder gives what is left of them, with the rest empty, and no error.</summary>
internal static class PngEnd
{
    // Some writers append a little of their own after the last chunk.
    private const int SearchedBytes = 4096;

    /// <summary>Whether the path is that of a PNG file without its last chunk.</summary>
    /// <param name="path">What an image says of where it came from; it need not be a file.</param>
    public static bool IsMissing(string path)
    {
        if (!path.EndsWith(".png", StringComparison.OrdinalIgnoreCase) || !File.Exists(path)) return false;
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        Span<byte> start = stackalloc byte[4];
        if (RandomAccess.Read(file, start, 0) < 4 || !start.SequenceEqual((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return false;
        var end = new byte[Math.Min(length, SearchedBytes)];
        var read = RandomAccess.Read(file, end, length - end.Length);
        return end.AsSpan(0, read).IndexOf("IEND"u8) < 0;
    }
}
