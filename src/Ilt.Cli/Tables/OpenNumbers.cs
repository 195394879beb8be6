namespace Ilt.Cli.Tables;

/// <summary>Settles what a sign before three digits is in columns that leave it open: between thousands, or before decimals.</summary>
internal sealed class OpenNumbers
{
    private readonly bool usesComma;
    private readonly bool usesPoint;
    private readonly char separator;

    /// <summary>Asks the columns that do not leave it open, then those whose larger numbers are exactly those with the sign.</summary>
    public OpenNumbers(IEnumerable<ColumnSurvey> surveys, char separator)
    {
        this.separator = separator;
        var all = surveys.ToArray();
        var (comma, point) = (all.Any(s => s.Found is { IsComplete: true, IsOpen: false, Format.Decimal: ',' }),
            all.Any(s => s is { HasDecimalPoint: true } or { Found: { IsComplete: true, IsOpen: false, Format: { IsPlain: false, Decimal: '.' } } }));
        usesComma = comma || (!point && all.Any(s => s is { Found: { IsOpen: true, Format.Decimal: '.' }, Thousands.AreThousands: true }));
        usesPoint = point || (!comma && all.Any(s => s is { Found: { IsOpen: true, Format.Decimal: ',' }, Thousands.AreThousands: true }));
    }

    /// <summary>How an open column writes its numbers.</summary>
    public NumberFormat Format(ColumnSurvey survey)
    {
        var found = survey.Found!;
        var sign = found.Format.Decimal;
        var isDecimal = usesComma != usesPoint ? usesComma == (sign == ',') : !survey.Thousands.AreThousands && (sign == '.' || separator == ';');
        return isDecimal ? found.Format : found.Other!;
    }

    /// <summary>What to say of it; null: nothing, for other columns have a decimal point as well.</summary>
    public string? Note(string name, ColumnSurvey survey, NumberFormat format)
    {
        var (thousands, sign) = (survey.Thousands, survey.Found!.Format.Decimal);
        var areBetween = format.Decimal != sign;
        if (sign == '.' && !areBetween && usesPoint && !usesComma && !thousands.AreThousands)
            return null;
        var word = sign == '.' ? "point" : "comma";
        var read = format.TryParse(survey.OpenExample, out var value) ? Numbers.Format(value) : "";
        var counts = FormattableString.Invariant($"{thousands.Signed} number{(thousands.Signed == 1 ? " has" : "s have")} a {word} before three digits, {thousands.Whole} below 1000 {(thousands.Whole == 1 ? "has" : "have")} none");
        var why = areBetween && thousands.AreThousands
            ? $": {counts}, so the {word}s stand between thousands"
            : $", which the column alone leaves open{(thousands.IsOpen ? $" ({counts})" : "")}{(areBetween && sign == '.' ? "; other columns have a decimal comma" : "")}";
        var advice = (format.Decimal, sign) switch
        {
            (',', ',') => $"--decimal point:\"{name}\" takes the commas for signs between thousands.",
            ('.', ',') => $"--decimal comma:\"{name}\" takes them for decimal commas.",
            ('.', _) => $"--decimal comma:\"{name}\" takes the points for signs between thousands.",
            _ => $"--decimal point:\"{name}\" takes them for decimal points.",
        };
        return $"column '{name}': '{survey.OpenExample}' is read as {read}{why}; {advice}";
    }
}
