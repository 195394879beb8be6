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
    private static readonly string[] LabelExtensions = [".png", ".npy"];

    /// <summary>The pairs, by name.</summary>
    /// <param name="images">Folder of .png, .jpg, .jpeg or .bmp files; other files in it are passed over.</param>
    /// <param name="labels">Folder of .png or .npy files.</param>
    /// <param name="labelSuffix">What a label's name has after its image's name, for example <c>_mask</c>; default nothing.</param>
    /// <param name="allowMissing">Whether images may lack a label; default false.</param>
    /// <exception cref="DirectoryNotFoundException">A folder is missing.</exception>
    /// <exception cref="FileNotFoundException">There are no images; or one has no label, and <paramref name="allowMissing"/> is false.</exception>
    /// <exception cref="IOException">Two files differ in their extension only, so that it is open which one is meant.</exception>
    public static IReadOnlyList<LabelledImage> Pair(string images, string labels, string labelSuffix = "", bool allowMissing = false)
    {
        var imageFiles = ByName(images, ImageExtensions, "a folder of images");
        var labelFiles = ByName(labels, LabelExtensions, "a folder of masks or maps");
        if (imageFiles.Count == 0) throw new FileNotFoundException($"{images}: there are no images in this folder; expected {string.Join(", ", ImageExtensions)} files.");
        LabelledImage[] pairs = [.. imageFiles.Select(file => new LabelledImage(file.Key, file.Value, labelFiles.GetValueOrDefault(file.Key + labelSuffix)))];
        LabelledImage[] bare = [.. pairs.Where(pair => pair.LabelPath is null)];
        if (bare.Length == pairs.Length || (bare.Length > 0 && !allowMissing))
            throw new FileNotFoundException(
                $"{labels}: {bare.Length} of {pairs.Length} images have no label in this folder; the first one is {bare[0].ImagePath}, which needs "
                + $"{bare[0].Id}{labelSuffix}{string.Join(" or ", LabelExtensions)}.");
        return pairs;
    }

    private static SortedDictionary<string, string> ByName(string folder, string[] extensions, string purpose)
    {
        DatasetFiles.RequireFolder(folder, purpose);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => extensions.Contains(Path.GetExtension(path).ToLowerInvariant())))
            if (!files.TryAdd(Path.GetFileNameWithoutExtension(path), path))
                throw new IOException($"{path}: {Path.GetFileName(files[Path.GetFileNameWithoutExtension(path)])} has the same name but for its extension; remove one of the two.");
        return files;
    }
}
