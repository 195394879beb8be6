namespace Ilt.Cli.Tables;

/// <summary>What a user should know of how a table was read.</summary>
internal static class TableNotes
{
    private const int Shown = 4;

    /// <summary>The notes, one sentence each: of the file, and of the columns in use.</summary>
    public static IEnumerable<string> Of(Table table, IEnumerable<TableColumn> used)
    {
        var columns = used.Distinct().ToArray();
        foreach (var note in table.Notes)
            yield return note;
        foreach (var note in columns.SelectMany(c => c.Notes))
            yield return note;
        foreach (var alike in columns.Where(c => c.Kind == ColumnKind.Number && !c.Reading.Number.IsPlain).GroupBy(c => c.Reading.Number.Describe()))
            yield return $"numbers are read with {alike.Key} in {Listed([.. alike.Select(c => c.Name)])}: {Example(alike.First())}; --decimal and --categories overrule it.";
        if (Missing(columns) is { } missing)
            yield return missing;
        if (NearMissing.Note(table, columns) is { } near)
            yield return near;
        foreach (var column in columns.Where(c => c.Kind == ColumnKind.Text && c.Reading.Words.Count > 0))
            yield return $"column '{column.Name}': {string.Join(", ", column.Reading.Words.Select(word => $"'{word}'"))} is taken as a value like the others; --missing takes it as missing.";
    }

    private static string? Missing(TableColumn[] columns)
    {
        var words = columns.SelectMany(c => c.MissingWordCounts.Select(pair => (Word: pair.Key, pair.Value, c.Name))).GroupBy(w => w.Word).OrderByDescending(w => w.Sum(x => x.Value)).ToArray();
        if (words.Length == 0)
            return null;
        var texts = words.Take(Shown).Select(word =>
        {
            var names = word.Select(w => w.Name).ToArray();
            return FormattableString.Invariant($"'{word.Key}' ({word.Sum(w => w.Value)} in {Listed(names)})");
        });
        var others = words.Skip(Shown).ToArray();
        var rest = others.Length == 0 ? "" : FormattableString.Invariant($" and {others.Sum(word => word.Sum(w => w.Value))} cells of {others.Length} other {(others.Length == 1 ? "word" : "words")}");
        return $"taken as missing: {string.Join(", ", texts)}{rest}; --missing names other words.";
    }

    private static string Example(TableColumn column)
    {
        var given = Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row));
        var row = SignOf(column.Reading.Number) is { } sign ? given.Where(row => column.Text(row).Contains(sign)).DefaultIfEmpty(given.First()).First() : given.First();
        return column.TryNumber(row, out var value) ? $"'{column.Text(row)}' is {Numbers.Format(value)}" : "";
    }

    private static char? SignOf(NumberFormat format) => format.Group ?? format.Negative switch { NegativeSign.Brackets => '(', NegativeSign.Behind => '-', _ => null };

    private static string Listed(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? FormattableString.Invariant($" and {names.Count - Shown} more") : "");
}
