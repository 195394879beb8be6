using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Images;

/// <summary>How often a number or a colour occurs.</summary>
/// <param name="Pixels">Pixels that have it.</param>
/// <param name="Files">Files in which some pixel has it.</param>
internal readonly record struct Tally(long Pixels, int Files);

/// <summary>What the files of a mask task hold: every number and every colour, before anything is decided about them.</summary>
internal sealed class MaskSurvey
{
    // Far more than a task can have classes: such files are photographs, and counting on tells nothing.
    private const int MostColours = 4096;
    private const int MostThreads = 8;

    // Small objects have no pixel left where a picture was made smaller.
    private const double SerialShare = 0.8;

    /// <summary>From so many on, numbers rather are those of objects.</summary>
    public const int ManyIds = 50;

    private readonly Dictionary<int, int> colourOfIndex = [];
    private readonly Dictionary<int, Tally> numbers = [];
    private readonly Dictionary<int, Tally> colours = [];

    /// <summary>Files that could be read.</summary>
    public int Files { get; private set; }

    /// <summary>Files of numbers without a palette.</summary>
    public int NumberFiles { get; private set; }

    /// <summary>Files with a palette.</summary>
    public int PaletteFiles { get; private set; }

    /// <summary>Files of colours in which some pixel is no gray.</summary>
    public int ColourFiles { get; private set; }

    /// <summary>Files whose format changes numbers: JPEG, lossy WebP.</summary>
    public int LossyFiles { get; private set; }

    /// <summary>Files of numbers that run from 0 or 1 to their highest with few gaps or none, as numbers of objects do.</summary>
    public int SerialFiles { get; private set; }

    /// <summary>Files of numbers that have 255 and none but 0 beside it.</summary>
    public int FilesOf255Alone { get; private set; }

    /// <summary>Files of numbers that have 255 and others than 0 beside it.</summary>
    public int FilesOf255AndOthers { get; private set; }

    /// <summary>Files of numbers other than 0, without 255.</summary>
    public int FilesWithout255 { get; private set; }

    /// <summary>Files of numbers other than 0, all of them below 128, and the highest of those.</summary>
    public (int Files, int Highest) FilesBelow128 { get; private set; }

    /// <summary>Where numbers lie that are neither near 0 nor near 255; of files without a palette.</summary>
    public MaskEdges Edges { get; private set; }

    /// <summary>Whether an index means different colours in different files.</summary>
    public bool PalettesDiffer { get; private set; }

    /// <summary>The numbers: gray, palette indices, and the gray of colours that are all gray.</summary>
    public IReadOnlyDictionary<int, Tally> Numbers => numbers;

    /// <summary>The colours 0xRRGGBB: those of palettes too, and the gray of numbers.</summary>
    public IReadOnlyDictionary<int, Tally> Colours => colours;

    /// <summary>Whether numbers are objects by all signs: there are many, and within nearly every file they run from 0 to its highest.</summary>
    public bool NumbersObjects => ColourFiles == 0 && PaletteFiles == 0 && numbers.Count > ManyIds && SerialFiles >= 0.9 * Files;

    /// <summary>Reads the files; one that cannot be read is left to whoever reports it with its row.</summary>
    public static MaskSurvey Read(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var survey = new MaskSurvey();
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Min(MostThreads, Environment.ProcessorCount) };
        Parallel.ForEach(paths, options, path =>
        {
            try
            {
                survey.Add(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidOperationException)
            {
                // reported, with its row, when the rows are read
            }
        });
        return survey;
    }

    private void Add(string path)
    {
        if (IsLossy(path))
        {
            lock (numbers)
                (Files, LossyFiles) = (Files + 1, LossyFiles + 1);
            return;
        }

        var pixels = MaskPixels.Read(path, PictureReader.Read);
        var found = pixels.Numbers();
        var ownNumbers = found is null ? null : Count(found);
        var edges = found is null || pixels.Kind == MaskPixelKind.Palette ? default : MaskEdges.Of(found, pixels.Size);
        var ownColours = Count(pixels.Colours(path));
        lock (numbers)
        {
            Files++;
            SerialFiles += ownNumbers is not null && IsSerial(ownNumbers.Keys) ? 1 : 0;
            Edges += edges;
            if (ownNumbers is not null)
                AddEnds(ownNumbers.Keys);
            switch (pixels.Kind)
            {
                case MaskPixelKind.Numbers:
                    NumberFiles++;
                    break;
                case MaskPixelKind.Palette:
                    PaletteFiles++;
                    foreach (var index in ownNumbers!.Keys)
                        PalettesDiffer |= !colourOfIndex.TryAdd(index, pixels.Palette[index]) && colourOfIndex[index] != pixels.Palette[index];
                    break;
                default:
                    ColourFiles += ownNumbers is null ? 1 : 0;
                    break;
            }

            Merge(numbers, ownNumbers);
            Merge(colours, ownColours);
        }
    }

    private void AddEnds(ICollection<int> ids)
    {
        var hasOthers = ids.Any(id => id is not (0 or MaskEncoding.Ignored));
        if (!ids.Contains(MaskEncoding.Ignored))
            FilesWithout255 += hasOthers ? 1 : 0;
        else if (hasOthers)
            FilesOf255AndOthers++;
        else
            FilesOf255Alone++;
        if (ids.Max() is > 0 and < 128 and var highest)
            FilesBelow128 = (FilesBelow128.Files + 1, Math.Max(FilesBelow128.Highest, highest));
    }

    /// <summary>Whether the format of a file changes the numbers of its pixels.</summary>
    public static bool IsLossy(string path) => PictureFormats.OfFile(path) is PictureFormat.Jpeg or PictureFormat.WebP;

    private static bool IsSerial(ICollection<int> ids) => ids.Count >= SerialShare * (ids.Max() + 1);

    private static Dictionary<int, long> Count(int[] values)
    {
        var counts = new Dictionary<int, long>();
        for (var i = 0; i < values.Length;)
        {
            var start = i;
            while (i < values.Length && values[i] == values[start])
                i++;
            counts[values[start]] = counts.GetValueOrDefault(values[start]) + i - start;
        }

        return counts;
    }

    private static void Merge(Dictionary<int, Tally> all, Dictionary<int, long>? own)
    {
        foreach (var (value, pixels) in own ?? [])
        {
            if (all.Count < MostColours || all.ContainsKey(value))
                all[value] = all.GetValueOrDefault(value) is var old ? new Tally(old.Pixels + pixels, old.Files + 1) : default;
        }
    }
}
