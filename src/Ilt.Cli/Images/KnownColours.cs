using System.Globalization;
using Ilt.Cli.Tables;
using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>The colours of classes: those of well-known data sets by name, or a table of the user's.</summary>
internal static class KnownColours
{
    private const string Role = "--mask-colours";

    private static readonly (string Name, IReadOnlyList<MaskColour> Colours)[] Sets = [("voc", MaskColours.Voc), ("camvid", MaskColours.CamVid), ("cityscapes", MaskColours.Cityscapes)];

    /// <summary>The words that stand for data sets.</summary>
    public static string Words { get; } = string.Join(", ", Sets.Select(set => set.Name));

    /// <summary>The data set all of whose masks could have these colours; null: none, or too few of them to tell.</summary>
    public static string? That(IReadOnlyCollection<int> colours)
    {
        const int Fewest = 3; // black and one more would fit many
        return colours.Count < Fewest ? null : Sets.FirstOrDefault(set => colours.All(colour => set.Colours.Any(entry => entry.Colour == colour))).Name;
    }

    /// <summary>A data set's word, or a CSV file with the columns r,g,b or colour, and perhaps class and name.</summary>
    public static IReadOnlyList<MaskColour> Read(string source)
    {
        if (Array.Find(Sets, set => set.Name.Equals(source, StringComparison.OrdinalIgnoreCase)) is { Colours: { } known })
            return known;
        if (!File.Exists(source))
            throw new UserErrorException($"{Role} {source}: is none of {Words} and none, and there is no such file; expected one of these words, or a CSV file with the columns r,g,b (or colour, as #rrggbb) and perhaps class and name.");
        var table = TableReader.Read(source);
        TableColumn? Named(params string[] names) => table.Columns.FirstOrDefault(column => names.Contains(column.Name.Trim().ToLowerInvariant()));
        var colour = Named("colour", "color", "hex");
        TableColumn?[] parts = [Named("r", "red"), Named("g", "green"), Named("b", "blue")];
        if (colour is null && parts.Contains(null))
            throw new UserErrorException($"{Role} {source}: has neither the columns r, g and b nor a column colour; found {string.Join(", ", table.Columns.Select(column => column.Name))}.");
        var (classes, names) = (Named("class", "id"), Named("name", "label"));
        var entries = new List<MaskColour>();
        for (var row = 0; row < table.RowCount; row++)
        {
            var value = colour is not null ? Colour(colour, row) : parts.Aggregate(0, (sum, part) => sum << 8 | Whole(part!, row));
            if (entries.FindIndex(entry => entry.Colour == value) is var twice and >= 0)
                throw new UserErrorException($"{(colour ?? parts[0]!).Where(row)}: the colour {MaskClasses.ColourText(value)} stands in row {twice + 1} too; give every colour one class.");
            var id = classes is null ? row : classes.IsMissing(row) ? MaskEncoding.Ignored : Whole(classes, row);
            if (id is 254 || (classes is null && id > 253))
                throw new UserErrorException($"{table.Source.Path}: a mask has 254 classes at most, 0 to 253.");
            entries.Add(new MaskColour(value, (byte)id, names?.Text(row) is { Length: > 0 } name ? name : MaskClasses.ColourText(value)));
        }

        return entries.Where(entry => entry.Class != MaskEncoding.Ignored).DistinctBy(entry => entry.Class).Count() >= 2
            ? entries
            : throw new UserErrorException($"{Role} {source}: gives colours to fewer than two classes.");
    }

    private static int Colour(TableColumn column, int row)
    {
        var text = column.Text(row).Trim();
        var digits = text.StartsWith('#') ? text[1..] : text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return digits.Length == 6 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserErrorException($"{column.Where(row)}: '{text}' is no colour; expected #rrggbb in hexadecimal digits, for example #800000.");
    }

    private static int Whole(TableColumn column, int row) =>
        int.TryParse(column.Text(row), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 255
            ? value
            : throw new UserErrorException($"{column.Where(row)}: '{column[row]}' is no number from 0 to 255.");
}
