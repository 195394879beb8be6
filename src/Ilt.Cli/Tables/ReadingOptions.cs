namespace Ilt.Cli.Tables;

/// <summary>What the user says of how a table is read.</summary>
internal sealed record ReadingOptions
{
    /// <summary>Nothing is said.</summary>
    public static ReadingOptions None { get; } = new();

    /// <summary>The words for missing cells.</summary>
    public MissingWords Missing { get; init; } = MissingWords.Default;

    /// <summary>Names and patterns of columns that are categories, whatever their texts.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Names and patterns of columns that are numbers.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>Names and patterns of columns that are dates; a form may follow behind an equals sign.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>Decimal signs, comma or point, each with the names and patterns of its columns; none: all columns.</summary>
    public IReadOnlyList<(char Sign, IReadOnlyList<string> Columns)> Decimals { get; init; } = [];

    /// <summary>Whether classes that are spelled in several ways are kept apart.</summary>
    public bool KeepSpellings { get; init; }
}
