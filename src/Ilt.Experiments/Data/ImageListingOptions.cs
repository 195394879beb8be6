using Ilt.Imaging;

namespace Ilt.Experiments;

/// <summary>How a listing of images is read.</summary>
internal sealed record ImageListingOptions
{
    /// <summary>The column of the pictures.</summary>
    public required string Image { get; init; }

    /// <summary>Height and width to which all are brought.</summary>
    public required ImageSize Size { get; init; }

    /// <summary>How masks are coded.</summary>
    public required MaskEncoding Mask { get; init; }

    /// <summary>How maps are coded.</summary>
    public required MapEncoding Map { get; init; }

    /// <summary>The listing of the test images, beside the first; null: a share of the rows is set aside.</summary>
    public string? Test { get; init; }

    /// <summary>Reads the options of a data set.</summary>
    public static ImageListingOptions Read(DataSet set)
    {
        var options = set.Options ?? throw new ExperimentException($"{set.Where}.options: expected an object with the size of the images, found nothing; add for example \"options\": {{ \"size\": [64, 64] }}.");
        var size = options.Wholes("size", 1) is [var height, var width] ? new ImageSize(height, width) : throw options.Missing("size", "height and width in pixels, for example [64, 64]");
        var masks = set.Tasks.Any(task => task.Form == LabelForm.Mask);
        var classes = options.Whole("classes", 2);
        if (masks && classes is null) throw options.Missing("classes", "the number of classes of the masks");
        var read = new ImageListingOptions
        {
            Image = options.Text("image") ?? "image",
            Size = size,
            Mask = new MaskEncoding { ClassCount = classes, IgnoreValue = options.Whole("ignoreValue") ?? MaskEncoding.Ignored },
            Map = options.OneOf("map", ["plain", "cityscapes"]) is "cityscapes" ? MapEncoding.CityscapesDisparity : MapEncoding.Plain,
            Test = options.Text("test"),
        };
        options.End();
        return read;
    }
}
