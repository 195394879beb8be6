using System.Globalization;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary>Draws masks from annotations of regions, COCO's or labelme's, beside the table that names them.</summary>
internal sealed class AnnotationListing
{
    private readonly string source;
    private readonly AnnotationSet set;
    private readonly Dictionary<string, AnnotatedImage> byPath;
    private readonly Dictionary<string, AnnotatedImage> byName;
    private readonly HashSet<AnnotatedImage> used = [];
    private long contested, drawn;
    private int turned;

    private AnnotationListing(string source, AnnotationSet set)
    {
        (this.source, this.set) = (source, set);
        byPath = Unique(image => Stem(image.FileName));
        byName = Unique(image => Path.GetFileName(Stem(image.FileName)));
    }

    /// <summary>The annotations that MASKS names: a COCO file, or a folder of labelme's files and no masks; null: it names masks.</summary>
    public static AnnotationListing? Find(string images, string masks, FolderMatchOptions options)
    {
        if (File.Exists(masks))
        {
            return Path.GetExtension(masks).Equals(".json", StringComparison.OrdinalIgnoreCase)
                ? new AnnotationListing(masks, CocoAnnotations.Read(masks))
                : throw new UserErrorException($"{masks}: is a file; expected a folder of masks, or a .json file of annotations as COCO has them.");
        }

        if (!Directory.Exists(masks))
            return null;
        var isOneFolder = Path.GetFullPath(images).TrimEnd(Path.DirectorySeparatorChar) == Path.GetFullPath(masks).TrimEnd(Path.DirectorySeparatorChar);
        var search = new EnumerationOptions { RecurseSubdirectories = options.Recursive, AttributesToSkip = 0 };
        string[] files = [.. Directory.EnumerateFiles(masks, "*.json", search).Where(path => !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];
        if (options.Prefix.Length > 0 || options.Suffix.Length > 0 || (files.Length == 0 && !isOneFolder))
            return null;
        if (files.Length > 0 && (isOneFolder || !Directory.EnumerateFiles(masks, "*", search).Any(path => Path.GetExtension(path).ToLowerInvariant() is ".png" or ".npy")))
            return new AnnotationListing(masks, LabelmeFiles.Read(masks, files));
        return !isOneFolder ? null : throw new UserErrorException($"{images}: is given as the folder of the images and of the masks, so that every image would be its own mask; tell masks apart with --prefix or --suffix, or name their folder.");
    }

    /// <summary>Draws the masks of the images of a folder; gives id, image and mask by row, notes, and the options that fit.</summary>
    public (IReadOnlyList<LabelledImage> Rows, IReadOnlyList<string> Notes, string Options) Write(string images, string outPath, bool recursive, CancellationToken cancellation)
    {
        var start = Path.ChangeExtension(outPath, null);
        var (folder, classesPath) = (start + "-masks", start + "-classes.csv");
        // With neither of the two beside it, what lies there was not drawn by an earlier run.
        if (!File.Exists(outPath) && !File.Exists(classesPath) && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new UserErrorException($"--out {outPath}: the masks would be drawn into {folder}, which is there and not empty; name another table, so that nothing in it is lost.");
        AtomicFile.RequireWritableFolder(folder, "--out");
        var files = ImageMaskFolders.Images(images, recursive);
        string[] ids = [.. files.Keys];
        var names = FileNames.Distinct(ids);
        var rows = new List<LabelledImage>();
        for (var i = 0; i < ids.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var image = byPath.GetValueOrDefault(ids[i]) ?? byName.GetValueOrDefault(Path.GetFileName(ids[i]));
            if (image is null || !used.Add(image))
            {
                rows.Add(new LabelledImage(ids[i], files[ids[i]], null));
                continue;
            }

            var path = Path.Combine(folder, names[i] + ".png");
            var mask = Mask(image, files[ids[i]]);
            if (used.Count == 1)
                WriteClasses(classesPath);
            AtomicFile.Write(path, stream => PngWriter.Write(stream, mask));
            rows.Add(new LabelledImage(ids[i], files[ids[i]], path));
        }

        if (used.Count == 0)
            throw new UserErrorException($"{source}: none of its {set.Images.Count} images is in {images}; the first is {set.Images.FirstOrDefault()?.FileName}.");
        return (rows, [.. Notes(rows, folder), .. set.Notes], $" --classes-map {ShellWords.Quoted(classesPath)}");
    }

    private void WriteClasses(string path) => CsvOutput.Write(
        path, ["id", "class", "name"], set.Classes.Select((c, k) => (string[])[c.Id.ToString(CultureInfo.InvariantCulture), k.ToString(CultureInfo.InvariantCulture), c.Name]));

    private ByteImage Mask(AnnotatedImage image, string path)
    {
        var file = ImageFile.Read(path);
        var (mask, claimed) = image.Draw();
        (contested, drawn) = (contested + claimed, drawn + mask.Pixels.Length);
        if (file.Size == image.Size)
            return mask;
        if (file.Stored != image.Size)
            throw new UserErrorException($"{source}: {image.FileName} was annotated with {image.Size} pixels (height x width), {path} has {file.Size}; give the images that were annotated.");
        turned++;
        return new ByteImage(file.Size.Height, file.Size.Width, 1, PictureFile.Turn(mask.Pixels, mask.Size, 1, file.Orientation));
    }

    private IEnumerable<string> Notes(List<LabelledImage> rows, string folder)
    {
        yield return FormattableString.Invariant($"{used.Count} masks drawn from {source} into {folder}: {set.Classes.Count} classes ({string.Join(", ", set.Classes.Take(12).Select(c => FormattableString.Invariant($"{c.Id} {c.Name}")))}{(set.Classes.Count > 12 ? ", ..." : "")}).");
        if (rows.FirstOrDefault(row => row.LabelPath is null) is { } bare)
            yield return FormattableString.Invariant($"{rows.Count(row => row.LabelPath is null)} images have no entry there, first {bare.ImagePath}; they are rows without that label.");
        if (set.Images.FirstOrDefault(image => !used.Contains(image)) is { } absent)
            yield return FormattableString.Invariant($"{set.Images.Count - used.Count} annotated images are not in the folder, first {absent.FileName}.");
        if (contested > 0)
            yield return FormattableString.Invariant($"{(double)contested / drawn:P1} of the pixels lie in regions of several classes; the one drawn last has them.");
        if (turned > 0)
            yield return FormattableString.Invariant($"{turned} images were annotated as their files hold them and are shown turned (Exif); their masks are turned with them.");
    }

    private static string Stem(string path) => Path.ChangeExtension(path.Replace('\\', '/'), null);

    private Dictionary<string, AnnotatedImage> Unique(Func<AnnotatedImage, string> key) =>
        set.Images.GroupBy(key, StringComparer.Ordinal).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
}
