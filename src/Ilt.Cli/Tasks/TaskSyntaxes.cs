namespace Ilt.Cli.Tasks;

/// <summary>The kinds of task on the command line, by the words that the user writes.</summary>
internal static class TaskSyntaxes
{
    /// <summary>All kinds, in the order of the help.</summary>
    public static IReadOnlyList<TaskSyntax> All { get; } =
    [
        new ClassSyntax(),
        new RegressionSyntax(),
        new CountSyntax(),
        new MaskSyntax(),
        new MapSyntax(),
        new VerticesSyntax(),
    ];

    /// <summary>Those with labels of their own.</summary>
    public static IReadOnlyList<TaskSyntax> Labelled { get; } = [.. All.Where(syntax => !syntax.IsDerived)];

    /// <summary>Those that are computed from other tasks.</summary>
    public static IReadOnlyList<TaskSyntax> Derived { get; } = [.. All.Where(syntax => syntax.IsDerived)];

    /// <summary>What errors say is expected.</summary>
    public static string Expected { get; } = "expected NAME=KIND:COLUMN[,COLUMN...] with KIND "
        + string.Join(", ", Labelled.GroupBy(syntax => syntax.WordNote, syntax => syntax.Word).Select(alike => Listed([.. alike], " or ") + alike.Key))
        + ", for example sex=class:Gender" + string.Concat(Derived.Select(syntax => $", or {syntax.Usage}{syntax.WordNote}"));

    /// <summary>What the help of <c>ilt flag</c> says of --task.</summary>
    public static string Help { get; } = $"A task: {Usages(null, " or ")}; a column may be a pattern (pose_*)"
        + string.Concat(All.Select(syntax => syntax.NeededOption).OfType<string>().Distinct()
            .Select(option => $". With {option} also {Usages(option, " and ")}"));

    /// <summary>The kind of that word; null: there is none.</summary>
    public static TaskSyntax? Find(string word) => All.FirstOrDefault(syntax => syntax.Word == word);

    private static string Usages(string? neededOption, string separator) =>
        Listed([.. All.Where(syntax => syntax.NeededOption == neededOption).Select(syntax => syntax.Usage + syntax.UsageNote)], separator);

    private static string Listed(string[] parts, string last) => parts.Length < 2 ? string.Concat(parts) : string.Join(", ", parts[..^1]) + last + parts[^1];
}
