namespace Ilt.Cli.Tasks;

/// <summary>A task as the user writes it: <c>NAME=KIND:COLUMN[,COLUMN...]</c>, or <c>NAME=vertices:SHAPE,POSE</c> with the names of two tasks.</summary>
internal sealed record TaskSpec(string Name, TaskSyntax Syntax, IReadOnlyList<string> ColumnPatterns)
{
    /// <summary>What the names of label columns start with inside the pipeline, to keep them apart from the user's.</summary>
    public const string LabelPrefix = "ilt.label.";

    /// <summary>The value of --task with the option's name, for messages.</summary>
    public string Option => $"--task {Name}";

    /// <summary>Whether there is a label per pixel.</summary>
    public bool IsPerPixel => Syntax.IsPerPixel;

    /// <summary>The tasks that it is computed from; none where it has columns.</summary>
    public IReadOnlyList<string> Sources => Syntax.IsDerived ? ColumnPatterns : [];

    /// <summary>The kind as the user writes it.</summary>
    public string KindName => Syntax.Word;

    /// <summary>The label column inside the pipeline.</summary>
    public string LabelColumn => LabelPrefix + Name;

    /// <summary>The task as the user writes it.</summary>
    public string Text => $"{Name}={KindName}:{string.Join(',', ColumnPatterns)}";

    /// <summary>Reads one specification; a column name that holds a comma goes in double quotes.</summary>
    public static TaskSpec Parse(string text)
    {
        var equals = text.IndexOf('=');
        var colon = text.IndexOf(':', equals + 1);
        if (equals <= 0 || colon < 0)
            throw new UserErrorException($"--task '{text}': {TaskSyntaxes.Expected}.");
        var name = text[..equals].Trim();
        var word = text[(equals + 1)..colon].Trim().ToLowerInvariant();
        var syntax = TaskSyntaxes.Find(word) ?? throw new UserErrorException($"--task '{text}': there is no kind '{word}'; {TaskSyntaxes.Expected}.");
        var columns = NameList.Parse(text[(colon + 1)..], $"--task '{text}'");
        if (name.Length == 0 || columns.Count == 0)
            throw new UserErrorException($"--task '{text}': {(name.Length == 0 ? "the name" : "the column")} is missing; {TaskSyntaxes.Expected}.");
        if (name == "id")
            throw new UserErrorException($"--task '{text}': the name id is taken by the column of row ids in the predictions; name the task otherwise, for example id_task.");
        syntax.RequireColumns(text, columns);
        return new TaskSpec(name, syntax, columns);
    }

    /// <summary>Reads all specifications; there must be one at least, and names must differ.</summary>
    public static IReadOnlyList<TaskSpec> ParseAll(IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            throw new UserErrorException($"--task is missing: {TaskSyntaxes.Expected}.");
        var specs = texts.Select(Parse).ToList();
        var twice = specs.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new UserErrorException($"--task: two tasks are named '{twice.Key}'; give each its own name.");
        foreach (var spec in specs)
            spec.Syntax.RequireTasks(spec, specs);
        return specs;
    }
}
