using System.Globalization;
using System.Text;

namespace Ilt.Reports;

/// <summary>Texts from the data, made safe to be looked at.</summary>
internal static class PlainText
{
    /// <summary>The text with control characters, and those that turn the direction of what follows, as <c>\u001B</c>.</summary>
    public static string Visible(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            if (IsHidden(c)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else shown.Append(c);
        return shown.ToString();
    }

    /// <summary>The text, or its beginning and how long it is.</summary>
    /// <param name="text">Any.</param>
    /// <param name="most">Characters that are kept.</param>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        if (char.IsHighSurrogate(text[most - 1])) most--;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, most)} … ({text.Length} characters)");
    }

    /// <summary>A share as per cent; only what is exactly 0 or 1 is shown as 0 % or 100 %.</summary>
    public static string Percent(double share, int digits = 0)
    {
        if (double.IsNaN(share)) return "–";
        var shown = Math.Round(100 * share, digits);
        var step = Math.Pow(10, -digits);
        if (shown == 0 && share > 0) return $"< {Fixed(step)} %";
        if (shown == 100 && share < 1) return $"> {Fixed(100 - step)} %";
        return $"{Fixed(100 * share)} %";

        string Fixed(double value) => value.ToString("F" + digits, CultureInfo.InvariantCulture);
    }

    /// <summary>A number in as many digits as tell something; – for NaN.</summary>
    public static string Number(float value) => float.IsNaN(value) ? "–" : value.ToString("0.###;-0.###;0", CultureInfo.InvariantCulture);

    /// <summary>A number with a fraction, in text, to five digits or its whole part; any other text as it is.</summary>
    public static string Rounded(string text)
    {
        if (!text.Contains('.') || !double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return text;
        var whole = Math.Abs(number) < 1 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(number))) + 1;
        return Math.Abs(number) < 0.001 ? number.ToString("G5", CultureInfo.InvariantCulture) : number.ToString("0." + new string('#', Math.Max(0, 5 - whole)), CultureInfo.InvariantCulture);
    }

    /// <summary>A count with commas between thousands.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static bool IsHidden(char c) =>
        char.IsControl(c) || c is '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
