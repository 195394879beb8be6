using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Imaging;
using Ilt.MLNet;
using Ilt.Reports;

namespace Ilt.Cli.Reports;

/// <summary>The colour of each class of a mask task, one and the same in all of its drawn masks.</summary>
internal sealed class ClassColours
{
    /// <summary>Of more classes nobody finds one by its colour.</summary>
    public const int MostNamed = 20;

    private readonly string[] names;
    private readonly int[][] values;
    private readonly bool areColours;
    private readonly Dictionary<int, int> classOf = [];
    private readonly SortedSet<int> seen = [];
    private int[]? colours;

    /// <summary>Of a task of which it is known what stands for each class in the files.</summary>
    public ClassColours(RunTask task, IReadOnlyList<string> classValues)
    {
        values = [.. classValues.Select(text => MaskClasses.ValuesIn(text).ToArray())];
        areColours = classValues.Any(text => text.StartsWith('#'));
        names = [.. classValues.Select((text, k) => task.Classes is { } known && k < known.Count ? known[k] : text)];
        foreach (var (k, value) in values.SelectMany((own, k) => own.Select(value => (k, value))))
            classOf.TryAdd(value, k);
    }

    /// <summary>The classes that occur in the masks read so far, with their colours; null: there are none, or too many.</summary>
    public IReadOnlyList<ReportColour>? Key => seen.Count is 0 or > MostNamed ? null
        : [.. seen.Select(k => new ReportColour(names[k], IsPlain(k) ? null : MaskClasses.ColourText(colours![k])))];

    /// <summary>What there is to say of the colours in place of <see cref="Key"/>; null: nothing.</summary>
    public string? Note => seen.Count > MostNamed ? FormattableString.Invariant($"The drawn masks have {seen.Count} classes, too many to be told by their colours.") : null;

    /// <summary>Reads a mask as classes, with -1 for pixels that have none.</summary>
    /// <exception cref="ImageFormatException">The file is missing, broken or of another kind.</exception>
    public (ImageSize Size, int[] Classes) Read(string path)
    {
        if (MaskSurvey.IsLossy(path))
        {
            var parted = LabelNumbers.Read(path);
            colours ??= Chosen([]);
            return (parted.Size, Classes(parted.Values, value => (int)value));
        }

        var mask = MaskPixels.Read(path, PictureReader.Read);
        var pixels = areColours ? mask.Colours(path) : mask.Numbers() ?? throw new ImageFormatException(path, "this mask has colours, where the run has read numbers.");
        colours ??= Chosen(mask.Palette);
        return (mask.Size, Classes(pixels, value => value));
    }

    /// <summary>The colour of a class.</summary>
    public (byte Red, byte Green, byte Blue) this[int k] => ((byte)(colours![k] >> 16), (byte)(colours[k] >> 8), (byte)colours[k]);

    /// <summary>Whether pixels of a class stay as they are: the class of 0 or black, mostly the background, and none.</summary>
    public bool IsPlain(int k) => k < 0 || values[k].Contains(0);

    private int[] Classes<T>(T[] pixels, Func<T, int> value)
    {
        var classes = Array.ConvertAll(pixels, pixel => classOf.GetValueOrDefault(value(pixel), -1));
        seen.UnionWith(classes.Where(k => k >= 0));
        return classes;
    }

    // Those of the first file, whatever the palettes of others.
    private int[] Chosen(IReadOnlyList<int> palette) =>
    [
        .. values.Select((own, k) => own.Length == 0 ? 0 : areColours ? own[^1] : own[^1] < palette.Count ? palette[own[^1]] : OfClass(k)),
    ];

    // Hues far apart, each full, pale and dark: more of them than are named, and neighbours differ most.
    private static int OfClass(int k)
    {
        const int Hues = 7, HueStep = 3;
        const double Darkness = 0.5, Paleness = 0.5;
        var (red, green, blue) = LabelPicture.OfHue(k * HueStep % Hues / (double)Hues);
        return Toned(red) << 16 | Toned(green) << 8 | Toned(blue);

        int Toned(byte part) => (int)((k / Hues % 3) switch { 0 => part, 1 => part + ((byte.MaxValue - part) * Paleness), _ => part * (1 - Darkness) });
    }
}
