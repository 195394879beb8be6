namespace Ilt.Imaging;

/// <summary>
/// Reads label images: PNG files of one number per pixel, that is gray of 1, 2, 4, 8 or 16 bits, palette indices of 1, 2, 4 or 8 bits, gray with
/// alpha, or RGB whose three numbers are equal in every pixel. The numbers come out as they are in the file; general image readers scale them,
/// or replace indices by colours.
/// </summary>
public static class LabelPng
{
    /// <summary>The numbers of a label image.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not a PNG file, truncated or damaged, or with colours.</exception>
    public static RawLabelImage Read(string path) => Read(FileBytes.Read(path), path);

    /// <summary>The numbers of a label image.</summary>
    /// <param name="stream">The rest of this stream is read; it stays open.</param>
    /// <param name="name">Name for messages.</param>
    /// <exception cref="ImageFormatException">Not a PNG file, truncated or damaged, or with colours.</exception>
    public static RawLabelImage Read(Stream stream, string name) => Read(FileBytes.Read(stream), name);

    /// <summary>A mask of class ids.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its numbers become class ids; default <see cref="MaskEncoding.Plain"/>.</param>
    /// <returns>One channel of class ids, 255 where there is no label.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">
    /// As for <see cref="Read(string)"/>; also a number above 255 without <see cref="MaskEncoding.InstanceIds"/>, an id out of range, or a colour without a class.
    /// </exception>
    public static ByteImage ReadMask(string path, MaskEncoding? encoding = null)
    {
        encoding ??= MaskEncoding.Plain;
        encoding.Validate();
        var file = PngFile.Parse(FileBytes.Read(path), path);
        var header = file.Header;
        if (encoding.Colours is not null)
            return new ByteImage(header.Height, header.Width, 1, MaskIds.FromColours(MaskPixels.FromPng(file, path).Colours(path), header.Width, encoding, path));
        if (header.BitDepth < 16)
            return new ByteImage(header.Height, header.Width, 1, MaskIds.FromBytes(PngSamples.Bytes(file, path, "mask"), header.Width, encoding, path));
        var words = PngSamples.Words(file, path, "mask");
        if (!encoding.InstanceIds && Array.FindIndex(words, word => word > byte.MaxValue && word != encoding.IgnoreValue) is var large and >= 0)
            throw new ImageFormatException(path, FormattableString.Invariant(
                $"this is a 16-bit image; a mask holds class ids of at most 8 bits. Row {large / header.Width}, column {large % header.Width} (from 0) holds {words[large]}. Read it as a map if its numbers are measurements, or as instance ids if they number objects."));
        return new ByteImage(header.Height, header.Width, 1, MaskIds.FromNumbers(Array.ConvertAll(words, word => (long)word), header.Width, encoding, path));
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
        var file = PngFile.Parse(FileBytes.Read(path), path);
        if (file.Header.Colour == PngColour.Palette)
            throw new ImageFormatException(path, "this is a palette image, whose numbers name colours; a map holds measurements. Save it as 8- or 16-bit gray, or read it as a mask.");
        var values = file.Header.BitDepth < 16
            ? MapValues.From(PngSamples.Bytes(file, path, "map"), encoding)
            : MapValues.From(PngSamples.Words(file, path, "map"), encoding);
        return new FloatMap(file.Header.Height, file.Header.Width, values);
    }

    private static RawLabelImage Read(byte[] bytes, string name)
    {
        var file = PngFile.Parse(bytes, name);
        var header = file.Header;
        return new RawLabelImage(header.Height, header.Width, header.BitDepth, header.Colour == PngColour.Palette, PngSamples.Words(file, name, "label image"));
    }
}
