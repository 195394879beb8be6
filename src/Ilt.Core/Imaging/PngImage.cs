namespace Ilt.Imaging;

/// <summary>Reads pictures (not labels) from PNG files of any kind, 8 bits per channel.</summary>
public static class PngImage
{
    /// <summary>The picture; alpha is left out, 16 bits are cut to their upper 8, fewer than 8 are scaled to 0 .. 255, palettes are looked up.</summary>
    /// <param name="path">The file.</param>
    /// <param name="channels">
    /// 1 for gray (luma 0.299 R + 0.587 G + 0.114 B), 3 for RGB; default null: 1 for gray files and 3 for all others.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not a PNG file, truncated or damaged.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of channels is neither 1 nor 3.</exception>
    public static ByteImage ReadImage(string path, int? channels = null)
    {
        if (channels is not (null or 1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), FormattableString.Invariant($"The number of channels must be 1 or 3; found {channels}."));
        return ReadImage(FileBytes.Read(path), path, channels);
    }

    internal static ByteImage ReadImage(byte[] bytes, string path, int? channels)
    {
        var file = PngFile.Parse(bytes, path);
        var header = file.Header;
        var samples = header.BitDepth < 16
            ? PngDecoder.Bytes(file, path)
            : Array.ConvertAll(PngDecoder.Words(file, path), word => (byte)(word >> 8));
        var (pixels, found) = header.Colour switch
        {
            PngColour.Gray => (Stretch(samples, header.BitDepth), 1),
            PngColour.Palette => (LookUp(samples, file.Palette, path), 3),
            PngColour.GrayAlpha => (Take(samples, 2, 1), 1),
            PngColour.RgbAlpha => (Take(samples, 4, 3), 3),
            _ => (samples, 3),
        };
        if (channels is { } wanted && wanted != found)
        {
            pixels = wanted == 3 ? Repeat(pixels) : Luma(pixels);
            found = wanted;
        }
        return new ByteImage(header.Height, header.Width, found, pixels);
    }

    private static byte[] Stretch(byte[] samples, int depth)
    {
        if (depth >= 8) return samples;
        var factor = 255 / ((1 << depth) - 1);
        for (var i = 0; i < samples.Length; i++) samples[i] = (byte)(samples[i] * factor);
        return samples;
    }

    private static byte[] LookUp(byte[] indices, byte[] palette, string path)
    {
        var pixels = new byte[indices.Length * 3];
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] * 3 >= palette.Length)
                throw new ImageFormatException(path, FormattableString.Invariant($"a pixel has the colour {indices[i]} of a palette of {palette.Length / 3} colours; the file is damaged."));
            palette.AsSpan(indices[i] * 3, 3).CopyTo(pixels.AsSpan(i * 3));
        }
        return pixels;
    }

    // The first `kept` of every `channels` samples.
    private static byte[] Take(byte[] samples, int channels, int kept)
    {
        var pixels = new byte[samples.Length / channels * kept];
        for (int from = 0, to = 0; to < pixels.Length; from += channels, to += kept) samples.AsSpan(from, kept).CopyTo(pixels.AsSpan(to));
        return pixels;
    }

    private static byte[] Repeat(byte[] gray)
    {
        var pixels = new byte[gray.Length * 3];
        for (var i = 0; i < gray.Length; i++) pixels.AsSpan(i * 3, 3).Fill(gray[i]);
        return pixels;
    }

    private static byte[] Luma(byte[] rgb)
    {
        var gray = new byte[rgb.Length / 3];
        for (var i = 0; i < gray.Length; i++) gray[i] = (byte)((299 * rgb[3 * i] + 587 * rgb[3 * i + 1] + 114 * rgb[3 * i + 2] + 500) / 1000);
        return gray;
    }
}
