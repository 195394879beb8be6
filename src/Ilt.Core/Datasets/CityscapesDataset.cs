namespace Ilt.Datasets;

/// <summary>A frame of Cityscapes.</summary>
/// <param name="Id">City, sequence and frame, for example <c>aachen_000000_000019</c>.</param>
/// <param name="City">The folder it lies in.</param>
/// <param name="ImagePath">The picture, 8-bit RGB.</param>
/// <param name="LabelPath">The mask of label ids (see <see cref="CityscapesClasses"/>); null where the set comes without labels.</param>
/// <param name="DisparityPath">
/// The 16-bit map of disparities (see <see cref="Imaging.MapEncoding.CityscapesDisparity"/>); null where the set comes without disparities.
/// </param>
public sealed record CityscapesFrame(string Id, string City, string ImagePath, string? LabelPath, string? DisparityPath);

/// <summary>
/// Lists the files of a folder in the layout of Cityscapes (Cordts and others, 2016):
/// <c>ROOT/leftImg8bit/SPLIT/CITY/CITY_SEQUENCE_FRAME_leftImg8bit.png</c>, and with the same names <c>gtFine/..._gtFine_labelIds.png</c> and
/// <c>disparity/..._disparity.png</c>.
/// </summary>
public static class CityscapesDataset
{
    private const string Layout = "Cityscapes", ImageSuffix = "_leftImg8bit.png";

    /// <summary>The frames of a split, by city and name.</summary>
    /// <param name="root">The folder that holds <c>leftImg8bit</c>.</param>
    /// <param name="split">train, val or test.</param>
    /// <param name="annotation">The kind of annotation, gtFine (default) or gtCoarse.</param>
    /// <exception cref="DirectoryNotFoundException">The folder of the pictures is missing.</exception>
    /// <exception cref="FileNotFoundException">
    /// There are no pictures, or a picture lacks its label or disparity though the split has a folder of them.
    /// </exception>
    public static IReadOnlyList<CityscapesFrame> List(string root, string split, string annotation = "gtFine")
    {
        var images = DatasetFiles.Folder(root, Path.Combine("leftImg8bit", split), Layout);
        var labels = Path.Combine(root, annotation, split);
        var disparities = Path.Combine(root, "disparity", split);
        var (hasLabels, hasDisparities) = (Directory.Exists(labels), Directory.Exists(disparities));
        var frames = new List<CityscapesFrame>();
        foreach (var folder in Directory.EnumerateDirectories(images).Order(StringComparer.Ordinal))
        {
            var city = Path.GetFileName(folder);
            foreach (var image in Directory.EnumerateFiles(folder, "*" + ImageSuffix).Order(StringComparer.Ordinal))
            {
                var id = Path.GetFileName(image)[..^ImageSuffix.Length];
                frames.Add(new CityscapesFrame(id, city, image,
                    hasLabels ? DatasetFiles.Companion(Path.Combine(labels, city, $"{id}_{annotation}_labelIds.png"), image) : null,
                    hasDisparities ? DatasetFiles.Companion(Path.Combine(disparities, city, $"{id}_disparity.png"), image) : null));
            }
        }
        if (frames.Count == 0) throw new FileNotFoundException($"{images}: there are no files CITY/*{ImageSuffix} in this folder.");
        return frames;
    }
}
