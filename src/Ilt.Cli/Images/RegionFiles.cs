using System.Globalization;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Images;

/// <summary>A part of a label image that does not fit: one row of <c>regions.csv</c>.</summary>
/// <param name="Task">The task.</param>
/// <param name="Id">The row's id.</param>
/// <param name="Rank">The row's rank within the task.</param>
/// <param name="Region">From 1 within the row, the most suspicious first.</param>
/// <param name="Given">The given class, or the mean of the given values.</param>
/// <param name="Suggested">The class the network sees, or the mean of its values.</param>
/// <param name="Box">Where it is, in pixels of the image as trained.</param>
/// <param name="Pixels">Its pixels.</param>
/// <param name="Share">Their share of the image's labelled pixels.</param>
/// <param name="Heat">Mean heat.</param>
internal sealed record RegionRow(string Task, string Id, int Rank, int Region, string Given, string Suggested, RegionBox Box, int Pixels, double Share, double Heat);

/// <summary>Where in the most suspicious label images the label does not fit: <c>regions.csv</c> and a heat map per image.</summary>
internal static class RegionFiles
{
    /// <summary>The list's name within the output folder.</summary>
    public const string FileName = "regions.csv";

    /// <summary>The folder of the heat maps within the output folder; in it one folder per task.</summary>
    public const string FolderName = "heatmaps";

    private const int ShownSide = 384;

    /// <summary>The columns of the list in order.</summary>
    public static IReadOnlyList<string> Header { get; } =
        ["task", "id", "rank", "region", "given", "suggested", "top", "left", "height", "width", "pixels", "share", "heat"];

    /// <summary>Looks into the first rows of every pixel task, and writes; nothing where there is no such task.</summary>
    public static IReadOnlyList<RegionRow> Write(FlagOptions options, FlagData data, FlagResult result, CancellationToken cancellation)
    {
        var rows = new List<RegionRow>();
        if (data.Images is not { } plan || !data.Labels.Any(label => label.Spec.IsPerPixel))
            return rows;
        AtomicFile.Remove(Path.Combine(options.Out, FileName));
        var paths = plan.PathsOf(data.Table);
        foreach (var label in data.Labels.Where(label => label.Spec.IsPerPixel))
        {
            var task = label.Spec.Name;
            var folder = PrepareFolder(Path.Combine(options.Out, FolderName, FileNames.Safe(task)));
            var ranked = result.Rows.Where(row => row.Task == task).ToDictionary(row => row.Id, StringComparer.Ordinal);
            foreach (var found in result.Fitted.ExamineLabelImages(result.TrainingView, task, plan.Options.Regions))
            {
                // After Ctrl-C what has been learned is to be written soon.
                if (cancellation.IsCancellationRequested && rows.Count > 0)
                    break;
                var tableRow = data.RowOf(found.Id);
                var row = ranked[data.Ids.Ids[tableRow]];
                rows.AddRange(found.Regions.Select((region, i) => Describe(row, i + 1, region, value => label.Spec.Syntax.PixelText(value, plan, task))));
                var name = HeatMapName(row.Rank, row.Id);
                var picture = Draw(found, paths[tableRow]);
                AtomicFile.Write(Path.Combine(folder, name), stream => PngWriter.Write(stream, picture));
            }
        }

        CsvOutput.Write(Path.Combine(options.Out, FileName), Header, rows.Select(Fields), options.CsvSafe);
        return rows;
    }

    /// <summary>The name of a row's heat map in the folder of its task.</summary>
    public static string HeatMapName(int rank, string id) => string.Create(CultureInfo.InvariantCulture, $"{rank:D4}-{FileNames.Safe(id)}.png");

    /// <summary>Reads the list; nothing where there is none.</summary>
    public static IReadOnlyList<RegionRow> Read(string path)
    {
        // A run may find no region, and no table is without rows.
        if (!File.Exists(path) || !File.ReadLines(path).Skip(1).Any())
            return [];
        var table = TableReader.Read(path);
        var text = CsvSafe.Undo(Enumerable.Range(0, table.RowCount).SelectMany(row => (string[])["task", "id", "given", "suggested"], (row, name) => table.Column(name, path)[row]));
        return [.. Enumerable.Range(0, table.RowCount).Select(row => new RegionRow(
            text(Cell("task", row)), text(Cell("id", row)), Whole("rank", row), Whole("region", row), text(Cell("given", row)), text(Cell("suggested", row)),
            new RegionBox(Whole("top", row), Whole("left", row), Whole("height", row), Whole("width", row)), Whole("pixels", row), Number("share", row), Number("heat", row)))];

        string Cell(string name, int row) => table.Column(name, path)[row];
        int Whole(string name, int row) => (int)Number(name, row);
        double Number(string name, int row) => Numbers.TryParse(Cell(name, row), out var number)
            ? number
            : throw new UserErrorException($"{table.Column(name, path).Where(row)}: '{Cell(name, row)}' is no number.");
    }

    /// <summary>The heat over the image, small ones enlarged so that a person sees something.</summary>
    private static ByteImage Draw(LabelImageExamination found, string imagePath)
    {
        var factor = Math.Max(1, ShownSide / Math.Max(found.Size.Height, found.Size.Width));
        var size = new ImageSize(found.Size.Height * factor, found.Size.Width * factor);
        var heat = new float[size.PixelCount];
        PixelResize.Nearest<float>(found.Heat, found.Size, 1, heat, size);
        var regions = found.Regions.Select(r => r with { Box = new RegionBox(r.Box.Top * factor, r.Box.Left * factor, r.Box.Height * factor, r.Box.Width * factor) }).ToArray();
        return HeatMapPicture.Draw(heat, size.Height, size.Width, image: PixelResize.BilinearImage(Picture.Read(imagePath, found.Size), size), regions: regions);
    }

    /// <summary>Makes a folder of ranked pictures, and removes those of an earlier run, which would not fit the new ranking.</summary>
    public static string PrepareFolder(string folder)
    {
        AtomicFile.RequireWritableFolder(folder, "--out");
        foreach (var old in Directory.EnumerateFiles(folder, "????-*.png").ToArray())
            AtomicFile.Remove(old);
        return folder;
    }

    private static RegionRow Describe(ScoredRow row, int number, FlaggedRegion region, Func<float, string> text) => new(
        row.Task, row.Id, row.Rank, number,
        text(region.Given), text(region.Suggested), region.Box, region.Pixels, region.Share, region.MeanHeat);

    private static string[] Fields(RegionRow row) =>
    [
        row.Task, row.Id, Text(row.Rank), Text(row.Region), row.Given, row.Suggested, Text(row.Box.Top), Text(row.Box.Left), Text(row.Box.Height), Text(row.Box.Width),
        Text(row.Pixels), Numbers.Format((float)row.Share), Numbers.Format((float)row.Heat),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
