namespace Ilt.Cli.Tables;

/// <summary>The words that stand for an empty cell, beside the empty cell itself.</summary>
internal sealed class MissingWords
{
    // What databases, R, spreadsheets, Weka and pandas write.
    private static readonly string[] AnyCase = ["?", "NA", "N/A", "#N/A", "#NA", "<NA>", "null", "NaT", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"];

    // Words that also mean something else are taken as programs spell them only.
    private static readonly string[] AsSpelled = ["None", "nan", "NaN", "NAN", "-nan"];

    private readonly HashSet<string> anyCase;
    private readonly HashSet<string> asSpelled;

    private MissingWords(IEnumerable<string> anyCase, IEnumerable<string> asSpelled, bool isGiven)
    {
        this.anyCase = anyCase.ToHashSet(StringComparer.OrdinalIgnoreCase);
        this.asSpelled = asSpelled.ToHashSet(StringComparer.Ordinal);
        Longest = this.anyCase.Concat(this.asSpelled).Select(word => word.Length).DefaultIfEmpty().Max();
        IsGiven = isGiven;
        IncludeNumbers = isGiven && Words.Any(word => Numbers.TryParse(word, out _));
    }

    /// <summary>The usual words.</summary>
    public static MissingWords Default { get; } = new(AnyCase, AsSpelled, isGiven: false);

    /// <summary>Whether the user named the words: then they count in quotes and among numbers too.</summary>
    public bool IsGiven { get; }

    /// <summary>Whether the user named a number among them, such as -999.</summary>
    public bool IncludeNumbers { get; }

    /// <summary>Characters of the longest word.</summary>
    public int Longest { get; }

    /// <summary>The words, as <see cref="Of"/> takes them.</summary>
    public IEnumerable<string> Words => anyCase.Concat(asSpelled);

    /// <summary>Words of the user's in place of the usual ones.</summary>
    public static MissingWords Of(IEnumerable<string> words) => new(words, [], isGiven: true);

    /// <summary>What <c>--missing</c> is to be given so that these words and further ones count, for the option replaces the usual ones: in quotes for the shell, for which some mean something.</summary>
    public string OptionWith(IEnumerable<string> further)
    {
        var all = Words.Concat(further).Distinct(StringComparer.OrdinalIgnoreCase).Select(word => word.Contains(',') || word.Contains('"') ? $"\"{word.Replace("\"", "\"\"")}\"" : word);
        return $"'{string.Join(',', all).Replace("'", "'\\''")}'";
    }

    /// <summary>Whether a trimmed text is one of the words.</summary>
    public bool Contains(string text) => text.Length <= Longest && (anyCase.Contains(text) || asSpelled.Contains(text));

    /// <summary>
    /// The same where a column of numbers is concerned: <c>NaN</c> is what a failed computation leaves behind there, so unless the user names
    /// it, it is reported instead of being taken for an honest gap.
    /// </summary>
    public bool ContainsAmongNumbers(string text) => Contains(text) && (IsGiven || !Numbers.TryParse(text, out _));
}
