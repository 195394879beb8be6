using Ilt.Imaging;
using Ilt.MLNet;
using Ilt.Torch;

namespace Ilt.Cli.Images;

/// <summary>The options of <c>ilt flag</c> that go with <c>--image</c>, read and checked as far as they can be without the data.</summary>
internal sealed record ImageOptions
{
    /// <summary>The column that names the pictures.</summary>
    public required string Column { get; init; }

    /// <summary>What the names of path columns start with inside the pipeline where the user's name is taken by the ids.</summary>
    public const string PathPrefix = "ilt.path.";

    /// <summary>The name of that column inside the pipeline.</summary>
    public required string InputColumn { get; init; }

    /// <summary>Joined before every path of that column.</summary>
    public required string Folder { get; init; }

    /// <summary>Joined before every path of a mask or map column.</summary>
    public required string LabelFolder { get; init; }

    /// <summary>The size to resize to; null: the size that all images have.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>How the numbers of mask files become classes.</summary>
    public ClassMap Classes { get; init; } = ClassMap.None;

    /// <summary>How the numbers of map files become values.</summary>
    public MapEncoding Maps { get; init; } = MapEncoding.Plain;

    /// <summary>Random changes of image and labels; null: none.</summary>
    public AugmentationOptions? Augmentation { get; init; }

    /// <summary>From the frame of a pose's root to the camera's, nine numbers, where pictures of people are changed together with parts and pose; null: they are not.</summary>
    public IReadOnlyList<double>? PersonFrame { get; init; }

    /// <summary>The name of that frame on the command line.</summary>
    public string? PersonFrameName { get; init; }

    /// <summary>The network; null: chosen from the data.</summary>
    public NetworkDefinition? Network { get; init; }

    /// <summary>Memory for decoded pixels, in MiB.</summary>
    public int MemoryMiB { get; init; } = (int)(MemoryBudget.DefaultBytes >> 20);

    /// <summary>What to do with a row that cannot be used.</summary>
    public OnBadRow OnBadRow { get; init; }

    /// <summary>How many of the most suspicious rows of each pixel task are looked into.</summary>
    public int Regions { get; init; } = 20;

    /// <summary>How many of the most suspicious rows of each task of a body are drawn; null: some where that is possible.</summary>
    public int? Pictures { get; init; }
}
