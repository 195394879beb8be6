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

    private static string? At(IReadOnlyList<string>? texts, int id) => texts is not null && id < texts.Count ? texts[id] : null;
}
