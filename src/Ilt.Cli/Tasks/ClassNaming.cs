using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>
/// What the classes of a column are called. In a column of numbers, 5 and 5.0 are one class; elsewhere spellings that differ in case, blanks
/// or Unicode form only are one, and so are true, T, yes and 1 beside each other, unless they are to be kept apart. A class goes by its most
/// frequent spelling.
/// </summary>
internal sealed class ClassNaming
{
    // Where so many single letters come in both cases, the case says something.
    private const int LettersOfBothCases = 6;
    private const int Shown = 4;

    private readonly bool keepSpellings;
    private readonly Dictionary<double, string>? byValue; // null where classes are texts
    private readonly Dictionary<string, string> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byText = new(StringComparer.Ordinal); // what was looked up before
    private readonly Dictionary<string, double> valueOf;
    private readonly bool casesDiffer;

    /// <summary>Names the classes of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="keepSpellings">Whether spellings are kept apart.</param>
    /// <param name="training">The names of the training rows, which count where they have a class; null: these are them.</param>
    public ClassNaming(TableColumn column, bool keepSpellings, ClassNaming? training = null)
    {
        this.keepSpellings = training?.keepSpellings ?? keepSpellings;
        var counts = Counts(column);
        casesDiffer = training?.casesDiffer ?? counts.Keys.Where(text => text.Length == 1 && char.IsLower(text[0])).Count(text => counts.ContainsKey(text.ToUpperInvariant())) >= LettersOfBothCases;
        if (training is null ? column.Kind == ColumnKind.Number : training.byValue is not null)
        {
            byValue = training?.byValue is { } known ? new Dictionary<double, string>(known) : [];
            NameNumbers(column);
        }

        if (training is not null)
            byKey = new Dictionary<string, string>(training.byKey, StringComparer.Ordinal);
        if (byValue is null)
            NameTexts(column, counts, isTraining: training is null);
        else
            foreach (var text in counts.Keys)
                byKey.TryAdd(Key(text), text);
        valueOf = (byValue ?? []).ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>What was made one; null: nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>The class that a cell names.</summary>
    public string NameOf(TableColumn column, int row)
    {
        var text = column.Text(row);
        if (byText.TryGetValue(text, out var known))
            return known;
        return byText[text] = byValue is not null && column.TryNumber(row, out var value) && byValue.TryGetValue(value, out var name) ? name : byKey[Key(text)];
    }

    /// <summary>The class that a text names; null: there is none of that name.</summary>
    public string? Find(TableColumn column, string text) =>
        byValue is not null && column.Reading.Number.TryParse(text, out var value) && byValue.TryGetValue(value, out var name) ? name : byKey.GetValueOrDefault(Key(text));

    /// <summary>The value of a class in a column of numbers; infinity, behind them all, for a text.</summary>
    public double ValueOf(string name) => valueOf.GetValueOrDefault(name, double.PositiveInfinity);

    private string Key(string text) => keepSpellings || casesDiffer ? text : Spelling.Key(text);

    private static Dictionary<string, int> Counts(TableColumn column)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < column.Count; row++)
        {
            if (column.Text(row) is { Length: > 0 } text)
                counts[text] = counts.GetValueOrDefault(text) + 1;
        }

        return counts;
    }

    private void NameNumbers(TableColumn column)
    {
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row) || !column.TryNumber(row, out var value))
                continue;
            if (!double.IsFinite(value))
                throw new UserErrorException($"{column.Where(row)}: '{column.Text(row)}' is no finite number; write the class, or leave the cell empty if it is missing (--missing can name the word).");
            if (!byValue!.ContainsKey(value))
                byValue[value] = column.Text(row);
        }
    }

    private void NameTexts(TableColumn column, Dictionary<string, int> counts, bool isTraining)
    {
        var groups = counts.GroupBy(pair => Key(pair.Key)).ToDictionary(group => group.Key, group => group.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList());
        if (isTraining && !keepSpellings && Spelling.Truth(groups.Keys) is { } truth)
        {
            foreach (var side in groups.Keys.GroupBy(key => truth[key]).ToArray())
            {
                var all = side.SelectMany(key => groups[key]).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
                foreach (var key in side)
                    groups[key] = all;
            }
        }

        foreach (var (key, spellings) in groups)
            byKey.TryAdd(key, spellings[0].Key);
        if (isTraining)
            Note = Describe(column, groups.Values.Where(spellings => spellings.Count > 1).Distinct().ToArray());
    }

    private string? Describe(TableColumn column, List<KeyValuePair<string, int>>[] folded)
    {
        if (casesDiffer && !keepSpellings)
            return $"column '{column.Name}': classes that differ in case only are kept apart, since many single letters come in both cases.";
        if (folded.Length == 0)
            return null;
        var shown = folded.Take(Shown).Select(spellings => string.Join(" = ", spellings.Select(pair => FormattableString.Invariant($"'{pair.Key}' ({pair.Value})"))));
        var more = folded.Length > Shown ? FormattableString.Invariant($" and {folded.Length - Shown} more") : "";
        return $"column '{column.Name}': spellings of one class are taken together: {string.Join("; ", shown)}{more}; --keep-spellings keeps them apart.";
    }
}
