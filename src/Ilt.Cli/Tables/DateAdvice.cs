using System.Globalization;

namespace Ilt.Cli.Tables;

/// <summary>What to do with texts that look like dates and are not read as such.</summary>
internal static class DateAdvice
{
    private const int LookedAt = 500;

    /// <summary>The form to name, or, where they are written in more than one, two of them with a cell each.</summary>
    public static string For(TableColumn column)
    {
        var texts = column.CategoryCounts.Keys.Take(LookedAt).ToArray();
        if (DateFormats.Commonest(texts) is not { } first)
            return $"if '{texts[0]}' is a date say its form, for example --dates \"{column.Name}={Guess(texts)}\" (d day, M month, y year)";
        var others = texts.Where(text => !DateFormats.TryParse(text, first, out _)).ToArray();
        var one = texts.First(text => DateFormats.TryParse(text, first, out _));
        if (others.Length == 0)
            return $"--dates \"{column.Name}={first}\" reads them as dates";
        var second = DateFormats.Commonest(others);
        var other = second is null ? others[0] : others.First(text => DateFormats.TryParse(text, second, out _));
        (string Text, int Line, string Form)[] both = [(one, LineOf(column, one), $" ({first})"), (other, LineOf(column, other), second is null ? "" : $" ({second})")];
        return $"its dates are written in more than one form: {string.Join(" and ", both.OrderBy(cell => cell.Line).Select(cell => FormattableString.Invariant($"'{cell.Text}' on line {cell.Line}{cell.Form}")))}; write all in one form";
    }

    // Two digits for the year are never taken for granted, so this is a guess of what to say.
    private static string Guess(string[] texts)
    {
        var parts = Array.ConvertAll(texts, text => text.Split(['.', '/', '-', ' '], 4));
        var sign = texts[0].First(c => !char.IsAsciiDigit(c));
        var like = parts[0];
        var rest = texts[0].Length > like.Take(3).Sum(part => part.Length) + 2 ? like[3].Count(c => c == ':') > 1 ? " H:mm:ss" : " H:mm" : "";
        if (like[0].Length == 4)
            return $"yyyy{sign}{Signs('M', like[1])}{sign}{Signs('d', like[2])}{rest}";
        var isMonthFirst = parts.Any(part => part.Length > 1 && int.TryParse(part[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 12);
        return $"{Signs(isMonthFirst ? 'M' : 'd', like[0])}{sign}{Signs(isMonthFirst ? 'd' : 'M', like[1])}{sign}{Signs('y', like[2])}{rest}";
    }

    private static string Signs(char sign, string digits) => new(sign, Math.Min(digits.TakeWhile(char.IsAsciiDigit).Count(), 4));

    private static int LineOf(TableColumn column, string text) => column.LineOf(Enumerable.Range(0, column.Count).First(row => column.Category(row) == text));
}
