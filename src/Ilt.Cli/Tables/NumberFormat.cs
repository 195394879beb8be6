using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Ilt.Cli.Tables;

/// <summary>How a column writes its numbers.</summary>
/// <param name="Decimal">The decimal sign: point or comma.</param>
/// <param name="Group">The sign between thousands: comma, point, apostrophe, or a blank for any kind of blank; null: none.</param>
/// <param name="Prefix">What stands before every number, a currency; empty: nothing.</param>
/// <param name="Suffix">What stands behind every number, per cent or a unit; empty: nothing.</param>
internal sealed record NumberFormat(char Decimal, char? Group, string Prefix, string Suffix)
{
    private const int LongestCore = 60;

    /// <summary>How negative numbers are written beside those with a minus before them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public NegativeSign Negative { get; init; }

    /// <summary>A decimal point and nothing else.</summary>
    public static NumberFormat Plain { get; } = new('.', null, "", "");

    /// <summary>Whether it is <see cref="Plain"/>.</summary>
    public bool IsPlain => Equals(Plain);

    /// <summary>Reads a trimmed cell; false where it is no number, or one that is written in another way.</summary>
    public bool TryParse(string text, out double value)
    {
        if (IsPlain)
            return Numbers.TryParse(text, out value);
        value = double.NaN;
        return NumberParts.Split(text) is { } parts && Alike(parts.Prefix, Prefix) && Alike(parts.Suffix, Suffix) && (parts.Negative == NegativeSign.Before || parts.Negative == Negative) && Fits(parts.Core) && TryParseCore(parts.Core, out value);
    }

    /// <summary>The number as the column writes it; between thousands points and commas only.</summary>
    public string Format(float value) => Dress(Numbers.Format(value));

    /// <summary>The text of a number with a decimal point as the column writes it.</summary>
    public string Dress(string text)
    {
        var point = text.IndexOf('.') is >= 0 and var at ? at : text.Length;
        if (Decimal != '.')
            text = text.Replace('.', Decimal);
        // 1406 among 975 and 1.588 would say that the points are decimal ones.
        for (var place = point - 3; Group is '.' or ',' && !text.Contains('E') && place > (text[0] == '-' ? 1 : 0); place -= 3)
            text = text.Insert(place, Group.Value.ToString());
        var negative = Prefix.Length > 0 && text.StartsWith('-');
        return (negative ? "-" : "") + Prefix + (negative ? text[1..] : text) + Suffix;
    }

    /// <summary>The format in words.</summary>
    public string Describe()
    {
        var parts = new List<string> { Decimal == ',' ? "a decimal comma" : "a decimal point" };
        if (Group is { } group)
            parts.Add($"{group switch { ',' => "commas", '.' => "points", '\'' => "apostrophes", _ => "blanks" }} between thousands");
        if (Prefix.Trim().Length > 0)
            parts.Add($"'{Prefix.Trim()}' before each number");
        if (Suffix.Trim().Length > 0)
            parts.Add($"'{Suffix.Trim()}' behind each number");
        if (Negative != NegativeSign.Before)
            parts.Add(Negative == NegativeSign.Brackets ? "brackets around negative numbers" : "a minus behind negative numbers");
        return string.Join(", ", parts);
    }

    /// <summary>Whether digits and signs stand as this format has them; the affixes are not asked for.</summary>
    public bool Fits(ReadOnlySpan<char> core)
    {
        if (core.IsEmpty || core.Length > LongestCore)
            return false;
        if (core[0] is '+' or '-')
            core = core[1..];
        var exponent = core.IndexOfAny('e', 'E');
        if (exponent >= 0 && (exponent == 0 || !int.TryParse(core[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            return false;
        var mantissa = exponent >= 0 ? core[..exponent] : core;
        var point = mantissa.LastIndexOf(Decimal);
        var whole = point >= 0 ? mantissa[..point] : mantissa;
        var fraction = point >= 0 ? mantissa[(point + 1)..] : [];
        return AreDigits(fraction) && whole.Length + fraction.Length > 0 && (Group is null ? AreDigits(whole) : AreGroups(whole));
    }

    private bool TryParseCore(ReadOnlySpan<char> core, out double value)
    {
        Span<char> plain = stackalloc char[LongestCore];
        var length = 0;
        foreach (var c in core)
        {
            if (c == Decimal)
                plain[length++] = '.';
            else if (!IsGroup(c))
                plain[length++] = c;
        }

        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    // 1 to 3 digits that do not start with zero, then groups of three; or digits without any sign between.
    private bool AreGroups(ReadOnlySpan<char> whole)
    {
        var first = -1;
        var sinceLast = 0;
        for (var i = 0; i < whole.Length; i++)
        {
            if (char.IsAsciiDigit(whole[i]))
            {
                sinceLast++;
                continue;
            }

            if (!IsGroup(whole[i]) || (first < 0 ? sinceLast is < 1 or > 3 : sinceLast != 3))
                return false;
            first = first < 0 ? i : first;
            sinceLast = 0;
        }

        return first < 0 || (sinceLast == 3 && whole[0] != '0');
    }

    private bool IsGroup(char c) => Group is { } group && (c == group || (group == ' ' && c is '\u00A0' or '\u202F' or '\u2009') || (group == '\'' && c == '\u2019'));

    // 5kg and 5 kg are written alike.
    private static bool Alike(string a, string b) => a.AsSpan().Trim().SequenceEqual(b.AsSpan().Trim());

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}

/// <summary>Where a negative number has its sign.</summary>
internal enum NegativeSign
{
    /// <summary>Before it, if it has one.</summary>
    Before,

    /// <summary>It stands in brackets, as accountants write it.</summary>
    Brackets,

    /// <summary>Behind it.</summary>
    Behind,
}

/// <summary>A cell cut into what stands before the number, the number, and what stands behind.</summary>
/// <param name="Prefix">A currency, or nothing; blanks as they stand.</param>
/// <param name="Core">Sign, digits and the signs among them; a minus sign of typography has become a hyphen.</param>
/// <param name="Suffix">Per cent, a currency or a unit, or nothing; blanks as they stand.</param>
internal sealed record NumberParts(string Prefix, string Core, string Suffix)
{
    /// <summary>Where a negative number has its sign; the core of one in brackets begins with a minus.</summary>
    public NegativeSign Negative { get; init; }

    private static readonly HashSet<string> Currencies = new(
        "EUR USD GBP CHF JPY CNY SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH INR BRL MXN CAD AUD NZD ZAR KRW ILS SGD HKD".Split(' '), StringComparer.Ordinal);

    private static readonly HashSet<string> Units = new((
        "% ‰ ° °C °F ℃ ℉ mm cm dm m km in ft yd mi mm² cm² m² km² m2 km2 ha sqft sqm ml mL cl dl l m³ m3 mg g kg t lb lbs oz ms s sec min h hr hrs d day days week weeks "
        + "month months yr yrs year years Hz kHz MHz GHz W kW MW kWh MWh mV kV mA mAh J kJ kcal cal Pa hPa kPa bar psi mmHg mph kmh km/h m/s rpm px kB KB MB GB TB Mbps dB "
        + "ppm ppb pt pts cc hp PS Nm").Split(' '), StringComparer.Ordinal);

    /// <summary>Cuts a trimmed text; null where it is nothing like a number: codes such as d156, texts, dates.</summary>
    public static NumberParts? Split(string text)
    {
        var first = IndexOfDigit(text);
        if (first < 0)
            return null;
        if (text.Length > 2 && text[0] == '(' && text[^1] == ')')
            return Negated(text[1..^1].Trim(), NegativeSign.Brackets);
        if (text.Length > 1 && text[^1] is '-' or '\u2212')
            return Negated(text[..^1].TrimEnd(), NegativeSign.Behind);
        var start = first;
        if (start > 0 && text[start - 1] is '.' or ',')
            start--;
        var core = new StringBuilder();
        var prefixEnd = start;
        if (start > 0 && text[start - 1] is '-' or '+' or '\u2212')
            prefixEnd = --start;
        var end = start;
        while (end < text.Length && IsOfNumber(text, end))
            end++;
        while (end > start && !char.IsAsciiDigit(text[end - 1]) && text[end - 1] is not ('.' or ','))
            end--;
        var (prefix, suffix) = (text[..prefixEnd], text[end..]);
        var isNegativeBefore = prefix.StartsWith('-') || prefix.StartsWith('\u2212');
        if (isNegativeBefore)
            (prefix, _) = (prefix[1..], core.Append('-'));
        if (!IsPrefix(prefix.Trim()) || !IsSuffix(suffix))
            return null;
        core.Append(text, start, end - start).Replace('\u2212', '-');
        return new NumberParts(prefix, core.ToString(), suffix);
    }

    private static NumberParts? Negated(string text, NegativeSign sign) =>
        Split(text) is { Negative: NegativeSign.Before } parts && parts.Core[0] is not ('-' or '+') ? parts with { Core = "-" + parts.Core, Negative = sign } : null;

    private static int IndexOfDigit(string text) => text.AsSpan().IndexOfAnyInRange('0', '9');

    private static bool IsOfNumber(string text, int at) => text[at] switch
    {
        >= '0' and <= '9' or '.' or ',' or '\'' or '\u2019' => true,
        '-' or '+' or '\u2212' => at == 0 || !char.IsAsciiDigit(text[at - 1]),
        ' ' or '\u00A0' or '\u202F' or '\u2009' => at + 3 < text.Length && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]),
        'e' or 'E' => at + 1 < text.Length && at > 0 && char.IsAsciiDigit(text[at - 1]) && (char.IsAsciiDigit(text[at + 1]) || (text[at + 1] is '-' or '+' && at + 2 < text.Length && char.IsAsciiDigit(text[at + 2]))),
        _ => false,
    };

    private static bool IsPrefix(string text) => text.Length == 0 || IsCurrency(text);

    private static bool IsSuffix(string suffix)
    {
        var text = suffix.Trim();
        if (text.Length == 0 || IsCurrency(text) || Units.Contains(text))
            return true;
        // Any word behind a blank: 3 rooms. Not so 12a or 5th, which are codes and ranks.
        return char.IsWhiteSpace(suffix[0]) && text.Length <= 20 && text.All(c => char.IsLetter(c) || c is '/' or '²' or '³' or '.' or ' ');
    }

    private static bool IsCurrency(string text) =>
        Currencies.Contains(text) || text is "kr" or "zł" or "Kč" or "Ft" or "lei" or "US$" or "R$" or "Fr." || text.All(c => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol);
}
