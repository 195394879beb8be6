using Ilt.Cli.Images;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary>Lists data sets of images with masks and maps.</summary>
internal static class ImageListings
{
    /// <summary>Cityscapes in its own layout.</summary>
    public static Listing Cityscapes(string root, string split)
    {
        var frames = CityscapesDataset.List(root, split);
        // Full-size images are resized as in the paper; small ones, such as generated scenes, keep their size.
        var size = ImageFile.Read(frames[0].ImagePath).Size;
        var resize = size.Height > 512 ? " --size 128x256" : "";
        var map = frames[0].DisparityPath is null ? "" : " --map-scale 0.00390625 --map-offset -0.00390625 --map-invalid 0";
        return Create(
            root, ["id", "city", "image", "labels", "disparity"], frames.Select(f => (string?[])[f.Id, f.City, f.ImagePath, f.LabelPath, f.DisparityPath]).ToArray(),
            $"{(frames[0].LabelPath is null ? "" : " --classes-map cityscapes19")}{map}{resize}");
    }

    /// <summary>NumPy arrays as MTAN has them.</summary>
    public static Listing Mtan(string root, string split)
    {
        var examples = MtanDataset.List(root, split);
        return Create(
            root, ["id", "image", "label", "depth"], examples.Select(e => (string?[])[e.Id, e.ImagePath, e.LabelPath, e.DepthPath]).ToArray(), examples[0].DepthPath is null ? "" : " --map-invalid 0");
    }

    /// <summary>Folders of files of equal names.</summary>
    public static Listing Folders(string[] folders, string suffix)
    {
        var masks = ImageMaskFolders.Pair(folders[0], folders[1], suffix, allowMissing: true);
        var maps = folders.Length > 2 ? ImageMaskFolders.Pair(folders[0], folders[2], suffix, allowMissing: true) : null;
        var root = CommonFolder(folders);
        return Create(
            root, ["id", "image", "mask", "map"], masks.Select((m, i) => (string?[])[m.Id, m.ImagePath, m.LabelPath, maps?[i].LabelPath]).ToArray(), MaskOptions(masks));
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

    // The last three columns are paths.
    private static Listing Create(string root, string[] header, IReadOnlyList<string?[]> rows, string options) =>
        new(root, header, rows.Count, rows, header[^3..], [(header[^2], $"seg=mask:{header[^2]}"), (header[^1], $"depth=map:{header[^1]}")], options);
}
