using System.Globalization;
using Ilt.Weighting;

namespace Ilt.Examples.ImageTables;

/// <summary>What is measured: set, corruption ("clean" for none), fraction, seed and weighting.</summary>
internal readonly record struct RunKey(string Set, string Corruption, double Fraction, int Seed, LossWeightingKind Weighting)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Set},{Corruption},{Fraction},{Seed},{LossWeightings.ShortName(Weighting)}");
}

/// <summary>The measurements as CSV, one line each, appended run by run, so that an interrupted table goes on where it stopped.</summary>
internal sealed class ResultFile
{
    private const string Header = "set,corruption,fraction,seed,weighting,task,measure,value";

    private readonly string path;

    public ResultFile(string folder)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, "runs.csv");
        if (!File.Exists(path)) File.WriteAllText(path, Header + "\n");
    }

    public bool Has(RunKey key) => File.ReadLines(path).Any(line => line.StartsWith(key + ",", StringComparison.Ordinal));

    public void Write(RunKey key, IEnumerable<Measure> measures) =>
        File.AppendAllText(path, string.Concat(measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{key},{m.Task},{m.Name},{m.Value:G6}\n"))));

    /// <summary>All measurements, as (key without seed, task, measure, seed, value).</summary>
    public IReadOnlyList<(string Set, string Corruption, double Fraction, string Weighting, string Task, string Name, double Value)> Read() =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
            .Select(c => (c[0], c[1], double.Parse(c[2], CultureInfo.InvariantCulture), c[4], c[5], c[6], double.Parse(c[7], CultureInfo.InvariantCulture))),
    ];
}
