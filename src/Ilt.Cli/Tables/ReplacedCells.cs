namespace Ilt.Cli.Tables;

/// <summary>The cells of a column with some of them replaced in memory; an empty text is a missing cell, any other one a value.</summary>
/// <param name="cells">The cells of the file.</param>
/// <param name="texts">New texts by row.</param>
internal sealed class ReplacedCells(ColumnCells cells, IReadOnlyDictionary<int, string> texts) : ColumnCells
{
    /// <inheritdoc/>
    public override int Count => cells.Count;

    /// <inheritdoc/>
    public override string this[int row] => texts.TryGetValue(row, out var text) ? text : cells[row];

    /// <inheritdoc/>
    public override bool IsQuoted(int row) => texts.ContainsKey(row) || cells.IsQuoted(row);

    /// <inheritdoc/>
    public override bool IsBlank(int row) => texts.ContainsKey(row) ? base.IsBlank(row) : cells.IsBlank(row);

    /// <inheritdoc/>
    public override bool TryNumber(int row, out double value) => texts.ContainsKey(row) ? base.TryNumber(row, out value) : cells.TryNumber(row, out value);

    /// <inheritdoc/>
    public override bool StartsWithZero(int row) => texts.ContainsKey(row) ? base.StartsWithZero(row) : cells.StartsWithZero(row);

    /// <inheritdoc/>
    public override CellSpan Span(int row) => cells.Span(row);
}
