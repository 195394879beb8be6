namespace Ilt.Imaging;

/// <summary>
/// One number per pixel of a PNG file, whatever its colour type: programs that know no gray images write the number into red, green and
/// blue alike, or add alpha, which says nothing of the number.
/// </summary>
internal static class PngSamples
{
    /// <summary>The numbers of a file of up to 8 bits.</summary>
    /// <exception cref="ImageFormatException">The pixels are broken, or have colours.</exception>
    public static byte[] Bytes(PngFile file, string name, string purpose) => One(PngDecoder.Bytes(file, name), file.Header, name, purpose);

    /// <summary>The numbers of a file of any depth.</summary>
    /// <exception cref="ImageFormatException">The pixels are broken, or have colours.</exception>
    public static ushort[] Words(PngFile file, string name, string purpose) => One(PngDecoder.Words(file, name), file.Header, name, purpose);

    /// <summary>The first of every <paramref name="channels"/> samples; null where red, green and blue of a pixel differ.</summary>
    public static T[]? Gray<T>(T[] samples, int channels)
        where T : struct, IEquatable<T>
    {
        if (channels == 1) return samples;
        var values = new T[samples.Length / channels];
        for (int i = 0, from = 0; i < values.Length; i++, from += channels)
        {
            values[i] = samples[from];
            if (channels >= 3 && !(samples[from + 1].Equals(values[i]) && samples[from + 2].Equals(values[i]))) return null;
        }
        return values;
    }

    private static T[] One<T>(T[] samples, PngHeader header, string name, string purpose)
        where T : struct, IEquatable<T>
        => Gray(samples, header.Channels) ?? throw new ImageFormatException(name,
            $"this is an RGB image{(header.Colour == PngColour.RgbAlpha ? " with alpha" : "")}; a {purpose} holds one number per pixel. Save it as gray, or as a palette image whose "
            + $"indices are the numbers (in Cityscapes take *_labelIds.png, not *_color.png){(purpose == "map" ? "" : $", or say which colour is which class ({nameof(MaskEncoding)}.{nameof(MaskEncoding.Colours)})")}.");
}
