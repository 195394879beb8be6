using Ilt.Naming;

namespace Ilt.Experiments;

/// <summary>A table as an experiment's file asks for it.</summary>
internal sealed record TableSpec
{
    /// <summary>Kinds of tables.</summary>
    public const string Means = "means", Wins = "wins", DeltaM = "delta-m", Cost = "cost";

    private static readonly string[] Kinds = [Means, Wins, DeltaM, Cost];

    /// <summary>Name of its files.</summary>
    public required string Name { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>What is computed.</summary>
    public required string Kind { get; init; }

    /// <summary>What was measured; several where "measure" is a dimension of rows or columns.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Dimensions of the rows.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Dimensions of the columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Values that are let in, by dimension.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; }

    /// <summary>"corrupted", "others" or "all": which tasks count.</summary>
    public required string Of { get; init; }

    /// <summary>Values of dimensions by which every figure is divided, at the same data set, task and seed; empty: by nothing.</summary>
    public required IReadOnlyDictionary<string, string> RelativeTo { get; init; }

    /// <summary>Test of the best against the second best.</summary>
    public required string Test { get; init; }

    /// <summary>Whether there are rows for the groups of data sets and for all.</summary>
    public bool Groups { get; init; }

    /// <summary>The method whose wins are counted (wins), or that the others are compared with (delta-m); null: each against each.</summary>
    public string? Method { get; init; }

    /// <summary>Digits after the point.</summary>
    public int Digits { get; init; }

    /// <summary>Factor on every figure, 100 for percents.</summary>
    public double Factor { get; init; }

    /// <summary>Whether the higher of two figures is better; null: as the measure says.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>Figures to show beside, by row and column: the paper's.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Paper { get; init; }

    public static TableSpec Read(JsonPlace place)
    {
        var kind = place.OneOf("kind", Kinds) ?? Means;
        var measures = place.Texts("measure") ?? (kind is DeltaM ? [MeasureNames.Error] : kind is Wins ? [MeasureNames.AveragePrecision] : kind is Cost ? [] : throw place.Missing("measure", "a measure, for example ap"));
        var name = place.RequiredText("name");
        if (name.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.'))) throw place.Error("name", $"'{name}' names files: letters, digits, -, _ and . only.");
        var spec = new TableSpec
        {
            Name = name,
            Title = place.Text("title") ?? name,
            Kind = kind,
            Measures = measures,
            Rows = Dimensions(place, "rows") ?? ["data", "level"],
            Columns = Dimensions(place, "columns") ?? ["method"],
            Where = Filters(place),
            Of = place.OneOf("of", ["corrupted", "others", "all"]) ?? "all",
            RelativeTo = Pairs(place.Object("relativeTo")),
            Test = place.OneOf("test", PairedTest.Names) ?? "wilcoxon",
            Groups = place.Flag("groups") ?? false,
            Method = place.Text("method"),
            Digits = place.Whole("digits") ?? (kind == DeltaM ? 1 : 3),
            Factor = place.Number("factor") ?? 1,
            HigherIsBetter = place.OneOf("better", ["higher", "lower"]) is { } better ? better == "higher" : null,
            Paper = Nested(place.Object("paper")),
        };
        if (kind == DeltaM && spec.Method is null) throw place.Missing("method", "the method that the others are compared with");
        if (kind == Means && measures.Count > 1 && !spec.Rows.Contains("measure") && !spec.Columns.Contains("measure"))
            throw place.Error("measure", "several measures need \"measure\" among rows or columns, since their figures cannot be averaged.");
        if (spec.Rows.Intersect(spec.Columns).FirstOrDefault() is { } twice) throw place.Error("columns", $"'{twice}' is among the rows already.");
        place.End();
        return spec;
    }

    private static IReadOnlyList<string>? Dimensions(JsonPlace place, string name) => place.Texts(name) is not { } texts ? null
        : texts.FirstOrDefault(text => !Observation.Dimensions.Contains(text)) is { } unknown
            ? throw place.Error(name, $"there is no dimension '{unknown}'; {NearestName.Advice(unknown, [.. Observation.Dimensions])}")
            : texts;

    private static Dictionary<string, IReadOnlyList<string>> Filters(JsonPlace place)
    {
        var filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (place.Object("where") is not { } where) return filters;
        foreach (var name in Observation.Dimensions.Where(where.Has))
            filters[name] = name == "level" ? [.. where.Numbers(name, 0, 1)!.Select(Observation.Percent)] : where.Texts(name)!;
        where.End();
        return filters;
    }

    private static Dictionary<string, string> Pairs(JsonPlace? place)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (place is null) return pairs;
        foreach (var name in Observation.Dimensions.Where(place.Has))
            pairs[name] = name == "level" ? Observation.Percent(place.Number(name, 0, 1)!.Value) : place.RequiredText(name);
        place.End();
        return pairs;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Nested(JsonPlace? place)
    {
        var nested = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var row in place?.Names.ToArray() ?? [])
        {
            var columns = place!.Object(row)!;
            nested[row] = columns.Names.ToArray().ToDictionary(column => column, columns.RequiredText, StringComparer.Ordinal);
        }
        return nested;
    }
}
