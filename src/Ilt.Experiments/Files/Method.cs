using Ilt.Detectors;
using Ilt.Naming;
using Ilt.Weighting;

namespace Ilt.Experiments;

/// <summary>What is fitted in a cell: a network under a weighting, off which all scores are read, or a detector.</summary>
public sealed record Method
{
    /// <summary>Name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>The weighting; null: a detector.</summary>
    public LossWeightingKind? Weighting { get; init; }

    /// <summary>Options of the weighting; null: its defaults, or those of <see cref="Training"/>.</summary>
    public WeightingOptions? WeightingOptions { get; init; }

    /// <summary>The name of the detector; null: a weighting.</summary>
    public string? Detector { get; init; }

    /// <summary>Names of the data sets that it is for; empty: all.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Options of training that only this one has.</summary>
    internal TrainingSection Training { get; init; } = TrainingSection.None;

    /// <summary>What decides about its results, in one way of writing.</summary>
    internal string Canonical { get; init; } = "";

    internal static Method ReadWeighting(JsonPlace place)
    {
        var text = place.Text("weighting") ?? throw place.Missing("weighting", $"one of {string.Join(", ", LossWeightings.ShortNames)}");
        try
        {
            var (kind, options) = WeightingSyntax.Parse(text);
            return Read(place, text.Replace(':', ' '), new Method { Name = "", Weighting = kind, WeightingOptions = options });
        }
        catch (ArgumentException e)
        {
            throw place.Error("weighting", e.Message.Split(" (Parameter", 2)[0] + (text.Contains(':') ? "" : $" ({NearestName.Advice(text, [.. LossWeightings.ShortNames])})"));
        }
    }

    internal static Method ReadDetector(JsonPlace place)
    {
        var name = place.Text("detector") ?? throw place.Missing("detector", $"one of {string.Join(", ", DetectorNames)}");
        var detector = Find(place, name);
        if (detector is RowScoreDetector { Score.Name: var score })
            throw place.Error("detector", $"'{name}' is a score that is read off every training; name its weighting among the weightings, and the column {name.Split('/')[0]}:{score} in the tables");
        return Read(place, name, new Method { Name = "", Detector = name });
    }

    private static string[] DetectorNames => [.. DetectorCatalog.All.Where(detector => detector is not RowScoreDetector).Select(detector => detector.Name)];

    private static IDetector Find(JsonPlace place, string name)
    {
        try
        {
            return DetectorCatalog.Find(name);
        }
        catch (ArgumentException)
        {
            throw place.Error("detector", $"found '{name}'; expected one of {string.Join(", ", DetectorNames)}; {NearestName.Advice(name, DetectorNames)}");
        }
    }

    private static Method Read(JsonPlace place, string name, Method method)
    {
        method = method with
        {
            Name = place.Text("name") ?? name,
            Data = place.Texts("data") ?? [],
            Training = TrainingSection.Read(place.Object("training")),
            Canonical = place.Canonical("name", "data"),
        };
        if (method.Name.Contains(':')) throw place.Error("name", "a colon parts a method from its score; leave it out.");
        place.End();
        return method;
    }
}
