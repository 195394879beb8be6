using System.Text.Json;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>
/// Reads the JSON files of labelme, one per image: polygons, rectangles, circles and masks with a text each. The texts in ordinal order are the
/// classes from 1; <c>_background_</c> is 0, and <c>__ignore__</c> means no label. Regions are drawn in the order of the file.
/// </summary>
public static class LabelmeFiles
{
    private const string BackgroundLabel = "_background_", IgnoredLabel = "__ignore__";

    /// <summary>The annotations of several files; the name of each image is that of its file, whose extension is another.</summary>
    /// <param name="folder">Folder that the names of images start from.</param>
    /// <param name="paths">The files.</param>
    /// <exception cref="ImageFormatException">A file is no JSON, or not of this form.</exception>
    public static AnnotationSet Read(string folder, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = paths.Select(path => (Path: path, Content: ReadOne(path))).ToArray();
        string[] names = [.. files.SelectMany(file => file.Content.Shapes).Where(shape => shape.Region is not null).Select(shape => shape.Label).Where(label => label is not (BackgroundLabel or IgnoredLabel)).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length > AnnotationSet.MostClasses)
            throw new ImageFormatException(folder, FormattableString.Invariant($"the files have {names.Length} labels; a mask holds {AnnotationSet.MostClasses} beside the background at most. Give the objects of one class one label, and tell them apart by group_id."));
        var idOf = names.Select((name, i) => (name, Id: (byte)(i + 1))).Append((BackgroundLabel, (byte)0)).Append((IgnoredLabel, MaskEncoding.Ignored)).ToDictionary(entry => entry.Item1, entry => entry.Item2);
        var notes = files.SelectMany(file => file.Content.Shapes).Where(shape => shape.Region is null).GroupBy(shape => shape.Kind).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FormattableString.Invariant($"{group.Count()} shapes of the kind {group.Key} enclose no pixels, and are not drawn.")).ToArray();
        return new AnnotationSet(
            [AnnotationSet.Background, .. names.Select((name, i) => new AnnotatedClass((byte)(i + 1), name))],
            [.. files.Select(file => new AnnotatedImage(Path.GetRelativePath(folder, file.Path).Replace('\\', '/'), file.Content.Size)
            {
                Regions = () => [.. file.Content.Shapes.Where(shape => shape.Region is not null).Select(shape => (shape.Region!(), idOf[shape.Label]))],
            })],
            notes);
    }

    private static (ImageSize Size, Shape[] Shapes) ReadOne(string path)
    {
        using var document = JsonText.Parse(path);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("shapes", out _))
            throw new ImageFormatException(path, "the file has no list 'shapes'; expected a file that labelme wrote.");
        var size = new ImageSize((int)JsonText.Whole(root, "imageHeight", path), (int)JsonText.Whole(root, "imageWidth", path));
        if (size.Height < 1 || size.Width < 1 || (long)size.Height * size.Width > 1 << 30) throw new ImageFormatException(path, $"the image has the size {size}.");
        return (size, [.. JsonText.List(root, "shapes", path).Select((shape, i) => ReadShape(shape, size, path, i + 1))]);
    }

    private static Shape ReadShape(JsonElement shape, ImageSize size, string path, int number)
    {
        var label = JsonText.Text(shape, "label", path);
        var kind = shape.TryGetProperty("shape_type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "polygon";
        try
        {
            double[] points = [.. shape.GetProperty("points").EnumerateArray().SelectMany(point => point.EnumerateArray().Select(value => value.GetDouble()))];
            return new Shape(label, kind, kind switch
            {
                "polygon" when points.Length >= 6 => () => MaskRegion.OfPolygon(points, size),
                "rectangle" when points.Length >= 4 => () => MaskRegion.OfPolygon([points[0], points[1], points[2], points[1], points[2], points[3], points[0], points[3]], size),
                "circle" when points.Length >= 4 => () => Circle(points, size),
                "mask" when points.Length >= 4 && shape.TryGetProperty("mask", out var mask) => Mask(Convert.FromBase64String(mask.GetString() ?? ""), points, size, path, number),
                _ => null,
            });
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException and not ImageFormatException)
        {
            throw new ImageFormatException(path, FormattableString.Invariant($"shape {number} ('{label}') is broken ({e.Message.TrimEnd('.')})."), e);
        }
    }

    // Centre, and a point on the circle.
    private static MaskRegion Circle(double[] points, ImageSize size)
    {
        var radius = Math.Sqrt(Math.Pow(points[2] - points[0], 2) + Math.Pow(points[3] - points[1], 2));
        var runs = new List<(int, int)>();
        for (var row = 0; row < size.Height; row++)
        {
            var half = (radius * radius) - Math.Pow(row + 0.5 - points[1], 2);
            if (half < 0) continue;
            var first = (int)Math.Clamp(Math.Ceiling(points[0] - Math.Sqrt(half) - 0.5), 0, size.Width);
            var end = (int)Math.Clamp(Math.Floor(points[0] + Math.Sqrt(half) - 0.5) + 1, 0, size.Width);
            if (first < end) runs.Add(((row * size.Width) + first, (row * size.Width) + end));
        }
        return new MaskRegion(runs);
    }

    // A PNG of the box whose upper left corner is the first point.
    private static Func<MaskRegion> Mask(byte[] png, double[] points, ImageSize size, string path, int number)
    {
        var box = PngImage.ReadImage(png, FormattableString.Invariant($"{path}: shape {number}"), channels: 1);
        var (left, top) = ((int)Math.Round(points[0]), (int)Math.Round(points[1]));
        return () =>
        {
            var pixels = new byte[size.PixelCount];
            for (var y = Math.Max(0, -top); y < box.Height && top + y < size.Height; y++)
                for (var x = Math.Max(0, -left); x < box.Width && left + x < size.Width; x++)
                    pixels[((top + y) * size.Width) + left + x] = box.Pixels[(y * box.Width) + x];
            return MaskRegion.OfPixels(pixels);
        };
    }

    private sealed record Shape(string Label, string Kind, Func<MaskRegion>? Region);
}
