namespace Ilt.Cli.Tables;

/// <summary>What the cells of one column say of what the column is.</summary>
internal sealed class ColumnSurvey
{
    private const int DistinctSeen = 100;

    private readonly ColumnCells cells;
    private readonly MissingWords missing;
    private readonly bool declaresMissing;
    private ThousandsCount thousands = new();

    /// <summary>Looks at the cells.</summary>
    /// <param name="column">The column.</param>
    /// <param name="missing">The words for missing cells.</param>
    /// <param name="decimalSign">The decimal sign that the user named; null: none.</param>
    /// <param name="isTold">Whether the user named the kind, so that declarations do not count.</param>
    public ColumnSurvey(RawColumn column, MissingWords missing, char? decimalSign, bool isTold)
    {
        (cells, this.missing, declaresMissing) = (column.Cells, missing, column.DeclaresMissing);
        if (column.Declared is { } declared && !isTold)
        {
            IsPlain = declared == ColumnKind.Number;
            return;
        }

        IsPlain = LookForNumbers();
        if (!IsPlain || (decimalSign == ',' && (HasFraction || thousands.IsOpen)))
            LookForFormats(decimalSign);
        else if (decimalSign is null && thousands.IsOpen)
            Found = new FoundNumberFormat(NumberFormat.Plain, IsComplete: true, new NumberFormat(',', '.', "", ""), IsOpen: true);
        if (Found is { IsOpen: true, Format.IsPlain: false } or { IsComplete: true, Format.Negative: not NegativeSign.Before })
            CountSigns(Found.Format.Decimal);
        if (Found is { IsComplete: true } && decimalSign is not null)
            IsPlain = Found.Format.IsPlain;
    }

    /// <summary>Whether all cells are numbers with a decimal point, or none.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>Whether some of them are no whole numbers.</summary>
    public bool HasFraction { get; private set; }

    /// <summary>Whether all are whole numbers.</summary>
    public bool AreWhole => IsPlain && !HasFraction;

    /// <summary>Whether all are digits, some of them with zeros in front.</summary>
    public bool HasLeadingZeros => AreWhole && LeadingZeros is not null;

    /// <summary>A cell with zeros in front; null: there is none.</summary>
    public string? LeadingZeros { get; private set; }

    /// <summary>Whether some number has a point that cannot stand between thousands, for it or another one would be written otherwise.</summary>
    public bool HasDecimalPoint => HasFraction && thousands.FirstOther < int.MaxValue;

    /// <summary>What the cells say of a sign before three digits, where <see cref="Found"/> is open.</summary>
    public ThousandsCount Thousands => thousands;

    /// <summary>A cell with such a sign, where <see cref="Found"/> is open.</summary>
    public string OpenExample => thousands.FirstSigned < int.MaxValue ? cells[thousands.FirstSigned].Trim() : Example;

    /// <summary>How numbers are written where they are not <see cref="IsPlain"/>; null: most cells are none.</summary>
    public FoundNumberFormat? Found { get; private set; }

    /// <summary>The forms of dates that fit all cells.</summary>
    public IReadOnlyList<string> Dates { get; private set; } = [];

    /// <summary>Words for missing cells that are plainly values here.</summary>
    public IReadOnlyList<string> Words { get; private set; } = [];

    /// <summary>The first cell that is not missing.</summary>
    public string Example { get; private set; } = "";

    /// <summary>How many cells are negative without a minus before them, where <see cref="Found"/> writes them so.</summary>
    public int Negatives { get; private set; }

    /// <summary>The first of them.</summary>
    public string? NegativeExample { get; private set; }

    private bool LookForNumbers()
    {
        // What was read as a plain number already is asked for its summary only; the cells between are looked at one by one.
        var plain = cells.Plain;
        var (first, firstZero) = (plain?.First ?? int.MaxValue, plain?.FirstZero ?? int.MaxValue);
        for (var row = 0; row < (plain is { AreAll: true } ? 0 : cells.Count); row++)
        {
            if ((plain is not null && !float.IsNaN(plain.Values[row])) || cells.IsBlank(row))
                continue;
            if (cells.TryNumber(row, out var value))
            {
                // Not a number is none here, unless the user says that the word stands for nothing.
                HasFraction |= value != Math.Floor(value) && !double.IsNaN(value);
                if (thousands.FirstOther == int.MaxValue && !double.IsNaN(value))
                    thousands.Add(row, cells[row].AsSpan().Trim(), '.');
                if (row < firstZero && HasZerosInFront(row))
                    firstZero = row;
                first = Math.Min(first, row);
            }
            else if (!missing.ContainsAmongNumbers(cells[row].Trim()))
            {
                HasFraction |= plain?.FirstFraction < row;
                if (plain?.Thousands.FirstOther < row)
                    thousands.Merge(plain.Thousands);
                return false;
            }
        }

        HasFraction |= plain?.FirstFraction < int.MaxValue;
        if (plain is not null)
            thousands.Merge(plain.Thousands);
        LeadingZeros = firstZero < int.MaxValue ? cells[firstZero].Trim() : null;
        Example = first < int.MaxValue ? cells[first].Trim() : "";
        return true;
    }

    private bool HasZerosInFront(int row) => cells.StartsWithZero(row) && cells[row].Trim() is { Length: > 1 } text && text[0] == '0' && text.All(char.IsAsciiDigit);

    private void LookForFormats(char? decimalSign)
    {
        // Equal texts of a table are one object as a rule.
        var known = new HashSet<string>(ReferenceEqualityComparer.Instance);
        var numbers = new NumberFormatFinder();
        var dates = new DateFormats();
        var values = new HashSet<string>(StringComparer.Ordinal);
        var words = new HashSet<string>(StringComparer.Ordinal);
        Example = "";
        for (var row = 0; row < cells.Count; row++)
        {
            if (cells.IsBlank(row))
                continue;
            var whole = cells[row];
            if (values.Count <= DistinctSeen && known.Contains(whole))
                continue;
            var text = whole.Trim();
            var isWord = missing.Contains(text);
            if (isWord && (missing.IsGiven || !cells.IsQuoted(row)) && (missing.IsGiven || !declaresMissing))
            {
                words.Add(text);
                continue;
            }

            if (Example.Length == 0)
                Example = text;
            if (!isWord)
                known.Add(whole);
            if (values.Count <= DistinctSeen && !values.Add(text))
                continue; // seen before, so nothing new
            // Among numbers and dates a word is no value, in quotes or not.
            if (!isWord)
            {
                numbers.Add(text);
                dates.Add(text);
            }

            if (numbers.IsHopeless && dates.IsHopeless && values.Count > DistinctSeen)
                break;
        }

        Found = numbers.Find(decimalSign);
        Dates = dates.Find();
        if (values.Count is >= 2 and <= DistinctSeen && !missing.IsGiven)
            Words = [.. words.Where(word => values.All(value => Shape(value) is { } shape && shape == Shape(word)))];
    }

    // Capital letters alone: among EU and AS, NA is a value as they are.
    private static int? Shape(string text) => text.All(char.IsAsciiLetterUpper) ? text.Length : null;

    // Few columns are open, or write negative numbers so, and their cells are read as texts anyway.
    private void CountSigns(char sign)
    {
        thousands = new ThousandsCount();
        for (var row = 0; row < cells.Count; row++)
        {
            if (!cells.IsBlank(row) && cells[row].Trim() is var text && !missing.Contains(text) && NumberParts.Split(text) is { } parts)
            {
                thousands.Add(row, parts.Core, sign);
                if (parts.Negative != NegativeSign.Before)
                    (Negatives, NegativeExample) = (Negatives + 1, NegativeExample ?? text);
            }
        }
    }
}
