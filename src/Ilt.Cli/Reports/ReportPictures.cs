using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Imaging;
using Ilt.Reports;
using SkiaSharp;

namespace Ilt.Cli.Reports;

/// <summary>Pictures of rows for a report, small enough that hundreds fit into a page, and the parts of their label images that do not fit.</summary>
internal sealed class ReportPictures
{
    private const int LongestSide = 192, LosslessSide = 64, Quality = 82;

    private readonly RunRecord record;
    private readonly ReportData data;
    private readonly string[] paths;
    private readonly ILookup<(string Task, string Id), RegionRow> regions;
    private readonly Dictionary<string, ByteImage> shown = [];
    private readonly Dictionary<string, string[]> labelPaths = [];
    private readonly Dictionary<string, ClassColours> classes = [];
    private readonly HashSet<string> drawn = [];

    /// <summary>Of a run.</summary>
    /// <param name="folder">Its results.</param>
    /// <param name="record">Its record, which has images.</param>
    /// <param name="data">Its table.</param>
    public ReportPictures(string folder, RunRecord record, ReportData data)
    {
        (this.record, this.data) = (record, data);
        paths = ImagePlan.PathsOf(data.Table, record.Images!.Column, data.PathOf(record.Images.Folder), "--image");
        regions = RegionFiles.Read(Path.Combine(folder, RegionFiles.FileName)).ToLookup(region => (region.Task, region.Id));
    }

    /// <summary>Pictures that cannot be read any more.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Label images that cannot be read any more.</summary>
    public int UnreadableLabels { get; private set; }

    /// <summary>The picture of a row; null: it cannot be read.</summary>
    public byte[]? Of(string id)
    {
        if (data.RowOf(id) is not { } row || paths[row].Length == 0) return null;
        try
        {
            var picture = Picture.Read(paths[row]);
            var longest = Math.Max(picture.Size.Height, picture.Size.Width);
            if (longest > LongestSide)
                picture = PixelResize.BilinearImage(picture, new ImageSize(Side(picture.Size.Height, longest), Side(picture.Size.Width, longest)));
            shown[id] = picture;
            return Encoded(picture);
        }
        catch (ImageFormatException)
        {
            Unreadable++;
            return null;
        }
    }

    /// <summary>The parts of a row's label image that do not fit, in pixels of its picture; null where nobody has looked. After <see cref="Of"/>.</summary>
    public IReadOnlyList<ReportRegion>? Regions(string task, string id)
    {
        if (!regions.Contains((task, id)) || !shown.TryGetValue(id, out var picture)) return null;
        var (y, x) = ((double)picture.Height / record.Images!.Height, (double)picture.Width / record.Images.Width);
        return [.. regions[(task, id)].Select(region => new ReportRegion(
            region.Given, region.Suggested, (int)Math.Round(region.Box.Top * y), (int)Math.Round(region.Box.Left * x),
            Math.Max(1, (int)Math.Round(region.Box.Height * y)), Math.Max(1, (int)Math.Round(region.Box.Width * x)), region.Share))];
    }

    /// <summary>The picture with the given label image over it, in the picture's size; null where there is none. After <see cref="Of"/>.</summary>
    public byte[]? Overlay(RunTask task, string id)
    {
        if (task.Kind is not ("mask" or "map") || !shown.TryGetValue(id, out var picture) || data.RowOf(id) is not { } row) return null;
        if (!labelPaths.TryGetValue(task.Name, out var files))
            labelPaths[task.Name] = files = ImagePlan.PathsOf(data.Table, task.Columns[0], data.PathOf(record.Images!.LabelFolder), "--task");
        if (task.ClassValues is { } values && !classes.ContainsKey(task.Name))
            classes[task.Name] = new ClassColours(task, values);
        try
        {
            var overlay = Encoded(task.Kind != "mask" ? LabelPicture.OfMap(files[row], picture, record.Images!.MapInvalid)
                : classes.TryGetValue(task.Name, out var colours) ? LabelPicture.OfMask(files[row], picture, colours)
                : LabelPicture.OfMask(files[row], picture, record.Images!.IgnoreValue));
            drawn.Add(task.Name);
            return overlay;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            UnreadableLabels++;
            return null;
        }
    }

    /// <summary>Which colour is which class in the drawn masks of a task, and what else there is to say of the colours; nulls where no mask is drawn, or the run does not say. After <see cref="Overlay"/>.</summary>
    public (IReadOnlyList<ReportColour>? Key, string? Note) Colours(RunTask task) =>
        task.Kind != "mask" || !drawn.Contains(task.Name) ? (null, null)
        : classes.TryGetValue(task.Name, out var colours) ? (colours.Key, colours.Note)
        : record.Images!.InstanceIds ? (null, "They only part the objects of a mask from each other.") : (null, null);

    private static int Side(int side, int longest) => Math.Max(1, (int)Math.Round((double)side * LongestSide / longest));

    // Small ones are shown enlarged, where the blocks of JPEG would be seen.
    private static byte[] Encoded(ByteImage picture)
    {
        if (Math.Max(picture.Height, picture.Width) > LosslessSide) return Jpeg(picture);
        using var stream = new MemoryStream();
        PngWriter.Write(stream, picture);
        return stream.ToArray();
    }

    private static byte[] Jpeg(ByteImage picture)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Size.Width, picture.Size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var channels = picture.Channels;
        var target = new byte[bitmap.ByteCount];
        for (var i = 0; i < picture.Size.PixelCount; i++)
        {
            for (var c = 0; c < 3; c++) target[(i * 4) + c] = picture.Pixels[(i * channels) + (channels == 1 ? 0 : c)];
            target[(i * 4) + 3] = byte.MaxValue;
        }
        System.Runtime.InteropServices.Marshal.Copy(target, 0, bitmap.GetPixels(), target.Length);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }
}
