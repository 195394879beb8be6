using System.Text.Json;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>
/// Reads annotations in COCO's JSON: polygons and run lengths of objects. A region of a crowd (iscrowd 1), in which single objects are not told
/// apart, becomes "no label". Large regions are drawn first, so that small ones before them stay visible.
/// </summary>
public static class CocoAnnotations
{
    /// <summary>The annotations of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no JSON, or not of this form; the message says what is missing.</exception>
    public static AnnotationSet Read(string path)
    {
        using var document = JsonText.Parse(path);
        var root = document.RootElement;
        var (images, categories, annotations) = (JsonText.List(root, "images", path), JsonText.List(root, "categories", path), JsonText.List(root, "annotations", path));
        var notes = new List<string>();
        var (classes, idOf) = Classes(categories, path, notes);
        var boxes = 0;
        var ofImage = new Dictionary<long, List<Annotation>>();
        foreach (var (annotation, i) in annotations.Select((annotation, i) => (annotation, i)))
        {
            var category = JsonText.Whole(annotation, "category_id", path);
            if (!idOf.TryGetValue(category, out var id))
                throw new ImageFormatException(path, FormattableString.Invariant($"annotation {i + 1} is of category {category}, which is not among the categories of the file."));
            var isCrowd = annotation.TryGetProperty("iscrowd", out var crowd) && crowd.ValueKind == JsonValueKind.Number && crowd.GetDouble() != 0;
            if (!annotation.TryGetProperty("segmentation", out var shape) || (shape.ValueKind == JsonValueKind.Array && shape.GetArrayLength() == 0) || shape.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
            {
                boxes++;
                continue;
            }
            var image = JsonText.Whole(annotation, "image_id", path);
            if (!ofImage.TryGetValue(image, out var list)) ofImage[image] = list = [];
            list.Add(new Annotation(i + 1, isCrowd ? MaskEncoding.Ignored : id, Shape.Read(shape, path, i + 1)));
        }
        if (boxes > 0) notes.Add(FormattableString.Invariant($"{boxes} annotations have a box but no region, and are not drawn."));
        var crowds = ofImage.Values.Sum(list => list.Count(annotation => annotation.Id == MaskEncoding.Ignored));
        if (crowds > 0) notes.Add(FormattableString.Invariant($"{crowds} regions are crowds (iscrowd), which become 255, no label."));
        return new AnnotationSet(classes, [.. images.Select(image =>
        {
            var size = new ImageSize((int)JsonText.Whole(image, "height", path), (int)JsonText.Whole(image, "width", path));
            if (size.Height < 1 || size.Width < 1 || (long)size.Height * size.Width > 1 << 30)
                throw new ImageFormatException(path, $"an image has the size {size}.");
            var own = ofImage.GetValueOrDefault(JsonText.Whole(image, "id", path), []);
            return new AnnotatedImage(JsonText.Text(image, "file_name", path), size) { Regions = () => Regions(own, size, path) };
        })], notes);
    }

    private static (AnnotatedClass[] Classes, Dictionary<long, byte> IdOf) Classes(JsonElement[] categories, string path, List<string> notes)
    {
        var ordered = categories.Select(category => (Id: JsonText.Whole(category, "id", path), Name: JsonText.Text(category, "name", path))).OrderBy(category => category.Id).ToArray();
        if (ordered.Length == 0) throw new ImageFormatException(path, "the file has no categories, so no classes.");
        if (ordered.Length > AnnotationSet.MostClasses)
            throw new ImageFormatException(path, FormattableString.Invariant($"the file has {ordered.Length} categories; a mask holds {AnnotationSet.MostClasses} beside the background at most. Leave out or join some."));
        var asTheyAre = ordered.All(category => category.Id is >= 1 and <= AnnotationSet.MostClasses) && ordered.DistinctBy(category => category.Id).Count() == ordered.Length;
        if (!asTheyAre) notes.Add(FormattableString.Invariant($"the ids of the categories are not all from 1 to {AnnotationSet.MostClasses}, so they are numbered from 1 in the order of their ids."));
        var classes = ordered.Select((category, i) => new AnnotatedClass((byte)(asTheyAre ? category.Id : i + 1), category.Name)).ToArray();
        var idOf = new Dictionary<long, byte>();
        for (var i = 0; i < ordered.Length; i++) idOf[ordered[i].Id] = classes[i].Id;
        return ([AnnotationSet.Background, .. classes], idOf);
    }

    private static (MaskRegion, byte)[] Regions(List<Annotation> annotations, ImageSize size, string path)
    {
        var drawn = annotations.Select(annotation =>
        {
            try
            {
                return (annotation.Shape.Region(size), annotation.Id, annotation.Number);
            }
            catch (FormatException e)
            {
                throw new ImageFormatException(path, FormattableString.Invariant($"annotation {annotation.Number}: {e.Message}."), e);
            }
        });
        return [.. drawn.OrderByDescending(region => region.Id == MaskEncoding.Ignored).ThenByDescending(region => region.Item1.Area).ThenBy(region => region.Number)
            .Select(region => (region.Item1, region.Id))];
    }

    private sealed record Annotation(int Number, byte Id, Shape Shape);

    /// <summary>Polygons, or run lengths with the size they are for.</summary>
    private sealed record Shape(double[][] Polygons, IReadOnlyList<long>? Runs, ImageSize Size)
    {
        public static Shape Read(JsonElement shape, string path, int number)
        {
            try
            {
                if (shape.ValueKind == JsonValueKind.Array)
                {
                    double[][] polygons = [.. shape.EnumerateArray().Select(polygon => polygon.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
                    return polygons.All(polygon => polygon.Length >= 6 && polygon.Length % 2 == 0 && polygon.All(double.IsFinite))
                        ? new Shape(polygons, null, default)
                        : throw new FormatException("a polygon has no three corners of two numbers each");
                }
                int[] size = [.. shape.GetProperty("size").EnumerateArray().Select(value => value.GetInt32())];
                var counts = shape.GetProperty("counts");
                return new Shape([], counts.ValueKind == JsonValueKind.String
                    ? CocoRuns.Unpack(counts.GetString()!)
                    : [.. counts.EnumerateArray().Select(value => value.GetInt64())], new ImageSize(size[0], size[1]));
            }
            catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
            {
                throw new ImageFormatException(path, FormattableString.Invariant($"annotation {number}: its segmentation is neither polygons nor run lengths ({e.Message.TrimEnd('.')})."), e);
            }
        }

        public MaskRegion Region(ImageSize size)
        {
            if (Runs is null) return MaskRegion.Union([.. Polygons.Select(polygon => MaskRegion.OfPolygon(polygon, size))], size);
            return Size == size ? CocoRuns.Region(Runs, size) : throw new FormatException($"its run lengths are for {Size} pixels, the image has {size}");
        }
    }
}
