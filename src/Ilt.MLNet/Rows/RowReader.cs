using System.Globalization;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Reads a view with one cursor, checking every row: tables into memory, and beyond a budget into a file; pixels into <see cref="PixelStores"/>.</summary>
internal static class RowReader
{
    private const int RowsBetweenCancellationChecks = 1024;

    /// <param name="view">The rows.</param>
    /// <param name="schema">The columns; they have been checked.</param>
    /// <param name="stores">Where pixels go, and features that memory does not hold.</param>
    /// <param name="onBadRow">What to do with a row that cannot be used.</param>
    /// <param name="role">"training" or "validation", for messages.</param>
    /// <param name="token">Stops the reading.</param>
    /// <param name="reviews">What people said of the labels; null: nothing.</param>
    /// <param name="isWanted">Tells from a row's position (from 1) and id whether to read it; null: all are.</param>
    /// <exception cref="InvalidOperationException">There is no row, or a bad row and <see cref="OnBadRow.Fail"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DataRows Read(
        IDataView view, TrainerSchema schema, PixelStores stores, OnBadRow onBadRow, string role, CancellationToken token, LabelReviews? reviews = null, Func<int, string?, bool>? isWanted = null)
    {
        var viewSchema = view.Schema;
        var names = schema.InputColumnNames.Concat(schema.LabelColumnNames);
        if (schema.IdColumnName is not null) names = names.Append(schema.IdColumnName);
        DataViewSchema.Column[] columns = [.. names.Distinct().Select(name => viewSchema[name])];
        // A table's columns may be worth the threads that GetRowCursor takes.
        using var cursor = schema.Image is null ? view.GetRowCursor(columns) : RowCursors.Open(view, columns);

        var input = InputCollector.Create(cursor, schema, stores, view.GetRowCount() ?? 0);
        // Per task; null where labels are derived from those of other tasks.
        var readers = schema.Tasks.Select(task => task.Binding.CreateReader(cursor, task, schema.Image?.Size ?? default, stores)).ToArray();
        var readId = schema.IdColumnName is { } idColumn ? IdReader.Create(cursor, viewSchema[idColumn]) : null;

        var ids = readId is null ? null : new List<string>();
        var positions = new List<int>();
        var verdicts = new List<IReadOnlyList<LabelVerdict?>?>();
        var skipped = 0L;
        string? firstSkipped = null;
        for (var position = 1; cursor.MoveNext(); position++)
        {
            if (schema.Image is not null || position % RowsBetweenCancellationChecks == 0) token.ThrowIfCancellationRequested();
            var id = readId?.Invoke();
            if (isWanted is not null && !isWanted(position, id)) continue;
            var problem = readId is not null && id is null ? $"id column '{schema.IdColumnName}' is empty" : null;
            problem ??= input.Read();
            var said = reviews?.Of(id ?? position.ToString(CultureInfo.InvariantCulture));
            for (var k = 0; k < readers.Length; k++)
                if (said?[k] != LabelVerdict.Wrong) problem ??= readers[k]?.Read();
            if (problem is not null)
            {
                var text = Describe(role, position, id, problem);
                if (onBadRow == OnBadRow.Fail)
                    throw new InvalidOperationException($"{text}. Mend the row, or set OnBadRow to Skip.");
                skipped++;
                firstSkipped ??= text;
                continue;
            }
            input.Keep();
            for (var k = 0; k < readers.Length; k++)
            {
                if (said?[k] == LabelVerdict.Wrong) readers[k]?.KeepMissing();
                else readers[k]?.Keep();
            }
            if (reviews is not null) verdicts.Add(said);
            ids?.Add(id!);
            positions.Add(position);
        }
        token.ThrowIfCancellationRequested();
        if (positions.Count == 0)
            throw new InvalidOperationException(skipped == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no usable row; all {skipped} were skipped, the first because: {firstSkipped}.");
        reviews?.RequireAllFound(skipped);
        var labels = Labels(schema, [.. readers.Select(reader => reader?.ToLabels())]);
        var data = input.ToData(labels, reviews?.KnownRight(verdicts, labels, row => ids?[row] ?? positions[row].ToString(CultureInfo.InvariantCulture)));
        return new DataRows(data, ids, [.. positions], [.. readers.Select(reader => reader?.HighestClass ?? -1)], skipped, firstSkipped)
        {
            InputWarning = input.Warning,
            Verdicts = reviews is null ? null : verdicts,
        };
    }

    private static TaskLabels[] Labels(TrainerSchema schema, TaskLabels?[] read)
        => [.. schema.Tasks.Select((task, k) => read[k] ?? task.Binding.Derive([.. schema.SourcesOf(task).Select(source => read[source]!)]))];

    private static string Describe(string role, int position, string? id, string problem)
    {
        var row = $"{char.ToUpperInvariant(role[0])}{role[1..]} row {position.ToString(CultureInfo.InvariantCulture)}";
        return id is null ? $"{row}: {problem}" : $"{row} (id '{id}'): {problem}";
    }
}

/// <summary>Rows that were read, with where they came from.</summary>
/// <param name="Data">Inputs and labels.</param>
/// <param name="Ids">Ids from the id column; null where none is named.</param>
/// <param name="Positions">Position of each row in the view, from 1.</param>
/// <param name="HighestClass">Per task, the highest class id of its masks; -1 for other labels.</param>
/// <param name="Skipped">Rows left out.</param>
/// <param name="FirstSkipped">Why the first of them was left out.</param>
internal sealed record DataRows(TrainingData Data, IReadOnlyList<string>? Ids, int[] Positions, int[] HighestClass, long Skipped, string? FirstSkipped)
{
    /// <summary>A reason to doubt the inputs; null: there is none.</summary>
    public string? InputWarning { get; init; }

    /// <summary>What people said of each row, per task; a null entry: nothing. Null: nobody has looked at any.</summary>
    public IReadOnlyList<IReadOnlyList<LabelVerdict?>?>? Verdicts { get; init; }

    /// <summary>Size of the images; 0 x 0 for a table.</summary>
    public ImageSize ImageSize => Data is ImageData images ? images.Size : default;

    public DataRows Subset(int[] rows) => this with
    {
        Data = Data.Subset(rows),
        Ids = Ids is null ? null : [.. rows.Select(row => Ids[row])],
        Positions = [.. rows.Select(row => Positions[row])],
        Verdicts = Verdicts is null ? null : [.. rows.Select(row => Verdicts[row])],
    };
}
