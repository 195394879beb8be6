namespace Ilt.Cli.Tables;

/// <summary>A table in memory: named columns of equal length.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, TableColumn> byName;

    /// <summary>Creates a table; column names are distinct.</summary>
    public Table(SourceText source, TableFormat format, IReadOnlyList<TableColumn> columns)
    {
        Source = source;
        Format = format;
        Columns = columns;
        Names = columns.Select(c => c.Name).ToArray();
        byName = columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>The file.</summary>
    public SourceText Source { get; }

    /// <summary>How the file is written.</summary>
    public TableFormat Format { get; }

    /// <summary>The columns in file order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The column names in file order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of data rows, at least 1.</summary>
    public int RowCount => Columns[0].Count;

    /// <summary>Whether there is a column of this name (case matters).</summary>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>The column, or an error that names <paramref name="option"/> and the nearest column there is.</summary>
    public TableColumn Column(string name, string option) =>
        byName.TryGetValue(name, out var column)
            ? column
            : throw new UserErrorException($"{option}: {Source.Path} has no column '{name}'; {NearestName.Advice(name, Names)}");
}

/// <summary>How a table is written: ARFF, or separated values with or without a header line.</summary>
internal sealed record TableFormat(bool IsArff, char Separator, bool HasHeader)
{
    /// <summary>The format of an ARFF file.</summary>
    public static TableFormat Arff { get; } = new(true, ',', true);
}
