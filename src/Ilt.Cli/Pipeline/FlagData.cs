using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Pipeline;

/// <summary>Everything <c>ilt flag</c> needs from its tables, read and checked before training.</summary>
internal sealed class FlagData
{
    /// <summary>The training table (with a fraction split off, the validation rows are in it too).</summary>
    public required Table Table { get; init; }

    /// <summary>The ids of its rows.</summary>
    public required RowIds Ids { get; init; }

    /// <summary>Its labels, one per task.</summary>
    public required IReadOnlyList<TaskLabel> Labels { get; init; }

    /// <summary>What becomes of the other columns.</summary>
    public required FeaturePlan Features { get; init; }

    /// <summary>The rows trained on.</summary>
    public required int[] TrainRows { get; init; }

    /// <summary>The table with the validation rows; null: no validation.</summary>
    public required Table? ValidationTable { get; init; }

    /// <summary>The labels of that table, one per task.</summary>
    public required IReadOnlyList<TaskLabel> ValidationLabels { get; init; }

    /// <summary>The validation rows within that table.</summary>
    public required int[] ValidationRows { get; init; }

    /// <summary>Things worth knowing that are no errors.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads and checks; anything wrong is a <see cref="UserErrorException"/>.</summary>
    public static FlagData Read(FlagOptions options)
    {
        var table = TableReader.Read(options.Data);
        var ids = RowIds.Read(table, options.Id);
        var labels = options.Tasks.Select(spec => TaskLabel.Read(table, spec)).ToArray();
        var features = FeaturePlan.Create(FeatureColumns(table, options, labels));
        var trainRows = Enumerable.Range(0, table.RowCount).ToArray();
        var validationRows = Array.Empty<int>();
        var validationTable = (Table?)null;
        IReadOnlyList<TaskLabel> validationLabels = [];
        if (options.ValidationFile is { } file)
        {
            validationTable = TableReader.Read(file);
            // By the names found in the training table: there, a pattern may fit other columns.
            validationLabels = labels.Select(label => TaskLabel.Read(validationTable, label.Spec with { ColumnPatterns = label.Columns.Select(c => c.Name).ToArray() }, label)).ToArray();
            validationRows = Enumerable.Range(0, validationTable.RowCount).ToArray();
        }

        foreach (var label in labels)
            label.RequireLearnable(trainRows);
        if (options.ValidationFraction is { } fraction)
        {
            (trainRows, validationRows) = ValidationSplit.Split(table.RowCount, labels, fraction, options.Seed);
            if (validationRows.Length == 0)
                throw new UserErrorException(FormattableString.Invariant($"--validation {fraction}: no row can be set aside, since two rows of every class stay in training; give more rows, or leave --validation out."));
            (validationTable, validationLabels) = (table, labels);
            foreach (var label in labels)
                label.RequireLearnable(trainRows);
        }

        return new FlagData
        {
            Table = table,
            Ids = ids,
            Labels = labels,
            Features = features,
            TrainRows = trainRows,
            ValidationTable = validationTable,
            ValidationLabels = validationLabels,
            ValidationRows = validationRows,
            Notes = FlagNotes.Collect(table, ids, labels, validationLabels, features),
        };
    }

    private static IEnumerable<TableColumn> FeatureColumns(Table table, FlagOptions options, IReadOnlyList<TaskLabel> labels)
    {
        var ignored = ColumnSelection.Resolve(table, options.Ignore, "--ignore").ToHashSet();
        var labelOf = new Dictionary<TableColumn, string>();
        foreach (var label in labels)
        {
            foreach (var column in label.Columns)
                labelOf.TryAdd(column, label.Spec.Name);
        }

        if (options.Features.Count == 0)
            return table.Columns.Where(c => !ignored.Contains(c) && !labelOf.ContainsKey(c) && c.Name != options.Id);
        foreach (var name in options.Features.Where(table.Contains))
        {
            if (labelOf.TryGetValue(table.Column(name, "--features"), out var task))
                throw new UserErrorException($"--features: column '{name}' is the label of task '{task}'; a network that sees the label cannot find it wrong: take it out of --features.");
        }

        // A pattern may be wide; what it catches beside the features is meant to stay out.
        return ColumnSelection.Resolve(table, options.Features, "--features")
            .Where(c => !ignored.Contains(c) && !labelOf.ContainsKey(c) && c.Name != options.Id);
    }
}
