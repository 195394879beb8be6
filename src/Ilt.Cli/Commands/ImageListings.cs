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
    public static Listing Folders(string[] folders, FolderMatchOptions options, string outPath, CancellationToken cancellation)
    {
        if (AnnotationListing.Find(folders[0], folders[1], options) is { } annotations)
            return Annotated(annotations, folders, options, outPath, cancellation);
        var masks = Matched(folders[0], folders[1], "mask", options);
        var maps = folders.Length > 2 ? Matched(folders[0], folders[2], "map", options) : null;
        var (found, notes) = MaskOptions(masks.Pairs, cancellation);
        var root = CommonFolder(folders);
        return Create(
            root, ["id", "image", "mask", "map"], masks.Pairs.Select((m, i) => (string?[])[m.Id, m.ImagePath, m.LabelPath, maps?.Pairs[i].LabelPath]).ToArray(), found) with
        {
            Notes = [.. FolderNotes.Of(masks, "mask", options), .. maps is null ? [] : FolderNotes.Of(maps, "map", options), .. notes],
        };
    }

    private static Listing Annotated(AnnotationListing annotations, string[] folders, FolderMatchOptions options, string outPath, CancellationToken cancellation)
    {
        if (folders.Length > 2)
            throw new UserErrorException($"{folders[2]}: maps do not go with annotations; list them by themselves, and join the tables by id.");
        var (rows, notes, found) = annotations.Write(folders[0], outPath, options.Recursive, cancellation);
        var root = CommonFolder([folders[0], Path.GetDirectoryName(rows.Select(row => row.LabelPath).OfType<string>().First())!]);
        return Create(root, ["id", "image", "mask", "map"], rows.Select(row => (string?[])[row.Id, row.ImagePath, row.LabelPath, null]).ToArray(), found) with { Notes = notes };
    }

    private static FolderMatch Matched(string images, string labels, string noun, FolderMatchOptions options)
    {
        FolderMatch match;
        try
        {
            match = ImageMaskFolders.Match(images, labels, options);
        }
        catch (FileNotFoundException e) when (e.Message.Contains("search those too", StringComparison.Ordinal))
        {
            throw new UserErrorException(e.Message.Replace("search those too.", "search those too with --recursive.", StringComparison.Ordinal), e);
        }

        if (match.Pairs.All(pair => pair.LabelPath is null))
            throw new UserErrorException(FolderNotes.NothingPaired(match, labels, noun, options));
        return match;
    }

    // What kind of masks they are can be seen from a few of them, taken from all over the folder.
    private static (string Options, IReadOnlyList<string> Notes) MaskOptions(IReadOnlyList<LabelledImage> pairs, CancellationToken cancellation)
    {
        const int Seen = 40;
        var all = pairs.Select(p => p.LabelPath).OfType<string>().ToArray();
        var paths = all.Length <= Seen ? all : [.. Enumerable.Range(0, Seen).Select(i => all[(int)((long)i * all.Length / Seen)])];
        var survey = MaskSurvey.Read(paths, cancellation);
        var subject = all.Length > Seen ? FormattableString.Invariant($"masks (the first look is at {Seen} of them)") : "masks";
        if (survey.LossyFiles > 0)
        {
            var which = survey.LossyFiles == survey.Files ? "all" : FormattableString.Invariant($"{survey.LossyFiles} of {survey.Files}");
            return (" --classes-map binary", [$"{subject}: {which} are JPEG or lossy WebP, which change the numbers of pixels; only background and foreground can be told from them, parted at 128 of 255. For more classes save them as PNG from their source."]);
        }

        if (MaskDoubt.Of(survey) is { } doubt)
            return (" --classes-map binary", [$"{subject}: {doubt}"]);
        if (survey.ColourFiles == 0 && survey.Numbers.Keys.Any(number => number > byte.MaxValue))
            return (" --instance-ids", ["masks: their numbers go beyond 255, so they number objects rather than classes: --instance-ids reads them as background and object."]);
        if (survey.NumbersObjects)
            return (" --instance-ids", [FormattableString.Invariant($"masks: their {survey.Numbers.Count} numbers run from 0 without gaps in {survey.SerialFiles} of {survey.Files} masks, so they number objects rather than classes: --instance-ids reads them as background and object; leave it out if each is a class.")]);
        if (survey.Numbers.Keys.Order().SequenceEqual([0, 255]) && survey.ColourFiles == 0)
            return (" --classes-map binary", ["masks: their numbers are 0 and 255, background and foreground: --classes-map binary."]);
        try
        {
            return ("", new MaskFinding(ClassMap.None, survey, subject, "MASKS").Find().Notes);
        }
        catch (UserErrorException e)
        {
            return ("", [e.Message]); // ilt flag decides when it has read them all
        }
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
