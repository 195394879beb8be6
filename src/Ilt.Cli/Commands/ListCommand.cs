using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt list</c>: writes the table of a folder of images, which the other commands read.</summary>
internal static class ListCommand
{
    private static readonly string[] Layouts = ["cityscapes", "folders", "mtan"];

    /// <summary>A listed data set.</summary>
    /// <param name="Root">The folder that the paths of the table start from.</param>
    /// <param name="Header">The column names.</param>
    /// <param name="Rows">The rows, with full paths; null where there is no file.</param>
    /// <param name="PathColumns">How many columns, at the end, hold paths.</param>
    /// <param name="Options">The options of <c>ilt flag</c> that fit.</param>
    private sealed record Listing(string Root, string[] Header, IReadOnlyList<string?[]> Rows, int PathColumns, string Options);

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var layout = OptionValues.Argument("LAYOUT", "cityscapes (ROOT holds leftImg8bit, gtFine, disparity), mtan (ROOT/SPLIT/image, label, depth as .npy), folders (IMAGES MASKS [MAPS], files of equal names)");
        var roots = new Argument<string[]>("FOLDER") { Description = "The folder of the data set; for folders two or three of them", Arity = ArgumentArity.OneOrMore };
        var split = OptionValues.Text("--split", "cityscapes, mtan: the split to list (default: train)", "NAME");
        var suffix = OptionValues.Text("--suffix", "folders: what the name of a mask or map has after that of its image, for example _mask (default: nothing)", "TEXT");
        var output = OptionValues.Text("--out", "The table to write: id, image and label files; paths start from the folder that --images then names", "FILE", required: true);
        var command = new Command("list", "Write the table of a folder of images and label images, and say how to go on") { layout, roots, split, suffix, output };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(layout);
            var folders = parse.GetRequiredValue(roots);
            if (!Layouts.Contains(name))
                throw new UserErrorException($"LAYOUT {name}: expected one of {string.Join(", ", Layouts)}.");
            var (least, most) = name == "folders" ? (2, 3) : (1, 1);
            if (folders.Length < least || folders.Length > most)
                throw new UserErrorException($"ilt list {name}: expected {(name == "folders" ? "IMAGES MASKS and perhaps MAPS" : "one folder")}, found {folders.Length} folder(s).");
            Refuse(name == "folders", split, parse);
            Refuse(name != "folders", suffix, parse);
            return Run(context, name, folders, parse.GetValue(split) ?? "train", parse.GetValue(suffix) ?? "", parse.GetRequiredValue(output)!);
        });
        return command;
    }

    private static void Refuse(bool isOutOfPlace, Option<string?> option, ParseResult parse)
    {
        if (isOutOfPlace && parse.GetValue(option) is { } text)
            throw new UserErrorException($"{option.Name} {text}: does not go with this layout; leave it out.");
    }

    private static int Run(CliContext context, string layout, string[] folders, string split, string suffix, string outPath)
    {
        AtomicFile.RequireWritable(outPath, "--out");
        Listing listing;
        try
        {
            listing = layout switch
            {
                "cityscapes" => Cityscapes(folders[0], split),
                "mtan" => Mtan(folders[0], split),
                _ => Folders(folders, suffix),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserErrorException(e.Message, e);
        }

        // Columns of which no row has a file are none.
        var columns = Enumerable.Range(0, listing.Header.Length).Where(c => listing.Rows.Any(row => row[c] is not null)).ToArray();
        CsvOutput.Write(outPath, [.. columns.Select(c => listing.Header[c])], listing.Rows.Select(row => (string[])[.. columns.Select(c => Cell(listing, row, c))]));
        context.Out.WriteLine(FormattableString.Invariant($"{listing.Rows.Count} rows with the columns {string.Join(", ", columns.Select(c => listing.Header[c]))}; paths start from {listing.Root}"));
        context.Out.WriteLine($"written: {outPath}");
        var tasks = columns.Select(c => listing.Header[c] switch
        {
            "mask" or "labels" or "label" => $" --task seg=mask:{listing.Header[c]}",
            "map" or "disparity" or "depth" => $" --task depth=map:{listing.Header[c]}",
            _ => "",
        });
        context.Out.WriteLine($"next: ilt flag {Quoted(outPath)} --id id --image image --images {Quoted(listing.Root)}{string.Concat(tasks)}{listing.Options}");
        return ExitCodes.Done;
    }

    private static string Cell(Listing listing, string?[] row, int column) => row[column] is not { } text ? ""
        : column < row.Length - listing.PathColumns ? text
        : Path.GetRelativePath(listing.Root, text).Replace('\\', '/');

    private static Listing Cityscapes(string root, string split)
    {
        var frames = CityscapesDataset.List(root, split);
        // Full-size images are resized as in the paper; small ones, such as generated scenes, keep their size.
        var size = ImageFile.Read(frames[0].ImagePath).Size;
        var resize = size.Height > 512 ? " --size 128x256" : "";
        var map = frames[0].DisparityPath is null ? "" : " --map-scale 0.00390625 --map-offset -0.00390625 --map-invalid 0";
        return new Listing(
            root, ["id", "city", "image", "labels", "disparity"],
            frames.Select(f => (string?[])[f.Id, f.City, f.ImagePath, f.LabelPath, f.DisparityPath]).ToArray(), 3,
            $"{(frames[0].LabelPath is null ? "" : " --classes-map cityscapes19")}{map}{resize}");
    }

    private static Listing Mtan(string root, string split)
    {
        var examples = MtanDataset.List(root, split);
        return new Listing(
            root, ["id", "image", "label", "depth"],
            examples.Select(e => (string?[])[e.Id, e.ImagePath, e.LabelPath, e.DepthPath]).ToArray(), 3,
            examples[0].DepthPath is null ? "" : " --map-invalid 0");
    }

    private static Listing Folders(string[] folders, string suffix)
    {
        var masks = ImageMaskFolders.Pair(folders[0], folders[1], suffix, allowMissing: true);
        var maps = folders.Length > 2 ? ImageMaskFolders.Pair(folders[0], folders[2], suffix, allowMissing: true) : null;
        var root = CommonFolder(folders);
        return new Listing(
            root, ["id", "image", "mask", "map"],
            masks.Select((m, i) => (string?[])[m.Id, m.ImagePath, m.LabelPath, maps?[i].LabelPath]).ToArray(), 3, MaskOptions(masks));
    }

    // What kind of masks they are can be seen from a few of them.
    private static string MaskOptions(IReadOnlyList<LabelledImage> pairs)
    {
        const int Seen = 20;
        var ids = new SortedSet<int>();
        foreach (var path in pairs.Select(p => p.LabelPath).OfType<string>().Where(p => !ImageFile.IsArray(p)).Take(Seen))
        {
            var raw = LabelPng.Read(path);
            if (raw.BitDepth == 16)
                return " --instance-ids";
            ids.UnionWith(raw.Values.Select(v => (int)v));
        }

        return ids.SetEquals([0, 255]) ? " --classes-map binary" : "";
    }

    private static string CommonFolder(string[] folders)
    {
        var common = Path.GetFullPath(folders[0]);
        foreach (var folder in folders.Skip(1).Select(Path.GetFullPath))
        {
            while (!(folder + Path.DirectorySeparatorChar).StartsWith(common.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                common = Path.GetDirectoryName(common) ?? throw new UserErrorException($"{folders[0]} and {folder} share no folder; put images and masks on one drive.");
        }

        var relative = Path.GetRelativePath(".", common);
        return Path.IsPathRooted(folders[0]) || relative.StartsWith("..", StringComparison.Ordinal) ? common : relative;
    }

    private static string Quoted(string text) => text.Contains(' ') ? $"\"{text}\"" : text;
}
