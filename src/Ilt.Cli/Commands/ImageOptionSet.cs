using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Cli.Tasks;
using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.MLNet;
using Ilt.Torch;

namespace Ilt.Cli.Commands;

/// <summary>The options of <c>ilt flag</c> for images.</summary>
internal sealed class ImageOptionSet
{
    private readonly Option<string?> image = OptionValues.Text("--image", "Column that names the pictures (.png, .jpg, .webp, .bmp, .gif, or .npy arrays), turned as their Exif orientation says; the network sees them in place of feature columns", "COLUMN");
    private readonly Option<string?> images = OptionValues.Text("--images", "Folder of the pictures (default: the current one)", "DIR");
    private readonly Option<string?> size = OptionValues.Text("--size", "Resize images, masks and maps to this height and width (default: the size that all images have)", "HxW");
    private readonly LabelFileOptionSet labels = new();
    private readonly Option<string?> flip = OptionValues.Text("--flip", "Augmentation: probability of a horizontal flip", "P");
    private readonly Option<string?> crop = OptionValues.Text("--crop", "Augmentation: a window of this size at a random place", "HxW");
    private readonly Option<string?> scale = OptionValues.Text("--scale", "Augmentation: range of a random magnification, for example 0.8:1.25", "A:B");
    private readonly Option<string?> colour = OptionValues.Text("--colour", "Augmentation: strength of random brightness, contrast and saturation, 0 to 1", "X");
    private readonly Option<string?> person = OptionValues.Text("--augment-person", "Augmentation for pictures of one person each: flips, turns, sizes and colours, with which body parts and pose change. camera: the pose's root is in the camera's frame, as ilt generate bodies makes it; surreal: as ilt list surreal gives it", "FRAME");
    private readonly Option<string?> network = OptionValues.Text("--network", "residual-cnn, unet, hrnet or body-unet, a unet for people that halves the image first and has wider branches (default: where there are masks or maps of a size that it can halve often enough, unet, or body-unet with --body; else residual-cnn)", "NAME");
    private readonly Option<string?> width = OptionValues.Text("--width", "Channels of the network at the highest resolution", "N");
    private readonly Option<string?> depth = OptionValues.Text("--depth", "How often unet halves the image; stages of residual-cnn", "N");
    private readonly Option<string?> memory = OptionValues.Text("--memory", "Memory for decoded images, masks and maps (default: 2048); of a table for its features, and as much for what is learned of its rows (default: a quarter of what there is). What is beyond goes to scratch files", "MiB");
    private readonly Option<string?> onBadRow = OptionValues.Text("--on-bad-row", "fail or skip: what to do with a row whose image, mask or map is missing, broken or of the wrong size (default: fail)", "WHAT");
    private readonly Option<string?> regions = OptionValues.Text("--regions", "Most suspicious masks and maps per task to look into: regions.csv and heat maps, in pixels of the resized image (default: 20)", "N");
    private readonly Option<string?> pictures = OptionValues.Text("--pictures", "With --body: most suspicious rows per task to draw in pictures/, each image | given mask | predicted mask | given body | predicted body; the table has trans_x, trans_y, trans_z (default: 10 where it has them)", "N");

    private IEnumerable<Option<string?>> All =>
    [
        image, images, size, .. labels.All, flip, crop, scale, colour, person, network, width, depth, memory, onBadRow, regions, pictures,
    ];

    /// <summary>The memory that is named, in MiB.</summary>
    public int? Memory(ParseResult parse) => parse.Whole(memory, 0);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
        command.Options.Add(labels.Instances);
    }

    /// <summary>The options as given; null without <c>--image</c>, which all others need.</summary>
    public ImageOptions? Read(ParseResult parse, IReadOnlyList<TaskSpec> tasks, string? idColumn)
    {
        if (parse.GetValue(image) is not { } column)
        {
            var lone = All.FirstOrDefault(option => option != memory && parse.GetValue(option) is not null)?.Name ?? (parse.GetValue(labels.Instances) ? labels.Instances.Name : null);
            if (lone is not null)
                throw new UserErrorException($"{lone} is for images; name their column with --image, or leave {lone} out.");
            if (tasks.FirstOrDefault(task => task.IsPerPixel) is { } pixels)
                throw new UserErrorException($"{pixels.Option}: a {pixels.KindName} belongs to an image; name the column of the images with --image.");
            return null;
        }

        if (tasks.FirstOrDefault(task => !task.Syntax.IsDerived && task.ColumnPatterns.Contains(column)) is { } copied)
            throw new UserErrorException($"{copied.Option}: column '{column}' is the image; a network that sees the label cannot find it wrong.");
        var folder = Folder(parse, images, ".");
        var size = parse.Size(this.size);
        var augmentation = Augmentation(parse);
        var frame = parse.OneOf(person, ["camera", "surreal"]);
        RequirePersonAlone(parse, frame, tasks);
        var network = Network(parse);
        if ((augmentation?.Crop ?? size) is { } input)
            NetworkInput.Require(network, input, augmentation?.Crop is null ? "--size" : "--crop");
        return new ImageOptions
        {
            Column = column,
            InputColumn = column == idColumn ? ImageOptions.PathPrefix + column : column,
            Folder = folder,
            LabelFolder = labels.Folder(parse, folder),
            Size = size,
            Classes = labels.Classes(parse),
            Maps = labels.Maps(parse),
            Augmentation = augmentation,
            PersonFrame = frame switch { null => null, "surreal" => SurrealCamera.Rotation, _ => new PersonAugmentation().ToCamera },
            PersonFrameName = frame,
            Network = network,
            MemoryMiB = parse.Whole(memory, 0) ?? (int)(MemoryBudget.DefaultBytes >> 20),
            OnBadRow = parse.OneOf(onBadRow, ["fail", "skip"]) == "skip" ? OnBadRow.Skip : OnBadRow.Fail,
            Regions = parse.Whole(regions, 0) ?? 20,
            Pictures = parse.Whole(pictures, 0),
        };
    }

    /// <summary>The folder that an option names, which must exist.</summary>
    internal static string Folder(ParseResult parse, Option<string?> option, string otherwise)
    {
        var folder = parse.GetValue(option) ?? otherwise;
        return Directory.Exists(folder) ? folder : throw new UserErrorException($"{option.Name} {folder}: there is no such folder; check the path.");
    }

    private void RequirePersonAlone(ParseResult parse, string? frame, IReadOnlyList<TaskSpec> tasks)
    {
        if (frame is not null && ((Option<string?>[])[flip, crop, scale, colour]).FirstOrDefault(option => parse.GetValue(option) is not null) is { } other)
            throw new UserErrorException($"{other.Name}: does not go with --augment-person, which flips, turns, sizes and colours by itself; leave one of them out.");
        if (parse.GetValue(flip) is not null && tasks.FirstOrDefault(PersonTasks.IsSurface) is { } surface)
            throw new UserErrorException($"--flip: would mirror the images but not the pose of {surface.Option}; say --augment-person in its place.");
    }

    private AugmentationOptions? Augmentation(ParseResult parse)
    {
        var colour = parse.Share(this.colour) ?? 0;
        var (low, high) = Range(parse.GetValue(scale));
        var options = new AugmentationOptions
        {
            HorizontalFlip = parse.Share(flip) ?? 0,
            Crop = parse.Size(crop),
            ScaleMin = low,
            ScaleMax = high,
            Brightness = colour,
            Contrast = colour,
            Saturation = colour,
        };
        return options.IsIdentity ? null : options;
    }

    private static (double Low, double High) Range(string? text)
    {
        if (text is null)
            return (1, 1);
        var parts = text.Split(':');
        return parts.Length == 2 && OptionValues.Number(parts[0]) is { } low && OptionValues.Number(parts[1]) is { } high && low >= 0.1 && low <= high && high <= 10
            ? (low, high)
            : throw new UserErrorException($"--scale {text}: expected two numbers from 0.1 to 10, the smaller first, for example --scale 0.8:1.25.");
    }

    private NetworkDefinition? Network(ParseResult parse)
    {
        var name = parse.OneOf(network, ["residual-cnn", "unet", "hrnet", "body-unet"]);
        var width = parse.Whole(this.width, 1);
        var depth = parse.Whole(this.depth, 1);
        try
        {
            switch (name)
            {
                case "unet" or "body-unet":
                    var unet = name == "unet" ? UNetDefinition.Small : UNetDefinition.BodySmall;
                    return unet with { BaseWidth = width ?? unet.BaseWidth, Depth = depth ?? unet.Depth };
                case "residual-cnn":
                    var cnn = new ResidualCnnDefinition();
                    return cnn with { Widths = [.. Enumerable.Range(0, depth ?? cnn.Widths.Count).Select(i => (width ?? cnn.Widths[0]) << i)] };
                case "hrnet" when depth is not null:
                    throw new UserErrorException($"--depth {depth}: hrnet has one depth; leave --depth out.");
                case "hrnet":
                    // Below 18 channels it is meant for a quick look, with as few modules as there can be.
                    var hrNet = width < 18 ? HrNetDefinition.Tiny : HrNetDefinition.W18;
                    return hrNet with { Width = width ?? hrNet.Width };
                default:
                    return width is null && depth is null ? null : throw new UserErrorException($"{(width is null ? "--depth" : "--width")}: says something of a network; name it with --network residual-cnn, unet, hrnet or body-unet.");
            }
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"--network {name}: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }
    }
}
