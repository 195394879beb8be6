namespace Ilt.Cli.Tables;

/// <summary>Texts in UTF-16 or UTF-32 without a byte order mark: their bytes that are zero stand at the same places.</summary>
internal static class WideText
{
    private const int Start = 4096;
    private const int Fewest = 8;
    private const double ZeroShare = 0.25;

    /// <summary>What the start of a file looks like, as iconv calls it; null: like neither.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..(Math.Min(bytes.Length, Start) / 4 * 4)];
        if (bytes.Length < Fewest)
            return null;
        Span<int> zeros = stackalloc int[4];
        for (var i = 0; i < bytes.Length; i++)
            zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
        var enough = ZeroShare * bytes.Length / 4;
        // Letters beyond Latin-1 have no zero, but separators and digits have; no text has one at the other places.
        return (zeros[0] >= enough, zeros[1] >= enough, zeros[2] >= enough, zeros[3] >= enough) switch
        {
            (false, true, true, true) when zeros[0] == 0 => "UTF-32LE",
            (true, true, true, false) when zeros[3] == 0 => "UTF-32BE",
            (false, true, false, true) when zeros[0] + zeros[2] == 0 => "UTF-16LE",
            (true, false, true, false) when zeros[1] + zeros[3] == 0 => "UTF-16BE",
            _ => null,
        };
    }
}
