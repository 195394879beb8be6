namespace Ilt.Cli.Tables;

/// <summary>What the cells of a column are.</summary>
internal enum ColumnKind
{
    /// <summary>Every cell that is not missing reads as a number.</summary>
    Number,

    /// <summary>Anything else, the words true and false included: a category per distinct text.</summary>
    Text,

    /// <summary>Every cell that is not missing reads as a date, with or without a time.</summary>
    Date,
}

/// <summary>How the cells of a column are read: found once, from all of them, and used for every table with that column.</summary>
internal sealed record ColumnReading
{
    /// <summary>What the cells are.</summary>
    public ColumnKind Kind { get; init; }

    /// <summary>How numbers are written. Of texts: how those are that are numbers.</summary>
    public NumberFormat Number { get; init; } = NumberFormat.Plain;

    /// <summary>How dates are written, in the signs of .NET; null: there are none.</summary>
    public string? DateFormat { get; init; }

    /// <summary>The first date, from which days are counted; set where dates are features.</summary>
    public DateTime? Origin { get; init; }

    /// <summary>Whether categories are whole numbers, so that 7 and 7.0 are one.</summary>
    public bool HasNumberNames { get; init; }

    /// <summary>Words for missing cells that are values in this column.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>How the columns of a table are read.</summary>
/// <param name="Missing">The words for missing cells.</param>
/// <param name="Columns">The readings by name of the column, in normal form C.</param>
internal sealed record TableReading(MissingWords Missing, IReadOnlyDictionary<string, ColumnReading> Columns);
