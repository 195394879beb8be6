namespace Ilt.Imaging;

/// <summary>The run lengths of COCO: column by column, beginning with the pixels outside, as numbers or packed into a text.</summary>
internal static class CocoRuns
{
    /// <summary>Unpacks a text: five bits a character, the lowest first, with a sign; from the fourth number on differences to the one before the last.</summary>
    /// <exception cref="FormatException">The text ends within a number.</exception>
    public static List<long> Unpack(string text)
    {
        const int Shift = 48, Continued = 0x20, Sign = 0x10, Bits = 5;
        var counts = new List<long>();
        for (var i = 0; i < text.Length;)
        {
            var (value, bits, more) = (0L, 0, true);
            while (more)
            {
                if (i == text.Length || bits > 60) throw new FormatException("the run lengths end within a number");
                var part = text[i++] - Shift;
                value |= (long)(part & 0x1F) << bits;
                bits += Bits;
                more = (part & Continued) != 0;
                if (!more && (part & Sign) != 0) value |= -1L << bits;
            }
            counts.Add(counts.Count > 2 ? value + counts[^2] : value);
        }
        return counts;
    }

    /// <summary>The region of run lengths.</summary>
    /// <exception cref="FormatException">They do not add up to the image's pixels.</exception>
    public static MaskRegion Region(IReadOnlyList<long> counts, ImageSize size)
    {
        if (counts.Any(count => count < 0) || counts.Sum() != size.PixelCount)
            throw new FormatException(FormattableString.Invariant($"the run lengths add up to {counts.Sum()} pixels, the image has {size.PixelCount}"));
        var pixels = new byte[size.PixelCount];
        var (position, inside) = (0, false);
        foreach (var count in counts)
        {
            for (var end = position + count; position < end; position++)
                if (inside) pixels[(position % size.Height * size.Width) + (position / size.Height)] = 1;
            inside = !inside;
        }
        return MaskRegion.OfPixels(pixels);
    }
}
