namespace Ilt.Experiments;

/// <summary>A way to make labels wrong, as an experiment's file has it.</summary>
public sealed record CorruptionPlan
{
    /// <summary>The kind that leaves all labels as they are.</summary>
    public const string Clean = "clean";

    /// <summary>The kind that takes labels with real mistakes.</summary>
    public const string Known = "known";

    /// <summary>Name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Tasks made wrong together, in the same rows; empty: each task that the kind fits in turn.</summary>
    public required IReadOnlyList<string> Tasks { get; init; }

    /// <summary>Shares of the labels that become wrong; one 0 where the kind has none.</summary>
    public required IReadOnlyList<double> Levels { get; init; }

    /// <summary>Names of the data sets that it is for; empty: all.</summary>
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Options of the kind.</summary>
    internal JsonPlace? Options { get; init; }

    /// <summary>What decides about the labels, in one way of writing.</summary>
    internal string Canonical { get; init; } = "";

    /// <summary>Where it stands in the file.</summary>
    internal string Where { get; init; } = "";

    internal static CorruptionPlan Read(JsonPlace place)
    {
        var kind = place.OneOf("kind", CorruptionKinds.Names) ?? throw place.Missing("kind", $"one of {string.Join(", ", CorruptionKinds.Names)}");
        var hasLevels = kind is not (Clean or Known);
        var levels = place.Numbers("levels", 0, 1);
        if (hasLevels && levels is not { Count: > 0 }) throw place.Missing("levels", "shares of the labels to make wrong, for example [0.2, 0.4]");
        if (!hasLevels && levels is not null) throw place.Error("levels", $"the kind {kind} has none; leave them out.");
        var tasks = place.Texts("tasks") ?? [];
        var plan = new CorruptionPlan
        {
            Name = place.Text("name") ?? kind,
            Kind = kind,
            Tasks = tasks is ["each"] ? [] : tasks,
            Levels = levels ?? [0],
            Data = place.Texts("data") ?? [],
            Options = place.Object("options"),
            Canonical = place.Canonical("name", "levels", "tasks", "data"),
            Where = place.Where(),
        };
        place.End();
        CorruptionKinds.CheckOptions(plan);
        return plan;
    }
}
