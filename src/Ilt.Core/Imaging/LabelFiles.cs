namespace Ilt.Imaging;

/// <summary>Reads masks and maps from the formats they come in, which the first bytes of a file tell, whatever it is called: PNG or NumPy, and for masks pictures that a decoder of the caller's reads.</summary>
public static class LabelFiles
{
    /// <summary>A mask of class ids: a PNG file of one number per pixel, or a NumPy array [H, W], [H, W, 1] or [1, H, W] of whole numbers (-1 is no label).</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its numbers become class ids; default <see cref="MaskEncoding.Plain"/>.</param>
    /// <param name="decode">
    /// What decodes GIF, BMP, WebP and JPEG pictures to RGB; null: they are refused. JPEG and lossy WebP change numbers, so they are read as
    /// masks of background and foreground only (<see cref="MaskEncoding.Binary"/>), parted at 128.
    /// </param>
    /// <returns>One channel of class ids, 255 where there is no label.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">
    /// Another format, a damaged file, a file that is no mask, or an id out of range; the message names file and pixel.
    /// </exception>
    public static ByteImage ReadMask(string path, MaskEncoding? encoding = null, Func<string, ByteImage>? decode = null)
    {
        var format = FormatOf(path, "mask", decode is not null);
        if (format == PictureFormat.Png) return LabelPng.ReadMask(path, encoding);
        encoding ??= MaskEncoding.Plain;
        encoding.Validate();
        if (format != PictureFormat.NumPy) return FromPicture(path, encoding, format is PictureFormat.Jpeg or PictureFormat.WebP, decode!);
        var array = NpyFile.Read(path);
        var (height, width) = SizeOf(array, path, "mask");
        return new ByteImage(height, width, 1, MaskIds.FromNumbers(array.ToIntegers(), width, encoding, path));
    }

    /// <summary>A map of numbers: a gray PNG file of up to 16 bits, or a NumPy array [H, W], [H, W, 1] or [1, H, W].</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its numbers become values; default <see cref="MapEncoding.Plain"/>.</param>
    /// <returns>The values, NaN where there is none.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">
    /// Another extension, a damaged file, a file that is no map, an infinite value, or NaN where the encoding does not allow it; the message
    /// names file and pixel.
    /// </exception>
    public static FloatMap ReadMap(string path, MapEncoding? encoding = null)
    {
        if (FormatOf(path, "map", canDecode: false) == PictureFormat.Png) return LabelPng.ReadMap(path, encoding);
        encoding ??= MapEncoding.Plain;
        encoding.Validate();
        var array = NpyFile.Read(path);
        var (height, width) = SizeOf(array, path, "map");
        return new FloatMap(height, width, MapValues.From(array.ToDoubles(), width, encoding, path));
    }

    /// <summary>Refuses a mask or map whose size is not that of its image.</summary>
    /// <param name="labelPath">File of the mask or map.</param>
    /// <param name="label">Its size.</param>
    /// <param name="imagePath">File of the image.</param>
    /// <param name="image">Its size.</param>
    /// <exception cref="ImageFormatException">The sizes differ.</exception>
    public static void RequireSize(string labelPath, ImageSize label, string imagePath, ImageSize image)
    {
        if (label != image)
            throw new ImageFormatException(labelPath, FormattableString.Invariant(
                $"this label has {label.Height} x {label.Width} pixels (height x width), but its image {imagePath} has {image.Height} x {image.Width}; they must show the same pixels."));
    }

    /// <summary>The format of a mask or map file that can be read.</summary>
    /// <exception cref="ImageFormatException">It cannot; the message says what to do.</exception>
    internal static PictureFormat FormatOf(string path, string purpose, bool canDecode)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var format = PictureFormats.OfFile(path);
        if (format is PictureFormat.Png or PictureFormat.NumPy || (canDecode && format is PictureFormat.Gif or PictureFormat.Bmp or PictureFormat.WebP or PictureFormat.WebPLossless or PictureFormat.Jpeg))
            return format;
        if (PictureFormats.Unread(format) is { } unread) throw new ImageFormatException(path, unread);
        // A file that is absent, or begins with nothing that is known: its name says what it is to be.
        var extension = Path.GetExtension(path).ToLowerInvariant();
        return extension switch
        {
            ".npy" => PictureFormat.NumPy,
            ".png" => PictureFormat.Png,
            ".jpg" or ".jpeg" => throw new ImageFormatException(path, $"JPEG changes the numbers of its pixels, so a {purpose} cannot be read from it; save it as .png or .npy."),
            _ => throw new ImageFormatException(path, $"a {purpose} is read from .png or .npy files; found the extension '{extension}'."),
        };
    }

    private static ByteImage FromPicture(string path, MaskEncoding encoding, bool isLossy, Func<string, ByteImage> decode)
    {
        if (isLossy && !encoding.IsBinary)
            throw new ImageFormatException(path, $"JPEG and lossy WebP change the numbers of their pixels, so a mask cannot be read from it; save it as .png or .npy. Only background and foreground can be told apart ({nameof(MaskEncoding)}.{nameof(MaskEncoding.Binary)}).");
        var pixels = MaskPixels.FromPicture(decode(path));
        if (encoding.Colours is not null)
            return new ByteImage(pixels.Height, pixels.Width, 1, MaskIds.FromColours(pixels.Colours(path), pixels.Width, encoding, path));
        var numbers = isLossy
            ? Array.ConvertAll(pixels.Values, colour => ((colour >> 16) + (colour >> 8 & 0xFF) + (colour & 0xFF)) / 3 < 128 ? 0L : 255)
            : Array.ConvertAll(pixels.Numbers() ?? throw new ImageFormatException(path,
                $"this picture has colours; a mask holds one number per pixel. Say which colour is which class ({nameof(MaskEncoding)}.{nameof(MaskEncoding.Colours)})."), number => (long)number);
        return new ByteImage(pixels.Height, pixels.Width, 1, MaskIds.FromNumbers(numbers, pixels.Width, encoding, path));
    }

    internal static (int Height, int Width) SizeOf(NpyArray array, string path, string purpose)
    {
        if (PictureShape.Read(array.Shape) is { Channels: 1 } shape) return (shape.Height, shape.Width);
        throw new ImageFormatException(path,
            $"the NumPy array has the shape ({string.Join(", ", array.Shape)}); a {purpose} has one number per pixel: (height, width) or (height, width, 1).");
    }
}
