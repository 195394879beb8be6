using Ilt.Cli.Output;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>Writes predicted masks and maps in the size of the image they were predicted from: FOLDER/TASK/ID.png or .npy.</summary>
/// <param name="folder">The folder.</param>
/// <param name="from">The folder from which the paths start that a table is to name.</param>
/// <param name="ids">Ids by row.</param>
/// <param name="images">Image files by row.</param>
/// <param name="inputs">What is not to be written over.</param>
internal sealed class PixelFiles(string folder, string from, IReadOnlyList<string> ids, IReadOnlyList<string> images, NamedFiles inputs)
{
    private readonly string[] names = FileNames.Distinct(ids);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>What stands in the files for a value of a map; null: the value itself.</summary>
    public Func<float, float>? MapNumber { get; init; }

    /// <summary>Files written.</summary>
    public int Count { get; private set; }

    /// <summary>Writes a mask as 8-bit PNG, with the numbers or colours of the files trained on; gives its path for the table.</summary>
    /// <param name="task">The task.</param>
    /// <param name="row">The row.</param>
    /// <param name="size">The size of <paramref name="classes"/>.</param>
    /// <param name="classes">Classes from 0.</param>
    /// <param name="values">What stands for each class, a number or a colour #rrggbb; null: its number.</param>
    public string WriteMask(string task, int row, ImageSize size, byte[] classes, IReadOnlyList<string>? values)
    {
        var mask = PixelResize.NearestMask(new ByteImage(size.Height, size.Width, 1, classes), ImageFile.Read(images[row]).Size);
        var written = values is null ? mask : AsInFiles(mask, values);
        return Write(task, row, ".png", stream => PngWriter.Write(stream, written));
    }

    // Values that are neither were given by a program, which knows what its classes are.
    private static ByteImage AsInFiles(ByteImage mask, IReadOnlyList<string> values)
    {
        if (values.Any(value => MaskClasses.NumberOf(value) is null))
            return mask;
        int[] numbers = [.. values.Select(value => MaskClasses.NumberOf(value)!.Value)];
        if (!values[0].StartsWith('#'))
            return numbers.Max() > byte.MaxValue ? mask : mask with { Pixels = Array.ConvertAll(mask.Pixels, id => (byte)numbers[id]) };
        var pixels = new byte[mask.Pixels.Length * 3];
        for (var i = 0; i < mask.Pixels.Length; i++)
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)(numbers[mask.Pixels[i]] >> 16), (byte)(numbers[mask.Pixels[i]] >> 8), (byte)numbers[mask.Pixels[i]]);
        return new ByteImage(mask.Height, mask.Width, 3, pixels);
    }

    /// <summary>Writes a map as NumPy array [height, width] of 32-bit numbers, in the units of the labels or of <see cref="MapNumber"/>; gives its path for the table.</summary>
    public string WriteMap(string task, int row, ImageSize size, float[] values)
    {
        var map = PixelResize.NearestMap(new FloatMap(size.Height, size.Width, MapNumber is null ? values : [.. values.Select(MapNumber)]), ImageFile.Read(images[row]).Size);
        return Write(task, row, ".npy", stream => NpyFile.Write(stream, NpyArray.Create(map.Values, map.Height, map.Width)));
    }

    private string Write(string task, int row, string extension, Action<Stream> write)
    {
        var place = Path.Combine(folder, FileNames.Safe(task));
        if (!Directory.Exists(place))
            AtomicFile.RequireWritableFolder(place, "--pixels");
        var path = Path.Combine(place, names[row] + extension);
        inputs.RequireOther(path, $"--pixels {folder}");
        AtomicFile.Write(path, write);
        Count++;
        return Path.GetRelativePath(Path.GetFullPath(from), Path.GetFullPath(path)).Replace('\\', '/');
    }
}
