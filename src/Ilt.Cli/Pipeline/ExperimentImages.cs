using System.Runtime.InteropServices;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Experiments;
using Ilt.Imaging;
using Ilt.Rows;
using Ilt.Torch;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Reads listings of images, as <c>ilt list</c> writes them, for experiments: pictures, masks and maps are brought to one size.</summary>
internal static class ExperimentImages
{
    private const int Channels = 3;

    /// <summary>The listings, and all files that they name.</summary>
    public static IReadOnlyList<string> Files(DataSet set, string path)
    {
        var options = ImageListingOptions.Read(set);
        return [.. Listings(options, path).SelectMany(listing => FilesOf(set, options, listing))];
    }

    /// <summary>Reads the images.</summary>
    public static LoadedData Read(DataSet set, string path, int seed)
    {
        var options = ImageListingOptions.Read(set);
        var specs = TaskSpec.ParseAll([.. set.TaskTexts]);
        var tables = Listings(options, path).Select(listing => TableReader.Read(listing)).ToArray();
        // Class names are those of both parts, so that a class has one number in each.
        var labels = tables.Select(table => specs.Select((spec, k) => IsFile(set, k) ? null : spec.Syntax.Learned(TaskLabel.Read(table, spec))).ToArray()).ToArray();
        for (var k = 0; k < specs.Count; k++)
            if (labels.Any(part => part[k]?.ClassNames is { } names && !names.SequenceEqual(labels[0][k]!.ClassNames!)))
                throw new UserErrorException($"{specs[k].Option}: the classes of {tables[1].Source.Path} differ from those of {tables[0].Source.Path}; list the same ones in both.");
        TaskDefinition[] tasks = [.. specs.Select((spec, k) => set.Tasks[k].Form switch
        {
            LabelForm.Mask => new PixelClassificationTask(spec.Name, options.Mask.ClassCount!.Value),
            LabelForm.Map => new PixelRegressionTask(spec.Name),
            _ => labels[0][k]!.Task,
        })];
        var parts = tables.Select((table, part) => ReadPart(set, options, specs, labels[part], table, part == 0 ? set.Rows : set.TestRows)).ToArray();
        if (parts.Length == 2) return new LoadedData(tasks, parts[0], parts[1]);
        var classes = parts[0].Labels.OfType<ClassLabels>().Select(label => label.Classes.ToArray()).ToArray();
        var split = RowSplit.Split(parts[0].RowCount, classes, set.TestShare, seed);
        return new LoadedData(tasks, parts[0].Subset(split.Training), parts[0].Subset(split.Validation));
    }

    private static string[] Listings(ImageListingOptions options, string path) =>
        options.Test is { } test ? [path, Path.Combine(Path.GetDirectoryName(path)!, test)] : [path];

    private static bool IsFile(DataSet set, int task) => set.Tasks[task].Form is LabelForm.Mask or LabelForm.Map;

    private static IEnumerable<string> FilesOf(DataSet set, ImageListingOptions options, string listing)
    {
        var table = TableReader.Read(listing);
        var specs = TaskSpec.ParseAll([.. set.TaskTexts]);
        var columns = specs.Where((_, k) => IsFile(set, k)).Select(spec => table.Column(spec.ColumnPatterns[0], spec.Option)).Prepend(table.Column(options.Image, "options.image"));
        return columns.SelectMany(column => Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).Select(row => PathOf(listing, column, row))).Prepend(listing);
    }

    private static ImageData ReadPart(DataSet set, ImageListingOptions options, IReadOnlyList<TaskSpec> specs, LearnedTask?[] labels, Table table, int? most)
    {
        var rows = Enumerable.Range(0, Math.Min(table.RowCount, most ?? int.MaxValue)).ToArray();
        var (listing, size) = (table.Source.Path, options.Size);
        var pictures = table.Column(options.Image, "options.image");
        var images = new PixelStore(size.PixelCount * Channels);
        var files = specs.Select((spec, k) => IsFile(set, k) ? new PixelStore(size.PixelCount * (set.Tasks[k].Form == LabelForm.Mask ? 1 : sizeof(float))) : null).ToArray();
        foreach (var row in rows)
        {
            images.Append(PixelResize.BilinearImage(Picture(PathOf(listing, pictures, row)), size).Pixels);
            for (var k = 0; k < specs.Count; k++)
            {
                if (files[k] is not { } store) continue;
                var path = PathOf(listing, table.Column(specs[k].ColumnPatterns[0], specs[k].Option), row);
                store.Append(set.Tasks[k].Form == LabelForm.Mask
                    ? PixelResize.NearestMask(LabelFiles.ReadMask(path, options.Mask), size).Pixels
                    : MemoryMarshal.AsBytes(PixelResize.NearestMap(LabelFiles.ReadMap(path, options.Map), size).Values.AsSpan()));
            }
        }
        IReadOnlyList<TaskLabels> learned = [.. labels.OfType<LearnedTask>().Select(label => label.Labels)];
        var own = learned.Count == 0 ? [] : new TableData(new float[table.RowCount], 1, learned).Subset(rows).Labels;
        var next = 0;
        return new ImageData(images, size, Channels,
        [
            .. specs.Select((_, k) => set.Tasks[k].Form switch
            {
                LabelForm.Mask => new MaskLabels(files[k]!, size),
                LabelForm.Map => new MapLabels(files[k]!, size),
                _ => own[next++],
            }),
        ]);
    }

    private static string PathOf(string listing, TableColumn column, int row) => column.IsMissing(row)
        ? throw new UserErrorException($"{column.Where(row)}: the file is missing; an experiment needs one in every row.")
        : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(listing))!, column.Text(row));

    private static ByteImage Picture(string path)
    {
        if (path.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) return PngImage.ReadImage(path, Channels);
        using var image = MLImage.CreateFromFile(path);
        var pixels = new byte[image.Width * image.Height * Channels];
        var source = image.Pixels;
        var isBgra = image.PixelFormat == MLPixelFormat.Bgra32;
        for (var i = 0; i < image.Width * image.Height; i++)
            for (var c = 0; c < Channels; c++) pixels[(i * Channels) + c] = source[(i * 4) + (isBgra ? 2 - c : c)];
        return new ByteImage(image.Height, image.Width, Channels, pixels);
    }
}
