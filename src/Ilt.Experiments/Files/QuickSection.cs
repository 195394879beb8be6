using Ilt.Naming;

namespace Ilt.Experiments;

/// <summary>What <c>--quick</c> takes instead: fewer of everything. Null: as in the rest of the file.</summary>
internal sealed record QuickSection
{
    public int? Rows { get; private init; }

    public int? TestRows { get; private init; }

    public int? Epochs { get; private init; }

    public IReadOnlyList<int>? Seeds { get; private init; }

    public IReadOnlyList<double>? Levels { get; private init; }

    public IReadOnlyList<string>? Data { get; private init; }

    public IReadOnlyList<string>? Corruptions { get; private init; }

    public IReadOnlyList<string>? Methods { get; private init; }

    public string Canonical { get; private init; } = "";

    public static QuickSection Read(JsonPlace place)
    {
        var section = new QuickSection
        {
            Rows = place.Whole("rows", 8),
            TestRows = place.Whole("testRows", 1),
            Epochs = place.Whole("epochs", 1),
            Seeds = place.Wholes("seeds", int.MinValue),
            Levels = place.Numbers("levels", 0, 1),
            Data = place.Texts("data"),
            Corruptions = place.Texts("corruptions"),
            Methods = place.Texts("methods"),
            Canonical = place.Canonical(),
        };
        place.End();
        return section;
    }

    /// <summary>The experiment in small.</summary>
    public ExperimentFile Shrink(ExperimentFile file, JsonPlace place) => file with
    {
        DataSets = [.. Chosen(file.DataSets, set => set.Name, Data, place, "data").Select(set => set with
        {
            Rows = Rows is { } rows ? Math.Min(set.Rows ?? int.MaxValue, rows) : set.Rows,
            TestRows = TestRows is { } tests ? Math.Min(set.TestRows ?? int.MaxValue, tests) : set.TestRows,
        })],
        Corruptions = [.. Chosen(file.Corruptions, plan => plan.Name, Corruptions, place, "corruptions").Select(plan =>
            Levels is null || plan.Kind is CorruptionPlan.Clean or CorruptionPlan.Known ? plan : plan with { Levels = Levels })],
        Methods = Chosen(file.Methods, method => method.Name, Methods, place, "methods"),
        Seeds = Seeds ?? file.Seeds,
        MostEpochs = Epochs,
    };

    private static IReadOnlyList<T> Chosen<T>(IReadOnlyList<T> all, Func<T, string> name, IReadOnlyList<string>? chosen, JsonPlace place, string property)
    {
        if (chosen is null) return all;
        if (chosen.FirstOrDefault(text => all.All(item => name(item) != text)) is { } unknown)
            throw place.Error(property, $"there is no '{unknown}'; {NearestName.Advice(unknown, [.. all.Select(name)])}");
        return [.. all.Where(item => chosen.Contains(name(item)))];
    }
}
