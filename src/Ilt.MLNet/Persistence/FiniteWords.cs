namespace Ilt.MLNet;

/// <summary>
/// Any 32-bit words as single-precision numbers that are never NaN or infinite. Those have an exponent of ones only, so the exponent's
/// top bit is taken out of every word; the bits of 31 words make a 32nd. Most words of a network have it clear and stay as they are.
/// </summary>
internal static class FiniteWords
{
    private const uint Top = 0x4000_0000;
    private const int TopShift = 30;
    private const int GroupSize = 31; // the bits of the 32nd word, but for its own top bit

    /// <summary>Length of the encoded words.</summary>
    public static int EncodedLength(int words) => words + ((words + GroupSize - 1) / GroupSize);

    /// <param name="words">Any words.</param>
    /// <param name="encoded">Bits of finite numbers, as many as <see cref="EncodedLength"/> says.</param>
    public static void Encode(ReadOnlySpan<uint> words, Span<uint> encoded)
    {
        while (words.Length > 0)
        {
            var group = words[..Math.Min(GroupSize, words.Length)];
            var tops = 0u;
            for (var i = 0; i < group.Length; i++)
            {
                encoded[i] = group[i] & ~Top;
                tops |= ((group[i] & Top) >> TopShift) << Place(i);
            }
            encoded[group.Length] = tops;
            words = words[group.Length..];
            encoded = encoded[(group.Length + 1)..];
        }
    }

    /// <param name="encoded">What <see cref="Encode"/> wrote.</param>
    /// <param name="words">The words.</param>
    public static void Decode(ReadOnlySpan<uint> encoded, Span<uint> words)
    {
        while (words.Length > 0)
        {
            var group = words[..Math.Min(GroupSize, words.Length)];
            var tops = encoded[group.Length];
            for (var i = 0; i < group.Length; i++)
                group[i] = encoded[i] | (((tops >> Place(i)) & 1) << TopShift);
            words = words[group.Length..];
            encoded = encoded[(group.Length + 1)..];
        }
    }

    private static int Place(int i) => i < TopShift ? i : i + 1;
}
