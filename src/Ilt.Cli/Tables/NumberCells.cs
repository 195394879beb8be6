using System.Globalization;

namespace Ilt.Cli.Tables;

/// <summary>Cells of a typed column of numbers; not a number and null are empty.</summary>
internal sealed class NumberCells(double[] values) : ColumnCells
{
    /// <inheritdoc/>
    public override int Count => values.Length;

    /// <inheritdoc/>
    public override string this[int row] => double.IsNaN(values[row]) ? "" : values[row].ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool IsQuoted(int row) => false;

    /// <inheritdoc/>
    public override bool IsBlank(int row) => double.IsNaN(values[row]);

    /// <inheritdoc/>
    public override bool StartsWithZero(int row) => false;

    /// <inheritdoc/>
    public override bool TryNumber(int row, out double value)
    {
        value = values[row];
        return !double.IsNaN(value);
    }
}
