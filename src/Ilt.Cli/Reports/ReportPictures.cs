using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.Reports;
using SkiaSharp;

namespace Ilt.Cli.Reports;

/// <summary>Pictures of rows for a report, small enough that hundreds fit into a page, and the parts of their label images that do not fit.</summary>
internal sealed class ReportPictures
{
    private const int LongestSide = 192, LosslessSide = 64, OverlaySide = 320, Quality = 82;

    private readonly string folder;
    private readonly RunRecord record;
    private readonly ReportData data;
    private readonly string[] paths;
    private readonly ILookup<(string Task, string Id), RegionRow> regions;
    private readonly Dictionary<string, ImageSize> sizes = [];

    /// <summary>Of a run.</summary>
    /// <param name="folder">Its results.</param>
    /// <param name="record">Its record, which has images.</param>
    /// <param name="data">Its table.</param>
    public ReportPictures(string folder, RunRecord record, ReportData data)
    {
        (this.folder, this.record, this.data) = (folder, record, data);
        paths = ImagePlan.PathsOf(data.Table, record.Images!.Column, data.PathOf(record.Images.Folder), "--image");
        regions = RegionFiles.Read(Path.Combine(folder, RegionFiles.FileName)).ToLookup(region => (region.Task, region.Id));
    }

    /// <summary>Pictures that cannot be read any more.</summary>
    public int Unreadable { get; private set; }

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
            sizes[id] = picture.Size;
            if (longest > LosslessSide) return Jpeg(picture);
            using var stream = new MemoryStream();
            PngWriter.Write(stream, picture);
            return stream.ToArray();
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
        if (!regions.Contains((task, id)) || !sizes.TryGetValue(id, out var size)) return null;
        var (y, x) = ((double)size.Height / record.Images!.Height, (double)size.Width / record.Images.Width);
        return [.. regions[(task, id)].Select(region => new ReportRegion(
            region.Given, region.Suggested, (int)Math.Round(region.Box.Top * y), (int)Math.Round(region.Box.Left * x),
            Math.Max(1, (int)Math.Round(region.Box.Height * y)), Math.Max(1, (int)Math.Round(region.Box.Width * x)), region.Share))];
    }

    /// <summary>The picture with the heat of its label over it; null where there is none.</summary>
    public byte[]? Overlay(string task, int rank, string id)
    {
        var path = Path.Combine(folder, RegionFiles.FolderName, FileNames.Safe(task), RegionFiles.HeatMapName(rank, id));
        if (!File.Exists(path)) return null;
        using var bitmap = SKBitmap.Decode(path);
        if (bitmap is null) return null;
        var longest = Math.Max(bitmap.Height, bitmap.Width);
        using var small = longest <= OverlaySide ? bitmap.Copy()
            : bitmap.Resize(new SKImageInfo(Math.Max(1, bitmap.Width * OverlaySide / longest), Math.Max(1, bitmap.Height * OverlaySide / longest)), SKFilterQuality.High);
        using var encoded = small.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }

    private static int Side(int side, int longest) => Math.Max(1, (int)Math.Round((double)side * LongestSide / longest));

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
