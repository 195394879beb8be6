namespace Ilt.Cli.Tables;

/// <summary>Cells that have been read as texts.</summary>
/// <param name="texts">The texts.</param>
/// <param name="quoted">Which of them are values whatever they say; null: none.</param>
internal sealed class TextCells(string[] texts, bool[]? quoted = null) : ColumnCells
{
    /// <inheritdoc/>
    public override int Count => texts.Length;

    /// <inheritdoc/>
    public override string this[int row] => texts[row];

    /// <inheritdoc/>
    public override bool IsQuoted(int row) => quoted is not null && quoted[row];
}
