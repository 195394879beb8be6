namespace Ilt.Experiments;

/// <summary>A data set of an experiment, before it is read.</summary>
public sealed record DataSet
{
    /// <summary>Name in tables.</summary>
    public required string Name { get; init; }

    /// <summary>"table", "images", or the name of a generator or known folder.</summary>
    public required string Kind { get; init; }

    /// <summary>The file or folder as the experiment has it; null: it is generated.</summary>
    public string? Path { get; init; }

    /// <summary>The tasks by name and form.</summary>
    public required IReadOnlyList<TaskOutline> Tasks { get; init; }

    /// <summary>The tasks as <c>ilt flag</c> takes them; empty where the kind of data has its own.</summary>
    public IReadOnlyList<string> TaskTexts { get; init; } = [];

    /// <summary>Columns or patterns to leave out.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Feature columns or patterns; empty: all that are no label or ignored.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Most rows taken: of a table drawn at random once, of images the first ones for training; null: all.</summary>
    public int? Rows { get; init; }

    /// <summary>Test rows, where they are generated or come in a part of their own; null: all, or the generator's default.</summary>
    public int? TestRows { get; init; }

    /// <summary>Share of the rows set aside for tests where they have no part of their own.</summary>
    public double TestShare { get; init; } = 0.25;

    /// <summary>Share of the training rows that are made ambiguous, though right; see <see cref="AmbiguousRows"/>.</summary>
    public double Ambiguous { get; init; }

    /// <summary>Group of data sets that tables sum up, for example "tuning"; empty: none.</summary>
    public string Group { get; init; } = "";

    /// <summary>Label columns that are known to be wrong in places.</summary>
    public IReadOnlyList<KnownColumn> Known { get; init; } = [];

    /// <summary>Options of the kind of data.</summary>
    internal JsonPlace? Options { get; init; }

    /// <summary>All that stands in the file and decides about the data, in one way of writing.</summary>
    internal string Canonical { get; init; } = "";

    /// <summary>Where the data set stands in the file, for messages.</summary>
    internal string Where { get; init; } = "";
}

/// <summary>A label column with real mistakes, beside one that is right.</summary>
/// <param name="Name">Name of the corruption that takes the column.</param>
/// <param name="Task">The task whose labels it replaces; the task's own column is the truth.</param>
/// <param name="Column">The column with mistakes.</param>
public sealed record KnownColumn(string Name, string Task, string Column);
