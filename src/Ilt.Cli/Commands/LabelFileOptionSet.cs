using System.CommandLine;
using Ilt.Cli.Images;
using Ilt.Imaging;

namespace Ilt.Cli.Commands;

/// <summary>The options that say where masks and maps are and how to read them, alike in all commands.</summary>
internal sealed class LabelFileOptionSet
{
    private readonly Option<string?> folder = OptionValues.Text("--labels", "Folder of the masks and maps (default: that of --images, or the current one)", "DIR");
    private readonly Option<string?> ignore = OptionValues.Text("--ignore-value", "Number in mask files that means no label, or none (default: 255, unless the other ids look as if it were a class)", "V");
    private readonly Option<string?> map = OptionValues.Text("--classes-map", "Turns the numbers of mask files into classes: cityscapes19, cityscapes7, parts25 (background and 24 parts of a body), binary (0, and anything else), or a CSV file with the columns id,class[,name]", "NAME|FILE");
    private readonly Option<string?> colours = OptionValues.Text("--mask-colours", $"Colour-coded masks: which colour is which class, {KnownColours.Words}, or a CSV file with the columns r,g,b (or colour, #rrggbb) and perhaps class (empty: no label) and name; none: palette indices count, whatever their colours (default: found in the files)", "NAME|FILE");
    private readonly Option<string?> classes = OptionValues.Text("--classes", "Number of classes of masks, ids from 0; higher ids are bad rows (default: the ids that occur)", "N");
    private readonly Option<bool> instances = new("--instance-ids") { Description = "Mask files number the objects (up to 16 bits): 0 is background, all others are one class" };
    private readonly Option<string?> scale = OptionValues.Text("--map-scale", "Value of a map = number in the file x scale + offset (default: 1)", "X");
    private readonly Option<string?> offset = OptionValues.Text("--map-offset", "See --map-scale (default: 0)", "X");
    private readonly Option<string?> invalid = OptionValues.Text("--map-invalid", "Number in map files that means no value, or nan (default: none)", "V");

    /// <summary>The options with a text value.</summary>
    public IEnumerable<Option<string?>> All => [folder, ignore, map, colours, classes, scale, offset, invalid];

    /// <summary>Whether one of them was given.</summary>
    public bool IsAnyGiven(ParseResult parse) => parse.GetValue(instances) || All.Any(option => parse.GetValue(option) is not null);

    /// <summary>The option without a value.</summary>
    public Option<bool> Instances => instances;

    /// <summary>The folder of the label files.</summary>
    public string Folder(ParseResult parse, string otherwise) => ImageOptionSet.Folder(parse, folder, otherwise);

    /// <summary>How masks are read.</summary>
    public ClassMap Classes(ParseResult parse)
    {
        var classes = parse.Whole(this.classes, 2);
        if (classes > 254)
            throw new UserErrorException($"--classes {classes}: a mask has 254 classes at most; map their ids to fewer with --classes-map.");
        return ClassMap.Create(parse.GetValue(map), classes, parse.GetValue(ignore), parse.GetValue(instances), parse.GetValue(colours));
    }

    /// <summary>How maps are read.</summary>
    public MapEncoding Maps(ParseResult parse)
    {
        var invalid = parse.GetValue(this.invalid);
        var isNaN = string.Equals(invalid, "nan", StringComparison.OrdinalIgnoreCase);
        var scale = Number(parse, this.scale) ?? 1;
        if (scale == 0)
            throw new UserErrorException("--map-scale 0: all values would be one; expected a number other than 0.");
        return new MapEncoding
        {
            Scale = scale,
            Offset = Number(parse, offset) ?? 0,
            Invalid = invalid is null || isNaN ? null : Number(parse, this.invalid),
            NanIsInvalid = isNaN,
        };
    }

    private static double? Number(ParseResult parse, Option<string?> option) => parse.GetValue(option) is { } text
        ? OptionValues.Number(text) ?? throw new UserErrorException($"{option.Name} {text}: expected a number, with a decimal point.")
        : null;
}
