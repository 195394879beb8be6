using System.Globalization;
using System.Text.RegularExpressions;

namespace Ilt.Cli.Tables;

/// <summary>Finds how a column writes its dates, from all its cells, and reads them.</summary>
internal sealed class DateFormats
{
    // Dates with two digits for the year, or without signs between, are read where the user names their form only.
    private static readonly string[] Days =
        ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "d MMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "MMM d yyyy", "yyyy-MM"];

    private static readonly string[] Times = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " H:mm:sszzz", "'T'H:mm:ss", "'T'H:mm:ss.FFFFFFF", "'T'H:mm:ss.FFFFFFFK", "'T'H:mm:ssK", "'T'H:mm"];

    private List<string> possible = [.. Days.SelectMany(day => Times.Select(time => day + time))];
    private int cells;

    /// <summary>Whether no known form fits all cells so far.</summary>
    public bool IsHopeless => possible.Count == 0;

    /// <summary>Takes one more cell, trimmed and not missing.</summary>
    public void Add(string text)
    {
        cells++;
        if (possible.Count > 0)
            possible = text.Length is >= 7 and <= 40 && char.IsLetterOrDigit(text[0]) ? possible.FindAll(format => TryParse(text, format, out _)) : [];
    }

    /// <summary>The forms that fit all cells: none, one, or several where day and month cannot be told apart.</summary>
    public IReadOnlyList<string> Find()
    {
        if (cells == 0)
            return [];
        // Of forms that differ in optional digits only, the first one.
        return possible.GroupBy(format => string.Concat(format.TakeWhile(c => c is not (' ' or '\''))) is var day && format.Contains("MMM") ? "MMM" : day).Select(group => group.First()).ToArray();
    }

    /// <summary>The known form that fits most of some texts; null: none fits any.</summary>
    public static string? Commonest(IReadOnlyList<string> texts)
    {
        var forms = Days.SelectMany(day => Times.Select(time => day + time)).Select(form => (Form: form, Count: texts.Count(text => TryParse(text, form, out _))));
        var best = forms.MaxBy(form => form.Count);
        return best.Count > 0 ? best.Form : null;
    }

    /// <summary>Whether a text of no known form may be a date all the same: three groups of one to four digits, with the same sign between them.</summary>
    public static bool LooksLikeDate(string text) =>
        Regex.IsMatch(text.Trim(), @"^[0-9]{1,4}([./ -])[0-9]{1,2}\1[0-9]{1,4}(?![0-9./-])");

    /// <summary>Reads a trimmed cell; with an offset from UTC the time is that of UTC; a time without a date is on the first day of the calendar, whatever day it is today.</summary>
    public static bool TryParse(string text, string format, out DateTime value) => DateTime.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal | DateTimeStyles.NoCurrentDateDefault, out value);

    /// <summary>A date in a form, for people, to whom the signs of .NET say little.</summary>
    public static string Example(string format) => new DateTime(2024, 12, 31, 18, 45, 0, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The .NET form of a form of Java, as ARFF declares it; null where it holds what has no counterpart.</summary>
    public static string? FromJava(string java)
    {
        var format = new System.Text.StringBuilder();
        for (var i = 0; i < java.Length;)
        {
            var c = java[i];
            if (c == '\'')
            {
                var end = java.IndexOf('\'', i + 1);
                if (end < 0)
                    return null;
                format.Append(java, i, end - i + 1);
                i = end + 1;
                continue;
            }

            var length = 1;
            while (i + length < java.Length && java[i + length] == c)
                length++;
            if (Converted(c, length) is not { } part)
                return null;
            format.Append(part);
            i += length;
        }

        return format.ToString();
    }

    private static string? Converted(char c, int length) => c switch
    {
        'y' or 'u' => length == 2 ? "yy" : "yyyy",
        'M' or 'L' => new string('M', Math.Min(length, 4)),
        // One letter takes one digit or two; two letters take two.
        'd' => length > 1 ? "dd" : "d",
        'H' or 'h' or 'm' or 's' => new string(c, Math.Min(length, 2)),
        'S' => new string('f', Math.Min(length, 7)),
        'E' => length > 3 ? "dddd" : "ddd",
        'a' => "tt",
        'Z' or 'X' => "zzz",
        _ => char.IsLetter(c) ? null : new string(c, length) is var text && c is '/' or ':' ? text.Replace(c.ToString(), "\\" + c) : text,
    };
}
