using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Pipeline;

/// <summary>Which columns of a table are features, and what has to be done to each.</summary>
internal sealed class FeaturePlan
{
    private FeaturePlan(IReadOnlyList<TableColumn> columns, IReadOnlyList<string> dropped, IReadOnlyList<string> names, IReadOnlyList<string> notes)
    {
        Columns = columns;
        Dates = columns.Where(c => c.Kind == ColumnKind.Date).SelectMany(c => DateFeature.Of(c, [.. names])).ToArray();
        var missing = columns.Where(c => c.MissingCount > 0).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        Numbers = [.. columns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name), .. Dates.Where(d => d.IsNumber).Select(d => d.Name)];
        WithMissing = [.. columns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name).Where(missing.Contains), .. Dates.Where(d => d.IsNumber && missing.Contains(d.Column)).Select(d => d.Name)];
        Texts = [.. columns.Where(c => c.Kind == ColumnKind.Text).Select(c => c.Name), .. Dates.Where(d => !d.IsNumber).Select(d => d.Name)];
        Dropped = dropped;
        Notes = [.. notes, .. Dates.GroupBy(d => d.Column).Select(Describe)];
    }

    /// <summary>No feature columns: the rows are images.</summary>
    public static FeaturePlan None { get; } = new([], [], [], []);

    /// <summary>The columns that features are made from.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Columns of numbers, and days of dates: scaled; a missing value becomes the mean.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>Those of <see cref="Numbers"/> that miss values: each gets an indicator beside it.</summary>
    public IReadOnlyList<string> WithMissing { get; }

    /// <summary>Columns of texts, and parts of dates that are categories: one-hot.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Features that are made from dates.</summary>
    public IReadOnlyList<DateFeature> Dates { get; }

    /// <summary>Columns left out because they tell nothing, or what they must not.</summary>
    public IReadOnlyList<string> Dropped { get; }

    /// <summary>What was done that a user should know.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>
    /// Decides over the candidate columns. A column with one value is dropped, and so is one that counts the rows or says a label again, unless
    /// it is to be kept; a text column with too many different values is a <see cref="UserErrorException"/> with advice, and so is an empty choice.
    /// </summary>
    /// <param name="candidates">The columns.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="kept">Columns that stay whatever they look like.</param>
    /// <param name="told">Whether the user said what kind of column it is.</param>
    public static FeaturePlan Create(IEnumerable<TableColumn> candidates, IReadOnlyList<TaskLabel> labels, IReadOnlySet<TableColumn> kept, Func<TableColumn, bool> told)
    {
        var all = candidates.ToArray();
        var notes = new List<string>();
        var constant = all.Where(IsConstant).ToArray();
        var columns = all.Except(constant).ToList();
        var orders = columns.ToDictionary(c => c, c => RowOrders.Of(c));
        var counters = LeftOut(columns, kept, columns.Where(c => orders[c] == RowOrder.Numbers).ToArray());
        if (counters.Length > 0)
            notes.Add($"left out, counts the rows: {Listed(counters)}; --id names the rows by such a column, --keep makes it a feature.");
        foreach (var column in columns.Where(c => orders[c] == RowOrder.Follows && !kept.Contains(c)))
            notes.Add($"column '{column.Name}' rises or falls from each row to the next, as the file is in order of it; if the file is sorted by a label as well it gives that away: leave it out with --ignore \"{column.Name}\".");
        var copies = FeatureSigns.Copies([.. columns.Where(c => !kept.Contains(c))], labels).ToArray();
        foreach (var group in copies.GroupBy(copy => copy.Task))
        {
            var left = LeftOut(columns, kept, [.. group.Select(copy => copy.Column)]);
            if (left.Length > 0)
                notes.Add($"left out, {(left.Length == 1 ? "says" : "say")} again what the label of task {group.Key} says, in all rows: {Listed(left)}; --keep makes {(left.Length == 1 ? "it a feature" : "them features")}.");
        }

        var following = FeatureSigns.FollowLabel([.. columns.Where(c => !kept.Contains(c))], labels).ToArray();
        foreach (var group in following.GroupBy(sign => sign.Task))
            notes.Add($"each class of task {group.Key} has one value of {Listed([.. group.Select(sign => sign.Column)])}; if that was made from the label, leave it out with --ignore, for it hides wrong labels.");
        notes.AddRange(NearCopies.Notes([.. columns.Where(c => !kept.Contains(c))], labels));
        foreach (var column in columns.Where(c => !told(c) && FeatureSigns.AreNames(c, labels)).ToArray())
        {
            column.ReadAsCategories();
            notes.Add($"column '{column.Name}': {column.DistinctCount} whole numbers from which a label jumps without order are codes, so each is a category; --numbers \"{column.Name}\" takes them as numbers.");
        }

        foreach (var column in columns.Where(c => c.Kind == ColumnKind.Number))
        {
            if (Sentinel.Find(column.ToNumbers("this feature")) is { } sentinel)
                notes.Add(sentinel.Note($"column '{column.Name}'"));
        }

        foreach (var column in columns.Where(FeatureSigns.NumbersRows))
            notes.Add($"column '{column.Name}' holds each number of a range once; if it names the rows say --id \"{column.Name}\", or leave it out with --ignore.");
        foreach (var column in columns.Where(c => c.Kind == ColumnKind.Text))
        {
            TextFeatures.RefuseManyCategories(column);
            if (!told(column) && column.Notes.Count == 0 && TextFeatures.Note(column) is { } note)
                notes.Add(note);
        }

        string[] dropped = [.. constant.Concat(counters).Concat(copies.Select(copy => copy.Column)).Distinct().Select(c => c.Name)];
        if (constant.Length > 0)
            notes.Insert(0, $"left out, one value only: {Listed(constant)}.");
        return columns.Count > 0
            ? new FeaturePlan(columns, dropped, [.. all.Select(c => c.Name)], notes)
            : throw new UserErrorException(
                "there is no feature column left to learn from" + (constant.Length > 0 ? $" (constant: {string.Join(", ", constant.Take(5).Select(c => c.Name))})" : "")
                + (dropped.Length > constant.Length ? $" (counts the rows, or says a label again: {string.Join(", ", dropped.Skip(constant.Length).Take(5))}; --keep makes them features)" : "")
                + "; every column that is no id, label or ignored is a feature: check --features and --ignore.");
    }

    /// <summary>The features of a table as columns for ML.NET; a column that is absent or of the wrong kind is a <see cref="UserErrorException"/>.</summary>
    public IEnumerable<ViewColumn> View(Table table, string role)
    {
        var dates = Dates.ToDictionary(d => d.Name, StringComparer.Ordinal);
        foreach (var name in Numbers.Concat(Texts))
        {
            if (dates.TryGetValue(name, out var date))
                yield return date.View(table.Column(date.Column, role));
        }

        foreach (var name in Numbers.Where(name => !dates.ContainsKey(name)))
            yield return ViewColumn.Numbers(name, table.Column(name, role).ToNumbers("this feature"));
        foreach (var name in Texts.Where(name => !dates.ContainsKey(name)))
            yield return TextView(name, table.Column(name, role));
    }

    /// <summary>A column's categories, empty where missing.</summary>
    public static ViewColumn TextView(string name, TableColumn column) =>
        ViewColumn.Texts(name, Enumerable.Range(0, column.Count).Select(column.Category).ToArray());

    private static TableColumn[] LeftOut(List<TableColumn> columns, IReadOnlySet<TableColumn> kept, IReadOnlyList<TableColumn> signs)
    {
        var left = signs.Where(c => !kept.Contains(c) && columns.Contains(c)).Distinct().ToArray();
        columns.RemoveAll(left.Contains);
        return left;
    }

    private static bool IsConstant(TableColumn column)
    {
        // A text that is sometimes missing still tells rows apart; a number would only leave its indicator.
        if (column.Kind == ColumnKind.Text)
            return column.DistinctCount == 0 || (column.DistinctCount == 1 && column.MissingCount == 0);
        if (column.Kind == ColumnKind.Date)
            return column.DistinctCount <= 1;
        var values = column.ToNumbers("this feature");
        var first = Array.Find(values, v => !float.IsNaN(v));
        return values.All(v => v == first || float.IsNaN(v));
    }

    private static string Describe(IGrouping<string, DateFeature> dates) =>
        $"column '{dates.Key}' holds dates; features are the {string.Join(", the ", dates.Select(d => d.Part == DatePart.Days ? "days since the first" : d.Part.ToString().ToLowerInvariant()))}; --categories \"{dates.Key}\" takes each date as a category.";

    private static string Listed(IReadOnlyList<TableColumn> columns)
    {
        const int Shown = 8;
        return string.Join(", ", columns.Take(Shown).Select(c => c.Name)) + (columns.Count > Shown ? $", ... ({columns.Count} in all)" : "");
    }
}
