using Ilt.Naming;

namespace Ilt.Experiments;

/// <summary>How large an experiment is run.</summary>
public enum ExperimentSize
{
    /// <summary>As the file says.</summary>
    Usual,

    /// <summary>With the section <c>quick</c>: fewer rows, seeds and epochs.</summary>
    Quick,

    /// <summary>With what the section <c>full</c> puts in the place of properties of the file.</summary>
    Full,
}

/// <summary>An experiment: data sets, corruptions, methods and seeds whose combinations are run, and the tables and figures made of the results.</summary>
public sealed record ExperimentFile
{
    /// <summary>What it is about.</summary>
    public required string Title { get; init; }

    /// <summary>The data sets.</summary>
    public required IReadOnlyList<DataSet> DataSets { get; init; }

    /// <summary>Ways to make labels wrong.</summary>
    public required IReadOnlyList<CorruptionPlan> Corruptions { get; init; }

    /// <summary>Weightings and detectors.</summary>
    public required IReadOnlyList<Method> Methods { get; init; }

    /// <summary>Seeds: of the split, of what becomes wrong, and of the training.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Shares of the rows that are looked at for the measures found@..., in percent of the rows, and what they find.</summary>
    public required IReadOnlyList<double> Found { get; init; }

    /// <summary>Whether the test rows are measured after every epoch, too, for the measures "best ...".</summary>
    public bool PerEpoch { get; init; }

    /// <summary>Whether audits are made of what detectors say out of fold, and measured against the truth.</summary>
    public bool Audit { get; init; }

    /// <summary>Whether the paths of s are kept, for figures of them.</summary>
    public bool Trace { get; init; }

    /// <summary>Most epochs of a quick run; null: no limit.</summary>
    public int? MostEpochs { get; init; }

    /// <summary>The tables.</summary>
    internal IReadOnlyList<TableSpec> Tables { get; init; } = [];

    /// <summary>The figures.</summary>
    internal IReadOnlyList<FigureSpec> Figures { get; init; } = [];

    /// <summary>Options of training.</summary>
    internal TrainingSection Training { get; init; } = TrainingSection.None;

    /// <summary>The folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>Reads an experiment.</summary>
    /// <param name="text">JSON; comments and trailing commas are allowed.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="folder">The folder that relative paths start from.</param>
    /// <param name="size">Which size of it.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="ExperimentException">Something in it does not fit; the message names the place.</exception>
    public static ExperimentFile Parse(string text, string name, string folder, ExperimentSize size = ExperimentSize.Usual)
    {
        var place = JsonPlace.Parse(text, name).With("full", size == ExperimentSize.Full);
        var sets = place.Objects("data").Select(DataKinds.Read).ToList();
        if (sets.Count == 0) throw place.Missing("data", "a list of data sets");
        var methods = place.Objects("weightings", "weighting").Select(Method.ReadWeighting).Concat(place.Objects("detectors", "detector").Select(Method.ReadDetector)).ToList();
        if (methods.Count == 0) throw place.Missing("weightings", "a list of weightings, or of detectors beside");
        var corruptions = place.Objects("corruptions", "kind").Select(CorruptionPlan.Read).ToList();
        if (corruptions.Count == 0) throw place.Missing("corruptions", $"a list of ways to make labels wrong, \"{CorruptionPlan.Clean}\" at least");
        RequireDifferent(place, "data", sets.Select(set => set.Name));
        RequireDifferent(place, "weightings", methods.Select(method => method.Name));
        RequireDifferent(place, "corruptions", corruptions.Select(plan => plan.Name));
        foreach (var (where, names) in corruptions.Select(plan => (plan.Where, plan.Data)).Concat(methods.Select(method => (place.Where(method.Name), method.Data))))
            if (names.FirstOrDefault(text => sets.All(set => set.Name != text)) is { } unknown)
                throw new ExperimentException($"{where}.data: there is no data set '{unknown}'; {NearestName.Advice(unknown, [.. sets.Select(set => set.Name)])}");
        var tables = place.Objects("tables").Select(TableSpec.Read).ToList();
        var figures = place.Objects("figures").Select(FigureSpec.Read).ToList();
        RequireDifferent(place, "tables", tables.Select(table => table.Name));
        RequireDifferent(place, "figures", figures.Select(figure => figure.Name));
        var found = place.Numbers("found", 0.001, 100);
        var file = new ExperimentFile
        {
            Title = place.RequiredText("title"),
            DataSets = sets,
            Corruptions = corruptions,
            Methods = methods,
            Seeds = place.Wholes("seeds", int.MinValue) ?? [1, 2, 3],
            Found = found ?? [5, 10, 20, 30, 40, 50],
            PerEpoch = place.Flag("perEpoch") ?? false,
            Audit = place.Flag("audit") ?? false,
            Trace = figures.Any(figure => figure.NeedsPaths),
            Tables = tables,
            Figures = figures,
            Training = TrainingSection.Read(place.Object("training")),
            Folder = folder,
        };
        if (file.Seeds.Count == 0) throw place.Missing("seeds", "a seed at least");
        RequireDifferent(place, "seeds", file.Seeds.Select(seed => FormattableString.Invariant($"{seed}")));
        if (place.Object("quick") is { } small)
        {
            var shrunk = QuickSection.Read(small).Shrink(file, small);
            if (size == ExperimentSize.Quick) file = shrunk;
        }
        else if (size == ExperimentSize.Quick)
        {
            throw place.Missing("quick", "an object with fewer rows, seeds and epochs, for --quick");
        }
        place.End();
        return file;
    }

    private static void RequireDifferent(JsonPlace place, string property, IEnumerable<string> names)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw place.Error(property, $"'{twice.Key}' stands here twice; give each its own name.");
    }
}
