using Ilt.Naming;

namespace Ilt.Cli.Tables;

/// <summary>A table in memory: named columns of equal length.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, TableColumn> byName;

    /// <summary>Creates a table; column names are distinct.</summary>
    public Table(RawTable raw, IReadOnlyList<TableColumn> columns, MissingWords missing)
    {
        Source = raw.Source;
        Format = raw.Format;
        Notes = raw.Notes;
        Columns = columns;
        Names = columns.Select(c => c.Name).ToArray();
        byName = columns.ToDictionary(c => UnicodeForm.Compose(c.Name), StringComparer.Ordinal);
        Missing = missing;
    }

    /// <summary>The file.</summary>
    public SourceText Source { get; }

    /// <summary>How the file is written.</summary>
    public TableFormat Format { get; }

    /// <summary>What a user should know of the file.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The columns in file order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The column names in file order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The words for missing cells.</summary>
    public MissingWords Missing { get; }

    /// <summary>How the columns are read, for other tables with the same columns.</summary>
    public TableReading Reading => new(Missing, byName.ToDictionary(pair => pair.Key, pair => pair.Value.Reading, StringComparer.Ordinal));

    /// <summary>Number of data rows, at least 1.</summary>
    public int RowCount => Columns[0].Count;

    /// <summary>The same table with other texts in some cells, by column and row; the file stays as it is.</summary>
    public Table With(IReadOnlyDictionary<TableColumn, Dictionary<int, string>> texts) =>
        new(new RawTable(Source, Format, [], []) { Notes = Notes }, [.. Columns.Select(column => texts.TryGetValue(column, out var cells) ? column.With(cells) : column)], Missing);

    /// <summary>Whether there is a column of this name (case matters; Unicode spellings that look alike are one).</summary>
    public bool Contains(string name) => byName.ContainsKey(UnicodeForm.Compose(name));

    /// <summary>The column, or null.</summary>
    public TableColumn? Find(string name) => byName.GetValueOrDefault(UnicodeForm.Compose(name));

    /// <summary>The column, or an error that names <paramref name="option"/> and the nearest column there is.</summary>
    public TableColumn Column(string name, string option) =>
        Find(name) ?? throw new UserErrorException($"{option}: {Source.Path} has no column '{name}'; {NearestName.Advice(name, Names)}");
}

/// <summary>The kinds of files that hold tables.</summary>
internal enum TableFileKind
{
    /// <summary>Separated values: CSV, TSV.</summary>
    Separated,

    /// <summary>ARFF.</summary>
    Arff,

    /// <summary>Parquet.</summary>
    Parquet,
}

/// <summary>How a table is written: as what, and for separated values with which separator and with or without a header line.</summary>
internal sealed record TableFormat(TableFileKind Kind, char Separator, bool HasHeader)
{
    /// <summary>The format of an ARFF file.</summary>
    public static TableFormat Arff { get; } = new(TableFileKind.Arff, ',', true);

    /// <summary>The format of a Parquet file.</summary>
    public static TableFormat Parquet { get; } = new(TableFileKind.Parquet, ',', true);

    /// <summary>Whether it is ARFF.</summary>
    public bool IsArff => Kind == TableFileKind.Arff;

    /// <summary>The format in a word.</summary>
    public string Word => Kind switch
    {
        TableFileKind.Arff => "arff",
        TableFileKind.Parquet => "parquet",
        _ => Separator == '\t' ? "tsv" : "csv",
    };
}
