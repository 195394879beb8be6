using System.Globalization;
using Ilt.Weighting;

namespace Ilt.Examples.ImageTables;

/// <summary>What is measured: set, corruption ("clean" for none), fraction, seed and weighting.</summary>
internal readonly record struct RunKey(string Set, string Corruption, double Fraction, int Seed, LossWeightingKind Weighting)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Set},{Corruption},{Fraction},{Seed},{LossWeightings.ShortName(Weighting)}");
}

/// <summary>A line of the file.</summary>
internal sealed record ResultLine(string Set, string Corruption, double Fraction, int Seed, string Weighting, string Task, string Name, double Value);

/// <summary>The measurements as CSV, one line each, appended run by run, so that an interrupted table goes on where it stopped.</summary>
internal sealed class ResultFile
{
    private const string FileName = "runs.csv";
    private const string Header = "set,corruption,fraction,seed,weighting,task,measure,value";

    private readonly string path;

    public ResultFile(string folder)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) File.WriteAllText(path, Header + "\n");
    }

    public bool Has(RunKey key) => File.ReadLines(path).Any(line => line.StartsWith(key + ",", StringComparison.Ordinal));

    public void Write(RunKey key, IEnumerable<Measure> measures) =>
        File.AppendAllText(path, string.Concat(measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{key},{m.Task},{m.Name},{m.Value:G6}\n"))));

    /// <summary>All measurements of one set in some folders; a run that is in several of them counts once.</summary>
    public static IReadOnlyList<ResultLine> Read(IEnumerable<string> folders, string set) =>
    [
        .. folders.SelectMany(folder => File.ReadLines(Path.Combine(folder, FileName)).Skip(1)).Select(line => line.Split(',')).Where(c => c[0] == set)
            .Select(c => new ResultLine(c[0], c[1], double.Parse(c[2], CultureInfo.InvariantCulture), int.Parse(c[3], CultureInfo.InvariantCulture), c[4], c[5], c[6], double.Parse(c[7], CultureInfo.InvariantCulture)))
            .DistinctBy(line => line with { Value = 0 }),
    ];
}
