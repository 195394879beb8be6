using System.Globalization;
using Ilt.Weighting;

namespace Ilt.Examples.ImageTables;

/// <summary>What is measured: set, corruption ("clean" for none), fraction, seed and weighting.</summary>
internal readonly record struct RunKey(string Set, string Corruption, double Fraction, int Seed, LossWeightingKind Weighting)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Set},{Corruption},{Fraction},{Seed},{LossWeightings.ShortName(Weighting)}");
}

/// <summary>A line of the file.</summary>
internal sealed record ResultLine(string Set, string Corruption, double Fraction, int Seed, string Weighting, string Task, string Name, double Value)
{
    /// <summary>The line as it stands in the file; null where it is cut off or otherwise none.</summary>
    public static ResultLine? Parse(string line)
    {
        var cells = line.Split(',');
        var culture = CultureInfo.InvariantCulture;
        return cells.Length == 8 && double.TryParse(cells[2], culture, out var fraction) && int.TryParse(cells[3], culture, out var seed) && double.TryParse(cells[7], culture, out var value)
            ? new ResultLine(cells[0], cells[1], fraction, seed, cells[4], cells[5], cells[6], value)
            : null;
    }

    public (string, string, double, int, string) Run => (Set, Corruption, Fraction, Seed, Weighting);
}

/// <summary>
/// The measurements as CSV, one line each. The file is written anew after every run and put in place of the old one, so that an
/// interrupted table goes on where it stopped. A run counts once its last figure is there; what else stands of one is left out and goes
/// when it is run again.
/// </summary>
internal sealed class ResultFile
{
    private const string FileName = "runs.csv";
    private const string Header = "set,corruption,fraction,seed,weighting,task,measure,value";

    private readonly string path;

    public ResultFile(string folder)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) Replace([]);
    }

    public bool Has(RunKey key) => Finished(path).Any(line => line.StartsWith(key + ",", StringComparison.Ordinal));

    /// <summary>Adds the figures of a run.</summary>
    public void Write(RunKey key, IReadOnlyList<Measure> measures)
    {
        if (measures[^1].Name != Run.LastFigure) throw new ArgumentException($"The last figure of a run must be '{Run.LastFigure}', found '{measures[^1].Name}'.", nameof(measures));
        Replace([.. Finished(path), .. measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{key},{m.Task},{m.Name},{m.Value:G6}"))]);
    }

    /// <summary>All measurements of one set in some folders; a run that is in several of them counts once.</summary>
    public static IReadOnlyList<ResultLine> Read(IEnumerable<string> folders, string set) =>
    [
        .. folders.SelectMany(folder => Finished(Path.Combine(folder, FileName))).Select(line => ResultLine.Parse(line)!).Where(line => line.Set == set)
            .DistinctBy(line => line with { Value = 0 }),
    ];

    // The last line of a file that does not end it may have lost digits.
    private static string[] Finished(string path)
    {
        var text = File.ReadAllText(path);
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => (Text: line, Parsed: ResultLine.Parse(line))).Where(line => line.Parsed is not null).ToArray();
        var ended = lines.Where(line => line.Parsed!.Name == Run.LastFigure).Select(line => line.Parsed!.Run).ToHashSet();
        return [.. lines.Where(line => ended.Contains(line.Parsed!.Run)).Select(line => line.Text)];
    }

    private void Replace(IEnumerable<string> lines)
    {
        var temporary = path + ".tmp";
        File.WriteAllText(temporary, string.Concat(lines.Prepend(Header).Select(line => line + "\n")));
        File.Move(temporary, path, overwrite: true);
    }
}
