namespace Ilt.Cli.Tables;

/// <summary>Finds how a column writes its numbers, from all its cells.</summary>
internal sealed class NumberFormatFinder
{
    private const int TriedCells = 200;

    // In order of preference. A blank stands for any kind of blank.
    private static readonly (char Decimal, char? Group)[] Signs =
        [('.', null), (',', null), ('.', ','), (',', '.'), ('.', ' '), (',', ' '), ('.', '\''), (',', '\'')];

    private const int PlainPoint = 0;
    private const int PlainComma = 1;
    private const int CommaGroups = 2;
    private const int PointGroups = 3;

    private readonly int[] fits = new int[Signs.Length];
    private readonly Dictionary<(string Prefix, string Suffix), (int Count, string Prefix, string Suffix)> affixes = [];
    private int cells;
    private int likeNumbers;
    private int inBrackets;
    private int minusBehind;
    private bool hasSigns;

    /// <summary>Whether further cells can change nothing: too few of those so far are like numbers.</summary>
    public bool IsHopeless => cells >= TriedCells && likeNumbers * 2 < cells;

    /// <summary>Takes one more cell, trimmed and not missing.</summary>
    public void Add(string text)
    {
        cells++;
        if (NumberParts.Split(text) is not { } parts)
            return;
        likeNumbers++;
        inBrackets += parts.Negative == NegativeSign.Brackets ? 1 : 0;
        minusBehind += parts.Negative == NegativeSign.Behind ? 1 : 0;
        hasSigns |= parts.Core.AsSpan().ContainsAny('.', ',');
        var key = (parts.Prefix.Trim(), parts.Suffix.Trim());
        var (count, prefix, suffix) = affixes.GetValueOrDefault(key, (0, parts.Prefix, parts.Suffix));
        affixes[key] = (count + 1, prefix, suffix);
        for (var i = 0; i < fits.Length; i++)
        {
            if (new NumberFormat(Signs[i].Decimal, Signs[i].Group, "", "").Fits(parts.Core))
                fits[i]++;
        }
    }

    /// <summary>What was found; null where most cells are no numbers.</summary>
    /// <param name="wanted">The decimal sign that the user named; null: none.</param>
    public FoundNumberFormat? Find(char? wanted)
    {
        if (cells == 0 || likeNumbers * 2 < cells)
            return null;
        var (count, prefix, suffix) = affixes.Values.MaxBy(affix => affix.Count);
        var best = Enumerable.Range(0, Signs.Length).Where(i => wanted is not { } sign || Signs[i].Decimal == sign)
            .OrderByDescending(i => fits[i]).ThenBy(i => i).First();
        var negative = Negative();
        var isComplete = count == cells && fits[best] == cells && (negative != NegativeSign.Before || inBrackets + minusBehind == 0);
        // 1,500 in every cell: one and a half, or fifteen hundred. 0,500 and 1,50 are plain, and so is 1,500,000.
        var isOpen = wanted is null && isComplete && best == PlainComma && fits[CommaGroups] == cells;
        // 1.500 € likewise.
        var isOpenPoint = wanted is null && isComplete && best == PlainPoint && fits[PointGroups] == cells && fits[PlainComma] < cells;
        return new FoundNumberFormat(Of(best), isComplete, isOpen ? Of(CommaGroups) : isOpenPoint ? Of(PointGroups) : null, isOpen || isOpenPoint);

        NumberFormat Of(int i) => new(Signs[i].Decimal, Signs[i].Group, prefix, suffix) { Negative = negative };
    }

    // Where all are in brackets these mean something else, and so may 2- among whole numbers, which are marks then.
    private NegativeSign Negative() => (inBrackets, minusBehind) switch
    {
        ( > 0, 0) when inBrackets < cells => NegativeSign.Brackets,
        (0, > 0) when minusBehind < cells && hasSigns => NegativeSign.Behind,
        _ => NegativeSign.Before,
    };
}

/// <summary>A way in which a column may write its numbers.</summary>
/// <param name="Format">The format that fits most cells.</param>
/// <param name="IsComplete">Whether it fits all.</param>
/// <param name="Other">Another one that fits all as well; null: none.</param>
/// <param name="IsOpen">Whether the cells do not say which of both it is.</param>
internal sealed record FoundNumberFormat(NumberFormat Format, bool IsComplete, NumberFormat? Other, bool IsOpen);
