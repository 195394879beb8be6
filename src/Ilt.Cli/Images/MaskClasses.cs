using System.Globalization;
using Ilt.Cli.Tables;
using Ilt.Imaging;

namespace Ilt.Cli.Images;

/// <summary>The classes of a mask task: how files are read, and how classes are written again.</summary>
/// <param name="Encoding">For the readers of masks.</param>
/// <param name="ClassCount">Number of classes; null where the trainer counts them.</param>
/// <param name="Names">The names by class; null where none are known.</param>
/// <param name="Values">What stands for each class in the files, a number or a colour #rrggbb; null: the classes are their own numbers.</param>
internal sealed record MaskClasses(MaskEncoding Encoding, int? ClassCount, IReadOnlyList<string>? Names, IReadOnlyList<string>? Values)
{
    /// <summary>Number of classes that were found where they are their own numbers; null: nobody has counted.</summary>
    public int? Found { get; init; }

    /// <summary>The classes that the options tell, before any file is read.</summary>
    public static MaskClasses Of(ClassMap map) => new(map.Encoding, map.ClassCount, map.Names, null);

    /// <summary>The name of a class; what stands for it in the files where it has none.</summary>
    public string NameOf(int id) => At(Names, id) ?? At(Values, id) ?? Numbers.Format(id);

    /// <summary>How a colour is written.</summary>
    public static string ColourText(int colour) => FormattableString.Invariant($"#{colour & 0xFFFFFF:x6}");

    /// <summary>The number, or the colour 0xRRGGBB, that a text stands for; null: it is none.</summary>
    public static int? NumberOf(string text) =>
        text.StartsWith('#') && text.Length == 7 && int.TryParse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var colour) ? colour
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>
    /// What stands for each class in the files, all of it: numbers and ranges of them, such as 0-127, or colours #rrggbb, with commas between;
    /// null: files number objects, or nobody knows how many classes there are.
    /// </summary>
    public IReadOnlyList<string>? ValuesOfFiles()
    {
        if (Encoding.InstanceIds || (ClassCount ?? Found) is not { } count)
            return null;
        if (Encoding.Colours is { } colours)
            return [.. Enumerable.Range(0, count).Select(k => string.Join(",", colours.Where(entry => entry.Value == k).Select(entry => entry.Key).Order().Select(ColourText)))];
        var classOf = Enumerable.Range(0, 256).Select(id => id == Encoding.IgnoreValue ? -1 : Encoding.ClassMap?[id] ?? id).ToArray();
        return [.. Enumerable.Range(0, count).Select(k => Ranges([.. Enumerable.Range(0, 256).Where(id => classOf[id] == k)]))];
    }

    /// <summary>The numbers, or colours 0xRRGGBB, that such a text names.</summary>
    public static IEnumerable<int> ValuesIn(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(part =>
        NumberOf(part) is { } value ? [value]
        : part.Split('-') is [var low, var high] && NumberOf(low) is { } first && NumberOf(high) is { } last && last <= byte.MaxValue && first <= last ? Enumerable.Range(first, last - first + 1)
        : []);

    private static string Ranges(int[] ids)
    {
        var texts = new List<string>();
        for (var i = 0; i < ids.Length; i++)
        {
            var start = i;
            while (i + 1 < ids.Length && ids[i + 1] == ids[i] + 1)
                i++;
            texts.Add(start == i ? Numbers.Format(ids[i]) : $"{Numbers.Format(ids[start])}-{Numbers.Format(ids[i])}");
        }

        return string.Join(",", texts);
    }

    private static string? At(IReadOnlyList<string>? texts, int id) => texts is not null && id < texts.Count ? texts[id] : null;
}
