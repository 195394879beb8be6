using System.Globalization;

namespace Ilt.Cli.Tables;

/// <summary>Reads numbers with a decimal point from UTF-8, the same as <see cref="double.TryParse(ReadOnlySpan{byte}, NumberStyles, IFormatProvider, out double)"/> does.</summary>
internal static class PlainNumber
{
    // Powers of ten that are exact in double precision.
    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private const ulong MostExact = 1UL << 53;
    private const int MostDigits = 19; // of which every number fits into 64 bits

    /// <summary>Whether a text may be a number, by its first byte: a digit, a minus or a point.</summary>
    public static bool MayBegin(byte first) => first is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.';

    /// <summary>Reads a number without blanks around it; false where it is none.</summary>
    /// <remarks>
    /// Digits that make a whole number of up to 2^53, times or by an exact power of ten, are one operation, rounded once (W. D. Clinger, How to Read Floating
    /// Point Numbers Accurately, PLDI 1990); all others are left to .NET.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value) =>
        TryParseShort(text, out value) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryParseShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var at = 0;
        var isNegative = text.Length > 0 && text[0] == (byte)'-';
        if (isNegative)
            at = 1;
        var first = at;
        var digits = 0UL;
        uint digit;
        for (; at < text.Length && (digit = text[at] - (uint)'0') <= 9; at++)
            digits = (10 * digits) + digit;
        var count = at - first;
        var decimals = 0;
        if (at < text.Length && text[at] == (byte)'.')
        {
            first = ++at;
            for (; at < text.Length && (digit = text[at] - (uint)'0') <= 9; at++)
                digits = (10 * digits) + digit;
            decimals = at - first;
            count += decimals;
        }

        if (at < text.Length || count is 0 or > MostDigits || digits > MostExact)
            return false;
        value = digits / Powers[decimals];
        if (isNegative)
            value = -value;
        return true;
    }
}
