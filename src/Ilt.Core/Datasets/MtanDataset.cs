using System.Globalization;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>An example of a data set in the layout of MTAN.</summary>
/// <param name="Id">The number in its files' names.</param>
/// <param name="ImagePath">The picture, [H, W, 3].</param>
/// <param name="LabelPath">The mask, [H, W], -1 for no label; null where the set has no folder <c>label</c>.</param>
/// <param name="DepthPath">The map, [H, W, 1]; null where the set has no folder <c>depth</c>.</param>
public sealed record MtanExample(string Id, string ImagePath, string? LabelPath, string? DepthPath);

/// <summary>
/// Lists and reads folders of NumPy arrays as the authors of MTAN (Liu, Johns and Davison, 2019) distribute Cityscapes and NYUv2:
/// <c>ROOT/SPLIT/image/NUMBER.npy</c>, <c>label/NUMBER.npy</c> and <c>depth/NUMBER.npy</c>.
/// </summary>
public static class MtanDataset
{
    private const string Layout = "an MTAN-style data set";

    /// <summary>The encoding of the depth arrays: the values as they are, 0 is no value.</summary>
    public static MapEncoding Depth { get; } = new() { Invalid = 0 };

    /// <summary>The examples of a split, by number.</summary>
    /// <param name="root">The folder that holds the split.</param>
    /// <param name="split">train or val.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of the pictures is missing.</exception>
    /// <exception cref="FileNotFoundException">There are no pictures, or a picture lacks its label or depth though there is a folder of them.</exception>
    /// <exception cref="ImageFormatException">A file's name is not a number.</exception>
    public static IReadOnlyList<MtanExample> List(string root, string split)
    {
        var images = DatasetFiles.Folder(root, Path.Combine(split, "image"), Layout);
        string? Companion(string kind, string image)
        {
            var folder = Path.Combine(root, split, kind);
            return Directory.Exists(folder) ? DatasetFiles.Companion(Path.Combine(folder, Path.GetFileName(image)), image) : null;
        }

        MtanExample[] examples = [.. Directory.EnumerateFiles(images, "*.npy")
            .Select(image => (Number: Number(image), Image: image))
            .OrderBy(file => file.Number)
            .Select(file => new MtanExample(Path.GetFileNameWithoutExtension(file.Image), file.Image, Companion("label", file.Image), Companion("depth", file.Image)))];
        return examples.Length > 0 ? examples : throw new FileNotFoundException($"{images}: there are no files NUMBER.npy in this folder.");
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">An array [H, W, 3] or [H, W].</param>
    /// <param name="scale">Factor from the numbers of a floating-point array to 0 .. 255; default 255. Arrays of bytes are taken as they are.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">A damaged file, another shape, or a number outside of 0 .. 255 after the factor.</exception>
    public static ByteImage ReadImage(string path, double scale = 255)
    {
        var array = NpyFile.Read(path);
        if (PictureShape.Read(array.Shape) is not { } size)
            throw new ImageFormatException(path,
                $"the NumPy array has the shape ({string.Join(", ", array.Shape)}); a picture has (height, width, 3), or (height, width) where it is gray.");
        if (array.Values.GetType() == typeof(byte[])) return new ByteImage(size.Height, size.Width, size.Channels, (byte[])array.Values);
        var factor = array.IsWhole ? 1 : scale;
        var pixels = Array.ConvertAll(array.ToDoubles(), value =>
        {
            // Half a step of tolerance on either side: resized pictures overshoot by rounding.
            var level = value * factor;
            if (!(level >= -0.5 && level <= 255.5))
                throw new ImageFormatException(path, FormattableString.Invariant(
                    $"the picture holds the number {value}, which times {factor} is outside of 0 .. 255; give the factor that fits its range."));
            return (byte)Math.Clamp(Math.Round(level), 0, 255);
        });
        return new ByteImage(size.Height, size.Width, size.Channels, pixels);
    }

    private static long Number(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ImageFormatException(path, "the name of this file is not a number; expected 0.npy, 1.npy and so on.");
}
