namespace Ilt.Experiments;

/// <summary>A figure as an experiment's file asks for it.</summary>
internal sealed record FigureSpec
{
    /// <summary>Kinds of figures.</summary>
    public const string Paths = "s-paths", Boxes = "s-boxes", Lines = "lines", Bars = "bars";

    private static readonly string[] Kinds = [Paths, Boxes, Lines, Bars];

    /// <summary>Name of its files.</summary>
    public required string Name { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>What is drawn.</summary>
    public required string Kind { get; init; }

    /// <summary>What was measured; of lines and bars.</summary>
    public required string Measure { get; init; }

    /// <summary>The dimension along which bars stand; lines go over the levels.</summary>
    public required string Along { get; init; }

    /// <summary>Values that are let in, by dimension.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; }

    /// <summary>"corrupted", "others" or "all": which tasks count.</summary>
    public required string Of { get; init; }

    /// <summary>Whether it needs the paths of all log-variances.</summary>
    public bool NeedsPaths => Kind is Paths or Boxes;

    public static FigureSpec Read(JsonPlace place)
    {
        var kind = place.OneOf("kind", Kinds) ?? throw place.Missing("kind", $"one of {string.Join(", ", Kinds)}");
        var name = place.RequiredText("name");
        if (name.Any(c => !char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.'))) throw place.Error("name", $"'{name}' names files: letters, digits, -, _ and . only.");
        var where = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (place.Object("where") is { } filters)
        {
            foreach (var dimension in Observation.Dimensions.Where(filters.Has))
                where[dimension] = dimension == "level" ? [.. filters.Numbers(dimension, 0, 1)!.Select(Observation.Percent)] : filters.Texts(dimension)!;
            filters.End();
        }
        var spec = new FigureSpec
        {
            Name = name,
            Title = place.Text("title") ?? name,
            Kind = kind,
            Measure = kind is Lines or Bars ? place.RequiredText("measure") : "",
            Along = kind is Lines ? "level" : place.OneOf("along", Observation.Dimensions) ?? "data",
            Where = where,
            Of = place.OneOf("of", ["corrupted", "others", "all"]) ?? "all",
        };
        place.End();
        return spec;
    }
}
