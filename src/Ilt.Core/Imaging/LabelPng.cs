namespace Ilt.Imaging;

/// <summary>
/// Reads label images: PNG files of one number per pixel, that is gray of 1, 2, 4, 8 or 16 bits or palette indices of 1, 2, 4 or 8 bits. The
/// numbers come out as they are in the file; general image readers scale them, or replace indices by colours.
/// </summary>
public static class LabelPng
{
    /// <summary>The numbers of a label image.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not a PNG file, truncated or damaged, or with several numbers per pixel (RGB, alpha).</exception>
    public static RawLabelImage Read(string path) => Read(FileBytes.Read(path), path);

    /// <summary>The numbers of a label image.</summary>
    /// <param name="stream">The rest of this stream is read; it stays open.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ImageFormatException">Not a PNG file, truncated or damaged, or with several numbers per pixel (RGB, alpha).</exception>
    public static RawLabelImage Read(Stream stream, string name) => Read(FileBytes.Read(stream), name);

    /// <summary>A mask of class ids.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its numbers become class ids; default <see cref="MaskEncoding.Plain"/>.</param>
    /// <returns>One channel of class ids, 255 where there is no label.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">
    /// As for <see cref="Read(string)"/>; also a 16-bit file without <see cref="MaskEncoding.InstanceIds"/>, or an id out of range.
    /// </exception>
    public static ByteImage ReadMask(string path, MaskEncoding? encoding = null)
    {
        encoding ??= MaskEncoding.Plain;
        encoding.Validate();
        var file = Open(FileBytes.Read(path), path, "mask");
        var header = file.Header;
        if (header.BitDepth < 16)
            return new ByteImage(header.Height, header.Width, 1, MaskIds.FromBytes(PngDecoder.Bytes(file, path), header.Width, encoding, path));
        if (!encoding.InstanceIds)
            throw new ImageFormatException(path,
                "this is a 16-bit image; a mask holds class ids of at most 8 bits. Read it as a map if its numbers are measurements, or as instance ids if they number objects.");
        var ids = Array.ConvertAll(PngDecoder.Words(file, path), word => (long)word);
        return new ByteImage(header.Height, header.Width, 1, MaskIds.FromNumbers(ids, header.Width, encoding, path));
    }

    /// <summary>A map of numbers, from a gray file of 1 to 16 bits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its numbers become values; default <see cref="MapEncoding.Plain"/>.</param>
    /// <returns>The values, NaN where there is none.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">As for <see cref="Read(string)"/>; also a palette image.</exception>
    public static FloatMap ReadMap(string path, MapEncoding? encoding = null)
    {
        encoding ??= MapEncoding.Plain;
        encoding.Validate();
        var file = Open(FileBytes.Read(path), path, "map");
        if (file.Header.Colour == PngColour.Palette)
            throw new ImageFormatException(path, "this is a palette image, whose numbers name colours; a map holds measurements. Save it as 8- or 16-bit gray, or read it as a mask.");
        var values = file.Header.BitDepth < 16
            ? MapValues.From(PngDecoder.Bytes(file, path), encoding)
            : MapValues.From(PngDecoder.Words(file, path), encoding);
        return new FloatMap(file.Header.Height, file.Header.Width, values);
    }

    private static RawLabelImage Read(byte[] bytes, string name)
    {
        var file = Open(bytes, name, "label image");
        var header = file.Header;
        return new RawLabelImage(header.Height, header.Width, header.BitDepth, header.Colour == PngColour.Palette, PngDecoder.Words(file, name));
    }

    private static PngFile Open(byte[] bytes, string name, string purpose)
    {
        var file = PngFile.Parse(bytes, name);
        if (file.Header.Channels == 1) return file;
        var kind = file.Header.Colour switch { PngColour.Rgb => "an RGB image", PngColour.RgbAlpha => "an RGB image with alpha", _ => "a gray image with alpha" };
        throw new ImageFormatException(name,
            $"this is {kind}; a {purpose} holds one number per pixel. Save it as gray, or as a palette image whose indices are the numbers "
            + "(in Cityscapes take *_labelIds.png, not *_color.png).");
    }
}
