using Ilt.Bodies;
using Ilt.Cli.Tables;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>How the numbers of mask files become classes, and what the classes are called.</summary>
/// <param name="Encoding">For the readers of masks.</param>
/// <param name="Names">The names by class id; null where none are known.</param>
/// <param name="Source">The value of --classes-map; null: not given.</param>
internal sealed record ClassMap(MaskEncoding Encoding, IReadOnlyList<string>? Names, string? Source)
{
    // Neither a class (a map has far fewer) nor "no label": reading such a pixel fails by the class count, with file and pixel.
    public const byte Unlisted = 254;

    /// <summary>Numbers are class ids, 255 is no label.</summary>
    public static ClassMap None { get; } = new(MaskEncoding.Plain, null, null);

    /// <summary>Whether the number that means no label was given.</summary>
    public bool IsIgnoreGiven { get; init; }

    /// <summary>Which colour is which class; null: not given.</summary>
    public IReadOnlyList<MaskColour>? Colours { get; init; }

    /// <summary>The value of --mask-colours; null: not given.</summary>
    public string? ColourSource { get; init; }

    /// <summary>Whether palette indices are to be taken as numbers whatever their colours.</summary>
    public bool AreNumbers { get; init; }

    /// <summary>Number of classes where it is known before any mask is read.</summary>
    public int? ClassCount => Encoding.InstanceIds ? 2 : Encoding.ClassCount;

    /// <summary>Reads the options <c>--classes-map</c>, <c>--classes</c>, <c>--ignore-value</c>, <c>--instance-ids</c> and <c>--mask-colours</c>.</summary>
    public static ClassMap Create(string? source, int? classCount, string? ignore, bool instanceIds, string? colours = null)
    {
        var areNumbers = string.Equals(colours, "none", StringComparison.OrdinalIgnoreCase);
        if (colours is not null && !areNumbers)
        {
            if ((source is not null ? "--classes-map" : classCount is not null ? "--classes" : ignore is not null ? "--ignore-value" : instanceIds ? "--instance-ids" : null) is { } other)
                throw new UserErrorException($"--mask-colours and {other} exclude each other: one is for colours, the other for numbers; leave one of them out.");
            return None with { Colours = KnownColours.Read(colours), ColourSource = colours };
        }

        return OfNumbers(source, classCount, ignore, instanceIds) with { IsIgnoreGiven = ignore is not null, AreNumbers = areNumbers };
    }

    private static ClassMap OfNumbers(string? source, int? classCount, string? ignore, bool instanceIds)
    {
        if (instanceIds && source is not null)
            throw new UserErrorException("--instance-ids and --classes-map exclude each other; leave one of them out.");
        if (classCount is not null && (source is not null || instanceIds))
            throw new UserErrorException($"--classes {classCount}: {(instanceIds ? "--instance-ids makes two classes" : "the class map tells how many classes there are")}; leave --classes out.");
        var ignored = IgnoreValue(ignore);
        return source?.ToLowerInvariant() switch
        {
            null => new ClassMap(
                new MaskEncoding { IgnoreValue = ignored ?? MaskEncoding.Ignored, ClassCount = classCount, InstanceIds = instanceIds },
                instanceIds ? ["background", "object"] : null, null),
            "cityscapes19" => new ClassMap(Mapped(CityscapesClasses.To19, CityscapesClasses.Names19.Count, ignored), CityscapesClasses.Names19, "cityscapes19"),
            "cityscapes7" => new ClassMap(Mapped(CityscapesClasses.To7, CityscapesClasses.Names7.Count, ignored), CityscapesClasses.Names7, "cityscapes7"),
            "parts25" => new ClassMap(new MaskEncoding { IgnoreValue = ignored ?? MaskEncoding.Ignored, ClassCount = BodyParts.ClassCount }, BodyParts.ClassNames, "parts25"),
            "binary" => new ClassMap(Mapped([0, .. Enumerable.Repeat((byte)1, 255)], 2, ignored ?? -1), ["background", "foreground"], "binary"),
            _ => Read(source, ignored),
        };
    }

    /// <summary>The name of a class, or its id.</summary>
    public string NameOf(int id) => Names is not null && id < Names.Count ? Names[id] : Numbers.Format(id);

    private static MaskEncoding Mapped(IReadOnlyList<byte> table, int classes, int? ignored) =>
        new() { ClassMap = table, ClassCount = classes, IgnoreValue = ignored ?? MaskEncoding.Ignored };

    private static int? IgnoreValue(string? text)
    {
        if (text is null)
            return null;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return -1;
        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) && value <= ushort.MaxValue
            ? value
            : throw new UserErrorException($"--ignore-value {text}: expected a number from 0 to 65535, or none.");
    }

    /// <summary>A file with the columns id and class, and perhaps name: raw id, class id (empty or 255: no label), name of the class.</summary>
    private static ClassMap Read(string path, int? ignored)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"--classes-map {path}: is none of cityscapes19, cityscapes7, parts25 and binary, and there is no such file; expected one of these words, or a CSV file with the columns id,class[,name].");
        var table = TableReader.Read(path);
        var ids = table.Column("id", "--classes-map");
        var classes = table.Column("class", "--classes-map");
        var nameColumn = table.Contains("name") ? table.Column("name", "--classes-map") : null;
        var map = Enumerable.Repeat(Unlisted, 256).ToArray();
        var names = new SortedDictionary<int, string>();
        for (var row = 0; row < table.RowCount; row++)
        {
            var id = Whole(ids, row);
            if (map[id] != Unlisted)
                throw new UserErrorException($"{ids.Where(row)}: id {id} occurs twice; give every raw id one class.");
            map[id] = classes.IsMissing(row) ? MaskEncoding.Ignored : (byte)Whole(classes, row);
            if (map[id] == Unlisted)
                throw new UserErrorException($"{classes.Where(row)}: 254 is no class; expected 0 to 253, or nothing for pixels without a label.");
            if (map[id] != MaskEncoding.Ignored)
                names.TryAdd(map[id], nameColumn?.Text(row) is { Length: > 0 } name ? name : Numbers.Format(map[id]));
        }

        if (names.Count < 2 || names.Keys.Last() != names.Count - 1)
            throw new UserErrorException($"--classes-map {path}: the classes are {string.Join(", ", names.Keys)}; expected 0, 1 and so on, two at least and none left out.");
        return new ClassMap(Mapped(map, names.Count, ignored), nameColumn is null ? null : [.. names.Values], path);
    }

    private static int Whole(TableColumn column, int row) =>
        int.TryParse(column.Text(row), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var value) && value <= 255
            ? value
            : throw new UserErrorException($"{column.Where(row)}: '{column[row]}' is no id; expected a whole number from 0 to 255.");

    /// <summary>Says in terms of the options what a reader says of its own; of an id, that a class map of the user's does not list it, where a reader's message says what it became.</summary>
    public static string Explain(string message) =>
        message.Replace(" (MaskEncoding.Colours)", " with --mask-colours", StringComparison.Ordinal).Replace("(MaskEncoding.Binary)", "(--classes-map binary)", StringComparison.Ordinal)
            .Replace("Read it as a map if its numbers are measurements, or as instance ids if they number objects", "If it numbers objects say --instance-ids, if it holds measurements make it a task of the kind map", StringComparison.Ordinal)
            .Replace(FormattableString.Invariant($" (which the class map turns into {Unlisted})"), ", which the class map does not list,", StringComparison.Ordinal);
}
