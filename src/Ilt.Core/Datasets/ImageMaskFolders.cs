namespace Ilt.Datasets;

/// <summary>An image and its label file.</summary>
/// <param name="Id">Name of the image without extension.</param>
/// <param name="ImagePath">The image.</param>
/// <param name="LabelPath">Its mask or map; null where it has none and that is allowed.</param>
public sealed record LabelledImage(string Id, string ImagePath, string? LabelPath);

/// <summary>Pairs a folder of images with a folder of masks or maps, by file name without extension.</summary>
public static class ImageMaskFolders
{
    private static readonly string[] ImageExtensions = [".png", ".jpg", ".jpeg", ".bmp"];
    private static readonly string[] MoreImageExtensions = [".webp", ".gif"];
    private static readonly string[] LabelExtensions = [".png", ".npy"];

    // Those in which nothing is lost before JPEG, which serves for background and foreground only.
    private static readonly string[] MoreLabelExtensions = [".bmp", ".gif", ".webp", ".jpg", ".jpeg"];

    /// <summary>The pairs, by name.</summary>
    /// <param name="images">Folder of .png, .jpg, .jpeg, .bmp, .webp or .gif files; other files in it are passed over.</param>
    /// <param name="labels">Folder of .png or .npy files, or of pictures as <see cref="Imaging.LabelFiles.ReadMask"/> takes them.</param>
    /// <param name="labelSuffix">What a label's name has after its image's name, for example <c>_mask</c>; default nothing.</param>
    /// <param name="allowMissing">Whether images may lack a label; default false.</param>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">There are no images; or one has no label, and <paramref name="allowMissing"/> is false.</exception>
    /// <exception cref="IOException">Two files differ in their extension only, so that it is open which one is meant.</exception>
    public static IReadOnlyList<LabelledImage> Pair(string images, string labels, string labelSuffix = "", bool allowMissing = false)
    {
        var match = Match(images, labels, new FolderMatchOptions { Suffix = labelSuffix });
        LabelledImage[] bare = [.. match.Bare];
        if (bare.Length == match.Pairs.Count || (bare.Length > 0 && !allowMissing))
            throw new FileNotFoundException(
                $"{labels}: {bare.Length} of {match.Pairs.Count} images have no label in this folder; the first one is {bare[0].ImagePath}, which needs "
                + $"{bare[0].Id}{labelSuffix}{string.Join(" or ", LabelExtensions)}.");
        return match.Pairs;
    }

    /// <summary>The pairs, and what was left out and why.</summary>
    /// <param name="images">Folder of the images.</param>
    /// <param name="labels">Folder of the labels; the same one where prefix or suffix tell them apart.</param>
    /// <param name="options">How names go together; null: they are equal.</param>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">There are no images.</exception>
    /// <exception cref="IOException">Two files differ in their extension only, so that it is open which one is meant.</exception>
    public static FolderMatch Match(string images, string labels, FolderMatchOptions? options = null)
    {
        options ??= new FolderMatchOptions();
        var imageFiles = new FolderFiles(images, "a folder of images", ImageExtensions, MoreImageExtensions, options.Recursive);
        var labelFiles = new FolderFiles(labels, "a folder of masks or maps", LabelExtensions, MoreLabelExtensions, options.Recursive);
        var isOneFolder = Path.GetFullPath(images).TrimEnd(Path.DirectorySeparatorChar) == Path.GetFullPath(labels).TrimEnd(Path.DirectorySeparatorChar);
        var among = isOneFolder && (options.Prefix.Length > 0 || options.Suffix.Length > 0)
            ? imageFiles.ByName.Keys.Select(name => LabelName(name, options)).Where(imageFiles.ByName.ContainsKey).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var name in among) imageFiles.ByName.Remove(name);
        if (imageFiles.ByName.Count == 0) throw new FileNotFoundException(NoImages(images, imageFiles));

        // Names that people take for equal: only where that leaves no choice.
        var folded = labelFiles.ByName.Keys.ToLookup(name => FolderFiles.Folded(name, options.Compose));
        var wantedNames = imageFiles.ByName.Keys.Select(name => LabelName(name, options)).ToHashSet(StringComparer.Ordinal);
        var (pairs, alike, used) = (new List<LabelledImage>(), new List<LabelledImage>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (name, path) in imageFiles.ByName)
        {
            var wanted = LabelName(name, options);
            var found = labelFiles.ByName.ContainsKey(wanted) ? wanted : null;
            if (found is null && folded[FolderFiles.Folded(wanted, options.Compose)].ToArray() is [var only] && !wantedNames.Contains(only) && used.Add(only)) found = only;
            var pair = new LabelledImage(name, path, found is null ? null : labelFiles.ByName[found]);
            pairs.Add(pair);
            if (found is null) continue;
            used.Add(found);
            if (found != wanted) alike.Add(pair);
        }
        var ownNames = isOneFolder ? imageFiles.ByName.Keys.ToHashSet(StringComparer.Ordinal) : [];
        string[] unused = [.. labelFiles.ByName.Where(file => !used.Contains(file.Key) && !ownNames.Contains(file.Key)).Select(file => file.Value)];
        return new FolderMatch(
            pairs, alike, unused, imageFiles.Hidden + (isOneFolder ? 0 : labelFiles.Hidden), Sum(imageFiles.Others, isOneFolder ? null : labelFiles.Others),
            imageFiles.InSubfolders, among.Count)
        {
            Proposal = Propose([.. pairs.Where(pair => pair.LabelPath is null).Select(pair => pair.Id)], [.. labelFiles.ByName.Keys.Where(name => !used.Contains(name))], options),
        };
    }

    /// <summary>The images of a folder by name.</summary>
    /// <exception cref="FileNotFoundException">There are none.</exception>
    internal static IReadOnlyDictionary<string, string> Images(string folder, bool recursive)
    {
        var files = new FolderFiles(folder, "a folder of images", ImageExtensions, MoreImageExtensions, recursive);
        return files.ByName.Count > 0 ? files.ByName : throw new FileNotFoundException(NoImages(folder, files));
    }

    // A prefix belongs to the file's name, not to the folders before it.
    private static string LabelName(string name, FolderMatchOptions options)
        => name.LastIndexOf('/') is var cut ? name[..(cut + 1)] + options.Prefix + name[(cut + 1)..] + options.Suffix : "";

    private static string NoImages(string folder, FolderFiles found)
    {
        var unread = found.Others.Where(entry => entry.Key is ".tif" or ".tiff" or ".heic" or ".heif" or ".avif").ToArray();
        return $"{folder}: there are no images in this folder; expected {string.Join(", ", [.. ImageExtensions, .. MoreImageExtensions])} files"
            + (found.InSubfolders > 0 ? FormattableString.Invariant($", and {found.InSubfolders} lie in folders within it: search those too.") : ".")
            + string.Concat(unread.Select(entry => FormattableString.Invariant(
                $" {entry.Value} files are {entry.Key}, which is not read; save them as PNG (ImageMagick: magick mogrify -format png *{entry.Key}).")));
    }

    private static SortedDictionary<string, int> Sum(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int>? other)
    {
        var sum = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (extension, count) in one.Concat(other ?? new Dictionary<string, int>())) sum[extension] = sum.GetValueOrDefault(extension) + count;
        return sum;
    }

    /// <summary>The prefix and suffix that most labels have around the name of an image.</summary>
    private const int Examined = 2000;

    private static (string, string, int)? Propose(string[] bare, string[] unused, FolderMatchOptions options)
    {
        var names = bare.ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<(string Prefix, string Suffix), int>();
        foreach (var label in unused.Take(Examined))
        {
            var cut = label.LastIndexOf('/') + 1;
            var (place, name) = (label[..cut], label[cut..]);
            for (var start = 0; start < name.Length; start++)
                for (var end = name.Length; end > start; end--)
                {
                    // An image "1" stands in "mask_10" too: what is cut off must not part a number.
                    if (!names.Contains(place + name[start..end]) || Parts(name, start) || Parts(name, end)) continue;
                    var key = (name[..start], name[end..]);
                    counts[key] = counts.GetValueOrDefault(key) + 1;
                }
        }
        if (counts.Count == 0) return null;
        var best = counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.Prefix.Length + entry.Key.Suffix.Length).ThenBy(entry => entry.Key.Suffix, StringComparer.Ordinal).First();
        return best.Key == (options.Prefix, options.Suffix) ? null : (best.Key.Prefix, best.Key.Suffix, best.Value);

        static bool Parts(string text, int position)
            => position > 0 && position < text.Length && char.IsDigit(text[position - 1]) && char.IsDigit(text[position]);
    }
}
