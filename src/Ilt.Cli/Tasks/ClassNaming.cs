using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>
/// What the classes of a column are called. In a column of numbers, 5 and 5.0 are one class; elsewhere spellings that differ in case, blanks
/// or Unicode form only are one, and so are true, T, yes and 1 beside each other, unless they are to be kept apart. A class goes by its most
/// frequent spelling, without blanks around. Where spellings are kept apart, a class is the text of the cell, blanks included.
/// </summary>
internal sealed class ClassNaming
{
    // Where so many single letters come in both cases, the case says something.
    private const int LettersOfBothCases = 6;
    private const int Shown = 4;
    private const int ShownSpellings = 8;

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
        KeepsSpellings = training?.KeepsSpellings ?? keepSpellings;
        var counts = Counts(column);
        var trimmed = counts.Keys.Select(text => text.Trim()).ToHashSet(StringComparer.Ordinal);
        casesDiffer = training?.casesDiffer ?? trimmed.Where(text => text.Length == 1 && char.IsLower(text[0])).Count(text => trimmed.Contains(text.ToUpperInvariant())) >= LettersOfBothCases;
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
                byKey.TryAdd(Key(text), KeepsSpellings ? text : text.Trim());
        valueOf = (byValue ?? []).ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>Whether spellings are kept apart.</summary>
    public bool KeepsSpellings { get; }

    /// <summary>What was made one, and what was not although it is equal; null: nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>The spellings that were made one, with their numbers; null: none.</summary>
    public string? Folded { get; private set; }

    /// <summary>The class that a cell names.</summary>
    public string NameOf(TableColumn column, int row)
    {
        var text = column[row];
        if (byText.TryGetValue(text, out var known))
            return known;
        return byText[text] = byValue is not null && column.TryNumber(row, out var value) && byValue.TryGetValue(value, out var name) ? name : byKey[Key(text)];
    }

    /// <summary>The class that a text names; null: there is none of that name.</summary>
    public string? Find(TableColumn column, string text) =>
        byValue is not null && column.Reading.Number.TryParse(text, out var value) && byValue.TryGetValue(value, out var name) ? name : byKey.GetValueOrDefault(Key(text));

    /// <summary>The value of a class in a column of numbers; infinity, behind them all, for a text.</summary>
    public double ValueOf(string name) => valueOf.GetValueOrDefault(name, double.PositiveInfinity);

    private string Key(string text) => KeepsSpellings ? text : casesDiffer ? text.Trim() : Spelling.Key(text);

    private static Dictionary<string, int> Counts(TableColumn column)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row) && column[row] is var text)
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
        var groups = counts.GroupBy(pair => Key(pair.Key)).ToDictionary(group => group.Key, Ordered);
        if (isTraining && !KeepsSpellings && Spelling.Truth(groups.Keys) is { } truth)
        {
            foreach (var side in groups.Keys.GroupBy(key => truth[key]).ToArray())
            {
                var all = Ordered(side.SelectMany(key => groups[key]));
                foreach (var key in side)
                    groups[key] = all;
            }
        }

        foreach (var (key, spellings) in groups)
            byKey.TryAdd(key, NameOf(spellings));
        if (!isTraining)
            return;
        Folded = Listed([.. groups.Values.Where(spellings => spellings.Count > 1).Distinct()], " = ");
        var apart = KeepsSpellings ? null : Listed([.. EqualNumbers(column, groups)], " and ");
        var areNumbers = apart is not null && groups.Keys.All(key => column.Reading.Number.TryParse(key, out _));
        string?[] sentences =
        [
            casesDiffer && !KeepsSpellings ? "classes that differ in case only are kept apart, since many single letters come in both cases." : null,
            Folded is null ? null : $"spellings of one class are taken together: {Folded}; --keep-spellings keeps them apart.",
            apart is null ? null : $"classes that are equal as numbers are kept apart: {apart}; {(areNumbers ? $"--numbers \"{column.Name}\" makes them one class" : "write them alike in the file to make them one")}.",
        ];
        if (sentences.OfType<string>().ToArray() is { Length: > 0 } said)
            Note = $"column '{column.Name}': {string.Join(' ', said)}";
    }

    private static List<KeyValuePair<string, int>> Ordered(IEnumerable<KeyValuePair<string, int>> spellings) =>
        [.. spellings.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];

    private string NameOf(List<KeyValuePair<string, int>> spellings) => KeepsSpellings ? spellings[0].Key
        : spellings.GroupBy(pair => pair.Key.Trim(), pair => pair.Value).OrderByDescending(group => group.Sum()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;

    // 1 and 01 among texts: codes of two kinds, or one number that was written in two ways.
    private IEnumerable<List<KeyValuePair<string, int>>> EqualNumbers(TableColumn column, Dictionary<string, List<KeyValuePair<string, int>>> groups) => groups.Values.Distinct()
        .Select(spellings => (Name: NameOf(spellings), Count: spellings.Sum(pair => pair.Value)))
        .Select(one => (one.Name, one.Count, Value: column.Reading.Number.TryParse(one.Name, out var value) && double.IsFinite(value) ? value : (double?)null))
        .Where(one => one.Value is not null).GroupBy(one => one.Value).Where(group => group.Skip(1).Any()).OrderBy(group => group.Key)
        .Select(group => Ordered(group.Select(one => KeyValuePair.Create(one.Name, one.Count))));

    private static string? Listed(List<KeyValuePair<string, int>>[] groups, string between)
    {
        if (groups.Length == 0)
            return null;
        var shown = groups.Take(Shown).Select(group => string.Join(between, group.Take(ShownSpellings).Select(pair => FormattableString.Invariant($"'{VisibleText.Of(pair.Key)}' ({pair.Value})")))
            + (group.Count > ShownSpellings ? FormattableString.Invariant($"{between}{group.Count - ShownSpellings} more") : ""));
        return string.Join("; ", shown) + (groups.Length > Shown ? FormattableString.Invariant($" and {groups.Length - Shown} more") : "");
    }
}
