using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CsvHelper;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Output;

/// <summary>Writes cells of a CSV file as <see cref="Numbers"/> has them, numbers without a text for each.</summary>
/// <param name="writer">Where to.</param>
/// <param name="isSafe">Whether cells are no formulas, see <see cref="CsvSafe"/>.</param>
internal sealed class CellWriter(CsvWriter writer, bool isSafe)
{
    // The longest number in single precision has 15 characters: -1.17549435E-38.
    private readonly byte[] number = new byte[32];

    /// <summary>A text.</summary>
    public void Text(string text) => writer.WriteField(isSafe ? CsvSafe.Escape(text) : text);

    /// <summary>A text in UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (isSafe) Text(Encoding.UTF8.GetString(text));
        else writer.WriteField(text);
    }

    /// <summary>A whole number.</summary>
    public void Whole(int value)
    {
        _ = Utf8Formatter.TryFormat(value, number, out var length);
        writer.WriteField(number.AsSpan(0, length));
    }

    /// <summary>A number; nothing where it is none.</summary>
    public void Number(float value)
    {
        if (float.IsNaN(value))
        {
            writer.WriteField("");
        }
        else if (!float.IsFinite(value))
        {
            Text(Numbers.Format(value)); // no number to a spreadsheet
        }
        else
        {
            _ = value.TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
            writer.WriteField(number.AsSpan(0, length));
        }
    }

    /// <summary>The record is whole.</summary>
    public void EndRecord() => writer.EndRecord();
}
