using System.Globalization;

namespace Ilt.Cli.Tables;

/// <summary>Writes numbers into a column as its own are written: rounded to as many decimals as it uses, all of them written out where every cell has as many.</summary>
internal sealed class NumberWriting
{
    private const int MostDecimals = 15;

    private readonly NumberFormat format;
    private readonly string? pattern; // null: numbers with exponents, which are not rounded

    /// <summary>Looks at the cells of a column of numbers.</summary>
    public NumberWriting(TableColumn column)
    {
        format = column.Reading.Number;
        var (fewest, most) = (MostDecimals, 0);
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row) || !column.TryNumber(row, out _))
                continue;
            var core = format.IsPlain ? column.Text(row) : NumberParts.Split(column.Text(row))?.Core ?? "";
            if (core.AsSpan().IndexOfAny('e', 'E') >= 0)
                return;
            var point = core.LastIndexOf(format.Decimal);
            var decimals = point < 0 ? 0 : core.Length - point - 1;
            (fewest, most) = (Math.Min(fewest, decimals), Math.Max(most, decimals));
        }

        Decimals = Math.Min(most, MostDecimals);
        pattern = fewest == most ? $"F{Decimals}" : $"0.{new string('#', Decimals)}";
    }

    /// <summary>The decimals that the column uses at most.</summary>
    public int Decimals { get; }

    /// <summary>The number as the column would have it.</summary>
    public string Write(double value)
    {
        if (pattern is null)
            return format.Format((float)value);
        var rounded = Math.Round(value, Decimals);
        return format.Dress((rounded == 0 ? 0 : rounded).ToString(pattern, CultureInfo.InvariantCulture)); // no minus before a zero
    }
}
