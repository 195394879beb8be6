namespace Ilt.Cli.Tables;

/// <summary>A table as its file has it, before anything is known of what the columns are.</summary>
/// <param name="Source">The file.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Columns">The columns in file order; names are distinct.</param>
/// <param name="Lines">The line on which each row starts, from 1; of a file without lines the number of the row.</param>
internal sealed record RawTable(SourceText Source, TableFormat Format, IReadOnlyList<RawColumn> Columns, int[] Lines)
{
    /// <summary>What a user should know of the file.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A column as its file has it.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Cells">The cells.</param>
internal sealed record RawColumn(string Name, ColumnCells Cells)
{
    /// <summary>What the file declares the column to be; null: nothing.</summary>
    public ColumnKind? Declared { get; init; }

    /// <summary>The declared form of dates; null: none.</summary>
    public string? DateFormat { get; init; }

    /// <summary>Whether the file itself says which cells are missing, so that a word never does.</summary>
    public bool DeclaresMissing { get; init; }
}
