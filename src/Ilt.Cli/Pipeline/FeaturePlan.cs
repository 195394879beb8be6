using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>Which columns of a table are features, and what has to be done to each.</summary>
internal sealed class FeaturePlan
{
    private const int AlwaysAllowedCategories = 50;
    private const int RowsPerCategory = 100;

    private FeaturePlan(IReadOnlyList<TableColumn> columns, IReadOnlyList<string> dropped)
    {
        Numbers = columns.Where(c => c.Kind == ColumnKind.Number).Select(c => c.Name).ToArray();
        WithMissing = columns.Where(c => c.Kind == ColumnKind.Number && c.MissingCount > 0).Select(c => c.Name).ToArray();
        Texts = columns.Where(c => c.Kind == ColumnKind.Text).Select(c => c.Name).ToArray();
        Dropped = dropped;
    }

    /// <summary>No feature columns: the rows are images.</summary>
    public static FeaturePlan None { get; } = new([], []);

    /// <summary>Columns of numbers: scaled; a missing value becomes the mean.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>Those of <see cref="Numbers"/> that miss values: each gets an indicator beside it.</summary>
    public IReadOnlyList<string> WithMissing { get; }

    /// <summary>Columns of texts: one-hot.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Columns left out because they tell nothing.</summary>
    public IReadOnlyList<string> Dropped { get; }

    /// <summary>
    /// Decides over the candidate columns. A column with one value is dropped; a text column with too many different values is a
    /// <see cref="UserErrorException"/> with advice, and so is an empty choice.
    /// </summary>
    public static FeaturePlan Create(IEnumerable<TableColumn> candidates)
    {
        var kept = new List<TableColumn>();
        var dropped = new List<string>();
        foreach (var column in candidates)
        {
            if (IsConstant(column))
            {
                dropped.Add(column.Name);
                continue;
            }

            if (column.Kind == ColumnKind.Text)
                RefuseManyCategories(column);
            kept.Add(column);
        }

        return kept.Count > 0
            ? new FeaturePlan(kept, dropped)
            : throw new UserErrorException(
                "there is no feature column left to learn from" + (dropped.Count > 0 ? $" (constant: {string.Join(", ", dropped.Take(5))})" : "")
                + "; every column that is no id, label or ignored is a feature: check --features and --ignore.");
    }

    /// <summary>The features of a table as columns for ML.NET; a column that is absent or of the wrong kind is a <see cref="UserErrorException"/>.</summary>
    public IEnumerable<ViewColumn> View(Table table, string role)
    {
        foreach (var name in Numbers)
            yield return ViewColumn.Numbers(name, table.Column(name, role).ToNumbers("this feature"));
        foreach (var name in Texts)
            yield return TextView(table.Column(name, role));
    }

    /// <summary>A column's trimmed texts, empty where missing.</summary>
    public static ViewColumn TextView(TableColumn column) =>
        ViewColumn.Texts(column.Name, Enumerable.Range(0, column.Count).Select(column.Text).ToArray());

    private static bool IsConstant(TableColumn column)
    {
        // A text that is sometimes missing still tells rows apart; a number would only leave its indicator.
        if (column.Kind == ColumnKind.Text)
            return column.DistinctCount == 0 || (column.DistinctCount == 1 && column.MissingCount == 0);
        var values = column.ToNumbers("this feature");
        var first = Array.Find(values, v => !float.IsNaN(v));
        return values.All(v => v == first || float.IsNaN(v));
    }

    private static void RefuseManyCategories(TableColumn column)
    {
        var distinct = column.DistinctCount;
        var limit = Math.Max(AlwaysAllowedCategories, column.Count / RowsPerCategory);
        var nearlyUnique = distinct > 10 && distinct * 2 > column.Count;
        if (distinct <= limit && !nearlyUnique)
            return;
        var numbers = NumberShare(column, out var example);
        var advice = numbers > 0.5
            ? $"most of its cells are numbers, but '{example}' on line {column.LineOf(column.FirstText)} is none (decimals need a point): mend the cells, or leave the column out with"
            : $"if it names the rows say --id \"{column.Name}\"; to learn from it make it numbers or few groups; to leave it out say";
        throw new UserErrorException($"column '{column.Name}' is text with {distinct} different values in {column.Count} rows, too many for a feature; {advice} --ignore \"{column.Name}\".");
    }

    private static double NumberShare(TableColumn column, out string example)
    {
        var numbers = 0;
        for (var row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row) && Tables.Numbers.TryParse(column[row].Replace(',', '.'), out _))
                numbers++;
        }

        example = column.FirstText >= 0 ? column[column.FirstText] : "";
        return numbers / (double)column.Count;
    }
}
