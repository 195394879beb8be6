using System.Text.RegularExpressions;

namespace Ilt.Cli.Tables;

/// <summary>The forms in which the cells of a column of texts begin like numbers: which, how many, with an example of each.</summary>
internal sealed partial class NumberForms
{
    private const int Shown = 4;
    private const string Time = "written as clock times";
    private const string Date = "written as dates";
    private const string Comma = "with a decimal comma";
    private const string Point = "with a decimal point";

    private readonly TableColumn column;
    private readonly List<(string Form, int Count, string Example)> forms;

    private NumberForms(TableColumn column, List<(string Form, int Count, string Example)> forms, int numbers)
    {
        (this.column, this.forms) = (column, forms);
        var given = Math.Max(1, column.Count - column.MissingCount);
        NumberShare = numbers / (double)given;
        Share = forms.Sum(form => form.Count) / (double)given;
        HasOdd = forms.Sum(form => form.Count) > numbers;
    }

    /// <summary>The share of the cells that are numbers as the column writes them, of those that are not missing.</summary>
    public double NumberShare { get; }

    /// <summary>The share of those that begin like numbers.</summary>
    public double Share { get; }

    /// <summary>Whether some begin like numbers and are none.</summary>
    public bool HasOdd { get; }

    /// <summary>Looks at the different texts of a column.</summary>
    public static NumberForms Of(TableColumn column)
    {
        var counts = new Dictionary<string, (int Count, string Example)>(StringComparer.Ordinal);
        var numbers = 0;
        foreach (var (text, count) in column.CategoryCounts)
        {
            if (column.Reading.HasNumberNames ? Numbers.TryParse(text, out _) : column.Reading.Number.TryParse(text, out _))
                numbers += count;
            if (FormOf(text) is { } form)
                counts[form] = counts.TryGetValue(form, out var known) ? (known.Count + count, known.Example) : (count, text);
        }

        return new NumberForms(column, [.. counts.Select(pair => (pair.Key, pair.Value.Count, pair.Value.Example)).OrderByDescending(form => form.Count)], numbers);
    }

    /// <summary>The forms with their numbers and examples, and the first cell that is no number with its line.</summary>
    public string Describe()
    {
        var listed = string.Join(", ", forms.Take(Shown).Select(form => FormattableString.Invariant($"{form.Count} {form.Form} ('{form.Example}')")));
        // Of dates the advice says where they are.
        var first = column.FirstText < 0 || forms.All(form => form.Form == Date) ? "" : FormattableString.Invariant($"; the first that is no number is '{column.Text(column.FirstText)}' on line {column.LineOf(column.FirstText)}");
        return $"{listed}{(forms.Count > Shown ? ", ..." : "")}{first}";
    }

    /// <summary>What to do to have numbers or dates of them.</summary>
    public string Advice()
    {
        var name = column.Name;
        if (forms.All(form => form.Form == Time))
            return $"--dates \"{name}={(forms[0].Example.Count(c => c == ':') > 1 ? "H:mm:ss" : "H:mm")}\" reads them as times";
        if (forms.All(form => form.Form == Date))
            return DateAdvice.For(column);
        return forms.Exists(form => form.Form == Comma) && forms.Exists(form => form.Form == Point)
            ? $"write one decimal sign throughout, then --decimal comma:\"{name}\" or point:\"{name}\" says which; --numbers \"{name}\" names the first cell that is in the way"
            : $"write them as plain numbers, with one unit or none; --numbers \"{name}\" then takes them as numbers, and names the first cell that is none";
    }

    /// <summary>The form of a trimmed text in words; null: it does not begin like a number.</summary>
    private static string? FormOf(string text)
    {
        if (text.Length == 0)
            return null;
        if (ClockTime().IsMatch(text))
            return Time;
        if (DateFormats.LooksLikeDate(text))
            return Date;
        if (Hexadecimal().IsMatch(text))
            return "in hexadecimal";
        if (Compared().IsMatch(text))
            return "with a sign of comparison";
        if (NumberParts.Split(text) is not { } parts)
            return null;
        if (parts.Negative != NegativeSign.Before)
            return parts.Negative == NegativeSign.Brackets ? "in brackets" : "with a minus behind";
        if (parts.Prefix.Trim().Length > 0)
            return $"with '{parts.Prefix.Trim()}' before";
        if (parts.Suffix.Trim().Length > 0)
            return $"with '{parts.Suffix.Trim()}' behind";
        return parts.Core switch
        {
            var core when NumberFormat.Plain.Fits(core) => core.Contains('.') ? Point : "of digits alone",
            var core when new NumberFormat(',', null, "", "").Fits(core) => Comma,
            _ => "with several signs among the digits",
        };
    }

    [GeneratedRegex(@"^[-+]?[0-9]{1,3}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp][Mm])?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClockTime();

    [GeneratedRegex("^0[xX][0-9a-fA-F]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[<>\u2264\u2265~\u2248]=? *[-+]?[0-9.,]*[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Compared();
}
