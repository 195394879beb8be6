namespace Ilt.Imaging;

/// <summary>Reads masks and maps from the formats they come in, chosen by the file's extension: <c>.png</c> or <c>.npy</c>.</summary>
public static class LabelFiles
{
    /// <summary>A mask of class ids: a PNG file of one number per pixel, or a NumPy array [H, W], [H, W, 1] or [1, H, W] of whole numbers (-1 is no label).</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How its numbers become class ids; default <see cref="MaskEncoding.Plain"/>.</param>
    /// <returns>One channel of class ids, 255 where there is no label.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">
    /// Another extension, a damaged file, a file that is no mask, or an id out of range; the message names file and pixel.
    /// </exception>
    public static ByteImage ReadMask(string path, MaskEncoding? encoding = null)
    {
        if (!IsNumPy(path, "mask")) return LabelPng.ReadMask(path, encoding);
        encoding ??= MaskEncoding.Plain;
        encoding.Validate();
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
        if (!IsNumPy(path, "map")) return LabelPng.ReadMap(path, encoding);
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

    private static bool IsNumPy(string path, string purpose)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var extension = Path.GetExtension(path).ToLowerInvariant();
        return extension switch
        {
            ".npy" => true,
            ".png" => false,
            ".jpg" or ".jpeg" => throw new ImageFormatException(path, $"JPEG changes the numbers of its pixels, so a {purpose} cannot be read from it; save it as .png or .npy."),
            _ => throw new ImageFormatException(path, $"a {purpose} is read from .png or .npy files; found the extension '{extension}'."),
        };
    }

    private static (int Height, int Width) SizeOf(NpyArray array, string path, string purpose)
    {
        if (PictureShape.Read(array.Shape) is { Channels: 1 } shape) return (shape.Height, shape.Width);
        throw new ImageFormatException(path,
            $"the NumPy array has the shape ({string.Join(", ", array.Shape)}); a {purpose} has one number per pixel: (height, width) or (height, width, 1).");
    }
}
