namespace Ilt.Datasets;

/// <summary>
/// The classes of Cityscapes: from the ids of <c>*_gtFine_labelIds.png</c> to the 19 classes that are evaluated and to the 7 categories.
/// Tables hold 255 for ids that are not evaluated (void, rail tracks, caravans and the like).
/// </summary>
/// <remarks>After the label table of the data set's own scripts (Cordts and others, 2016).</remarks>
public static class CityscapesClasses
{
    // Label ids of the 19 classes in the order of their training ids, and the category of each.
    private static readonly byte[] LabelIds = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];
    private static readonly byte[] Categories = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 6, 6, 6, 6, 6];

    /// <summary>Class 0 .. 18 of each label id 0 .. 255; 255 where it is not evaluated.</summary>
    public static IReadOnlyList<byte> To19 { get; } = Table(index => (byte)index);

    /// <summary>Category 0 .. 6 of each label id 0 .. 255; 255 where it is not evaluated.</summary>
    public static IReadOnlyList<byte> To7 { get; } = Table(index => Categories[index]);

    /// <summary>Names of the 19 classes.</summary>
    public static IReadOnlyList<string> Names19 { get; } =
    [
        "road", "sidewalk", "building", "wall", "fence", "pole", "traffic light", "traffic sign", "vegetation", "terrain", "sky", "person",
        "rider", "car", "truck", "bus", "train", "motorcycle", "bicycle",
    ];

    /// <summary>Names of the 7 categories.</summary>
    public static IReadOnlyList<string> Names7 { get; } = ["flat", "construction", "object", "nature", "sky", "human", "vehicle"];

    private static byte[] Table(Func<int, byte> classOf)
    {
        var table = new byte[256];
        Array.Fill(table, Imaging.MaskEncoding.Ignored);
        for (var index = 0; index < LabelIds.Length; index++) table[LabelIds[index]] = classOf(index);
        return table;
    }
}
