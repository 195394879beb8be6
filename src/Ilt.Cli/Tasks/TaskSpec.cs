namespace Ilt.Cli.Tasks;

/// <summary>What a task predicts.</summary>
internal enum TaskKind
{
    /// <summary>One class per row.</summary>
    Class,

    /// <summary>One or several numbers per row.</summary>
    Regression,

    /// <summary>One class per pixel; the column names label images.</summary>
    Mask,

    /// <summary>One number per pixel; the column names label images.</summary>
    Map,
}

/// <summary>A task as the user writes it: <c>NAME=KIND:COLUMN[,COLUMN...]</c>.</summary>
internal sealed record TaskSpec(string Name, TaskKind Kind, IReadOnlyList<string> ColumnPatterns)
{
    private const string Form = "expected NAME=KIND:COLUMN[,COLUMN...] with KIND class or regression, or mask or map for label images, for example sex=class:Gender";

    /// <summary>The value of --task with the option's name, for messages.</summary>
    public string Option => $"--task {Name}";

    /// <summary>Whether there is a label per pixel.</summary>
    public bool IsPerPixel => Kind is TaskKind.Mask or TaskKind.Map;

    /// <summary>The kind as the user writes it.</summary>
    public string KindName => Kind.ToString().ToLowerInvariant();

    /// <summary>The task as the user writes it.</summary>
    public string Text => $"{Name}={KindName}:{string.Join(',', ColumnPatterns)}";

    /// <summary>Reads one specification; a column name that holds a comma goes in double quotes.</summary>
    public static TaskSpec Parse(string text)
    {
        var equals = text.IndexOf('=');
        var colon = text.IndexOf(':', equals + 1);
        if (equals <= 0 || colon < 0)
            throw new UserErrorException($"--task '{text}': {Form}.");
        var name = text[..equals].Trim();
        var kind = text[(equals + 1)..colon].Trim().ToLowerInvariant() switch
        {
            "class" => TaskKind.Class,
            "regression" => TaskKind.Regression,
            "mask" => TaskKind.Mask,
            "map" => TaskKind.Map,
            var other => throw new UserErrorException($"--task '{text}': there is no kind '{other}'; {Form}."),
        };
        var columns = NameList.Parse(text[(colon + 1)..], $"--task '{text}'");
        if (name.Length == 0 || columns.Count == 0)
            throw new UserErrorException($"--task '{text}': {(name.Length == 0 ? "the name" : "the column")} is missing; {Form}.");
        if (name == "id")
            throw new UserErrorException($"--task '{text}': the name id is taken by the column of row ids in the predictions; name the task otherwise, for example id_task.");
        return new TaskSpec(name, kind, columns);
    }

    /// <summary>Reads all specifications; there must be one at least, and names must differ.</summary>
    public static IReadOnlyList<TaskSpec> ParseAll(IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            throw new UserErrorException($"--task is missing: {Form}.");
        var specs = texts.Select(Parse).ToList();
        var twice = specs.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? specs
            : throw new UserErrorException($"--task: two tasks are named '{twice.Key}'; give each its own name.");
    }
}
