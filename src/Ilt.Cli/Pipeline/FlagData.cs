using Ilt.Cli.Images;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.Detectors;
using Ilt.MLNet;
using Ilt.Rows;
using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>Everything <c>ilt flag</c> needs from its tables, read and checked before training.</summary>
internal sealed class FlagData
{
    private Dictionary<string, int>? rowOfId;
    private Dictionary<string, int>? placeOfId;

    /// <summary>The training table (with a fraction split off, the validation rows are in it too).</summary>
    public required Table Table { get; init; }

    /// <summary>The ids of its rows.</summary>
    public required RowIds Ids { get; init; }

    /// <summary>Its labels, one per task.</summary>
    public required IReadOnlyList<TaskLabel> Labels { get; init; }

    /// <summary>What becomes of the other columns.</summary>
    public required FeaturePlan Features { get; init; }

    /// <summary>What the images are; null: the rows are those of a table.</summary>
    public required ImagePlan? Images { get; init; }

    /// <summary>The body of the tasks of the kind vertices; null: there are none.</summary>
    public required BodyOfTasks? Body { get; init; }

    /// <summary>What people have said of its labels; null: nobody has looked. The <see cref="Table"/> holds what they corrected.</summary>
    public required ReviewedLabels? Reviewed { get; init; }

    /// <summary>What they have said of labels that are trained on, by the ids that the trainer knows rows by: wrong ones are no labels any more.</summary>
    public IReadOnlyList<LabelReview> Reviews => Reviewed is null ? [] :
    [
        .. TrainRows.SelectMany((row, position) => Enumerable.Range(0, Labels.Count)
            .Where(k => Labels[k].IsLabelled(row) && Reviewed.Of(row, k) is { Verdict: not LabelVerdict.Wrong })
            .Select(k => new LabelReview(
                Ids.Column is null ? (position + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : Ids.Ids[row], Labels[k].Spec.Name, Reviewed.Of(row, k)!.Verdict))),
    ];

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

    /// <summary>What ranks the rows where nothing is named.</summary>
    /// <param name="isAudit">Whether models have to speak of the rows that have not seen them.</param>
    public IDetector DefaultDetector(bool isAudit) => isAudit ? DetectorCatalog.OfAudits : DetectorCatalog.Default(
        Images is { Size: var size } ? new InputShape(3, size.Height, size.Width) : new InputShape(Math.Max(1, Features.Numbers.Count)));

    /// <summary>The table row of a training row, by the id that the trainer knows it by: without an id column, its position among the training rows.</summary>
    public int RowOf(string trainerId)
    {
        if (Ids.Column is null)
            return TrainRows[int.Parse(trainerId, System.Globalization.CultureInfo.InvariantCulture) - 1];
        rowOfId ??= Enumerable.Range(0, Table.RowCount).ToDictionary(row => Ids.Ids[row], StringComparer.Ordinal);
        return rowOfId[trainerId];
    }

    /// <summary>The other way round: what the trainer calls the row of an id.</summary>
    public string TrainerIdOf(string id)
    {
        if (Ids.Column is not null)
            return id;
        placeOfId ??= Enumerable.Range(0, TrainRows.Length).ToDictionary(place => Ids.Ids[TrainRows[place]], StringComparer.Ordinal);
        return (placeOfId[id] + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Reads and checks; anything wrong is a <see cref="UserErrorException"/>.</summary>
    public static FlagData Read(FlagOptions options, CancellationToken cancellation = default, Action<double>? progress = null)
    {
        var table = TableReader.Read(options.Data, options.Reading, progress: progress);
        var ids = RowIds.Read(table, options.Id);
        var keepBad = options.Images?.OnBadRow == OnBadRow.Skip;
        var labels = TaskLabel.ReadAll(table, options.Tasks, ids: ids, keepBad: keepBad, keepSpellings: options.Reading.KeepSpellings);
        var reviewed = options.Reviewed is { } reviews ? ReviewFile.Read(reviews, ids, labels, options.Images?.LabelFolder ?? ".") : null;
        if (reviewed is not null)
        {
            table = reviewed.Correct(table);
            labels = TaskLabel.ReadAll(table, options.Tasks, ids: ids, keepBad: keepBad, keepSpellings: options.Reading.KeepSpellings);
        }

        var body = BodyOfTasks.Read(options.Body, labels);
        var features = options.Images is null ? Plan(table, options, labels, ids) : FeaturePlan.None;
        var trainRows = Enumerable.Range(0, table.RowCount).ToArray();
        var validationRows = Array.Empty<int>();
        var validationTable = (Table?)null;
        IReadOnlyList<TaskLabel> validationLabels = [];
        if (options.ValidationFile is { } file)
        {
            validationTable = TableReader.Read(file, known: table.Reading);
            var validationIds = RowIds.ReadOrNumber(validationTable, options.Id).Ids;
            validationLabels = TaskLabel.ReadAll(validationTable, [.. labels.Select(label => label.FoundSpec)], labels, validationIds, keepBad);
            validationRows = Enumerable.Range(0, validationTable.RowCount).ToArray();
            foreach (var column in features.Columns.Select(c => validationTable.Find(c.Name)).OfType<TableColumn>())
                ForeignNumbers.Refuse(column);
        }

        var check = options.Images is { } images ? new ImageCheck(images, cancellation) : null;
        if (check is not null)
        {
            trainRows = check.Check(table, labels, trainRows, "--image");
            validationRows = validationTable is null ? [] : check.Check(validationTable, validationLabels, validationRows, "--validation");
        }

        var lone = labels.Select(label => label.LeaveOutLone(trainRows, ids)).OfType<string>().ToArray();
        foreach (var label in labels)
            label.RequireLearnable(trainRows);
        if (options.ValidationFraction is { } fraction)
        {
            var given = trainRows;
            var classes = labels.Select(label => label.Classes).OfType<int[]>().Select(byRow => Array.ConvertAll(given, row => byRow[row])).ToArray();
            var split = RowSplit.Split(given.Length, classes, fraction, options.Seed);
            (trainRows, validationRows) = (Array.ConvertAll(split.Training, i => given[i]), Array.ConvertAll(split.Validation, i => given[i]));
            if (validationRows.Length == 0)
                throw new UserErrorException(FormattableString.Invariant($"--validation {fraction}: no row can be set aside, since two rows of every class stay in training; give more rows, or leave --validation out."));
            (validationTable, validationLabels) = (table, labels);
            foreach (var label in labels)
                label.RequireLearnable(trainRows);
        }

        var masks = new Dictionary<string, FoundClasses>();
        foreach (var (label, other) in labels.Select((label, k) => (label, k < validationLabels.Count ? validationLabels[k] : null)))
        {
            var paths = options.Images is null ? [] : Files(label, trainRows, options.Images).Concat(Files(other, validationRows, options.Images)).ToArray();
            if (options.Images is not null && label.Spec.Syntax.FindClasses(label.Spec, paths, options.Images, cancellation) is { } found)
                masks[label.Spec.Name] = found;
        }

        var plan = check?.Finish();
        if (plan is not null)
            plan = plan with { Masks = masks.ToDictionary(entry => entry.Key, entry => entry.Value.Classes) };
        if (plan is not null)
            PersonTasks.Require(plan, labels);
        BodyPictureFiles.Require(options, body, table);
        if (plan is { Options: { Size: null, Augmentation: not { Crop: not null } } pictures })
            NetworkInput.Require(pictures.Network, plan.Size, "images of");
        return new FlagData
        {
            Table = table,
            Ids = ids,
            Labels = labels,
            Features = features,
            Images = plan,
            Body = body,
            Reviewed = reviewed,
            TrainRows = trainRows,
            ValidationTable = validationTable,
            ValidationLabels = validationLabels,
            ValidationRows = validationRows,
            Notes = [.. reviewed?.Notes ?? [], .. FlagNotes.Collect(table, ids, labels, trainRows, validationLabels, features, plan), .. lone, .. UnseenNotes(options, table, features, trainRows, validationTable), .. masks.Values.SelectMany(found => found.Notes)],
        };
    }

    private static FeaturePlan Plan(Table table, FlagOptions options, IReadOnlyList<TaskLabel> labels, RowIds ids)
    {
        // What is named letter by letter is wanted.
        var kept = ColumnSelection.Resolve(table, options.Keep.Concat(options.Features.Where(table.Contains)), "--keep").ToHashSet();
        var reading = options.Reading;
        var told = ColumnSelection.Resolve(table, reading.Categories.Concat(reading.Numbers), "--categories").ToHashSet();
        return FeaturePlan.Create(FeatureColumns(table, options, labels, ids), labels, kept, told.Contains);
    }

    private static IEnumerable<string> UnseenNotes(FlagOptions options, Table table, FeaturePlan features, int[] trainRows, Table? validation) => options.ValidationFile is null || validation is null
        ? []
        : ModelReading.Of(table, features, [], null, trainRows).UnseenNotes(validation).Select(note => $"validation: {note}");

    private static IEnumerable<string> Files(TaskLabel? label, int[] rows, ImageOptions images) =>
        label is null || !label.ReadsFiles ? [] : rows.Where(label.IsLabelled).Select(row => label.PathOf(row, images.LabelFolder));

    private static IEnumerable<TableColumn> FeatureColumns(Table table, FlagOptions options, IReadOnlyList<TaskLabel> labels, RowIds ids)
    {
        var ignored = ColumnSelection.Resolve(table, options.Ignore, "--ignore").ToHashSet();
        var labelOf = new Dictionary<TableColumn, string>();
        foreach (var label in labels)
        {
            foreach (var column in label.Columns)
                labelOf.TryAdd(column, label.Spec.Name);
        }

        if (options.Features.Count == 0)
            return table.Columns.Where(c => !ignored.Contains(c) && !labelOf.ContainsKey(c) && c.Name != ids.Column);
        foreach (var name in options.Features.Where(table.Contains))
        {
            if (labelOf.TryGetValue(table.Column(name, "--features"), out var task))
                throw new UserErrorException($"--features: column '{name}' is the label of task '{task}'; a network that sees the label cannot find it wrong: take it out of --features.");
        }

        // A pattern may be wide; what it catches beside the features is meant to stay out.
        return ColumnSelection.Resolve(table, options.Features, "--features")
            .Where(c => !ignored.Contains(c) && !labelOf.ContainsKey(c) && c.Name != ids.Column);
    }
}
