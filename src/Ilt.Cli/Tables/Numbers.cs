using System.Globalization;

namespace Ilt.Cli.Tables;

/// <summary>Numbers as text, in the invariant culture, and back.</summary>
internal static class Numbers
{
    /// <summary>Reads a decimal number; also the words for not-a-number and infinity, so that callers can refuse them by name.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out double value)
    {
        cell = cell.Trim();
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        // The minus sign of typography, which spreadsheets and web pages write.
        if (cell.StartsWith("\u2212"))
            return double.TryParse($"-{cell[1..]}", NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        var negative = cell.StartsWith("-");
        if (negative || cell.StartsWith("+"))
            cell = cell[1..];
        if (!cell.Equals("inf", StringComparison.OrdinalIgnoreCase))
            return false;
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }

    /// <summary>The shortest text that reads back as the same number; <c>NaN</c> becomes the empty string.</summary>
    public static string Format(float value) =>
        float.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same number; <c>NaN</c> becomes the empty string.</summary>
    public static string Format(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
