namespace Ilt.Cli.Tables;

/// <summary>The cells of one column as a file has them.</summary>
internal abstract class ColumnCells
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>The text of a cell, byte for byte but for quotes and escapes; empty where there is none.</summary>
    public abstract string this[int row] { get; }

    /// <summary>Whether the file says that the cell is a value, whatever its text: it stands in quotes, or is typed.</summary>
    public abstract bool IsQuoted(int row);

    /// <summary>Whether nothing stands in the cell but blanks.</summary>
    public virtual bool IsBlank(int row) => string.IsNullOrWhiteSpace(this[row]);

    /// <summary>The cell as a number with a decimal point; false where it is none. Faster than by its text.</summary>
    public virtual bool TryNumber(int row, out double value) => Numbers.TryParse(this[row], out value);

    /// <summary>Whether the text starts with a zero; may be true where it does not.</summary>
    public virtual bool StartsWithZero(int row) => this[row] is { Length: > 1 } text && text.TrimStart()[..1] == "0";

    /// <summary>Those cells that were read as plain numbers already; null: none were.</summary>
    public virtual PlainNumbers? Plain => null;

    /// <summary>Lets these go: whoever needs them has them.</summary>
    public virtual void ForgetPlain()
    {
    }

    /// <summary>The cell's bytes as they stand in the file, quotes included; empty where the format has none.</summary>
    public virtual CellSpan Span(int row) => default;
}

/// <summary>Where a cell stands in the bytes of its file.</summary>
internal readonly record struct CellSpan(int Start, int Length);
