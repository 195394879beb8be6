using Ilt.Cli.Tables;

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

    /// <summary>The surface of a body from the shape and pose that two other tasks predict; in place of columns it names those tasks.</summary>
    Vertices,
}

/// <summary>A task as the user writes it: <c>NAME=KIND:COLUMN[,COLUMN...]</c>, or <c>NAME=vertices:SHAPE,POSE</c> with the names of two tasks.</summary>
internal sealed record TaskSpec(string Name, TaskKind Kind, IReadOnlyList<string> ColumnPatterns)
{
    private const string Form = "expected NAME=KIND:COLUMN[,COLUMN...] with KIND class or regression, mask or map for label images, for example sex=class:Gender, or NAME=vertices:SHAPE,POSE with two regression tasks";

    /// <summary>The value of --task with the option's name, for messages.</summary>
    public string Option => $"--task {Name}";

    /// <summary>Whether there is a label per pixel.</summary>
    public bool IsPerPixel => Kind is TaskKind.Mask or TaskKind.Map;

    /// <summary>The tasks that it is computed from; none unless it is of the kind vertices.</summary>
    public IReadOnlyList<string> Sources => Kind == TaskKind.Vertices ? ColumnPatterns : [];

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
            "vertices" => TaskKind.Vertices,
            var other => throw new UserErrorException($"--task '{text}': there is no kind '{other}'; {Form}."),
        };
        var columns = NameList.Parse(text[(colon + 1)..], $"--task '{text}'");
        if (name.Length == 0 || columns.Count == 0)
            throw new UserErrorException($"--task '{text}': {(name.Length == 0 ? "the name" : "the column")} is missing; {Form}.");
        if (name == "id")
            throw new UserErrorException($"--task '{text}': the name id is taken by the column of row ids in the predictions; name the task otherwise, for example id_task.");
        if (kind == TaskKind.Vertices && columns.Count != 2)
            throw new UserErrorException($"--task '{text}': a vertices task comes from two tasks, shape and pose, found {columns.Count}; expected NAME=vertices:SHAPE,POSE with the names of two regression tasks.");
        return new TaskSpec(name, kind, columns);
    }

    /// <summary>Reads all specifications; there must be one at least, and names must differ.</summary>
    public static IReadOnlyList<TaskSpec> ParseAll(IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            throw new UserErrorException($"--task is missing: {Form}.");
        var specs = texts.Select(Parse).ToList();
        var twice = specs.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new UserErrorException($"--task: two tasks are named '{twice.Key}'; give each its own name.");
        foreach (var spec in specs.Where(s => s.Kind == TaskKind.Vertices))
            RequireSources(spec, specs);
        return specs;
    }

    private static void RequireSources(TaskSpec spec, List<TaskSpec> specs)
    {
        foreach (var name in spec.Sources)
        {
            if (specs.FirstOrDefault(s => s.Name == name) is not { } source)
                throw new UserErrorException($"{spec.Option}: there is no task '{name}' (vertices:SHAPE,POSE names tasks, not columns); {NearestName.Advice(name, specs.Where(s => s != spec).Select(s => s.Name).ToArray())}");
            if (source.Kind != TaskKind.Regression)
                throw new UserErrorException($"{spec.Option}: comes from two regression tasks, shape and pose; '{name}' is a {source.KindName} task.");
        }
    }
}
