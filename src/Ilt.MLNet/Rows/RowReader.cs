using System.Globalization;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>Reads a view into memory with one cursor, checking every row.</summary>
internal static class RowReader
{
    private const int RowsBetweenCancellationChecks = 1024;

    /// <param name="view">The rows.</param>
    /// <param name="schema">The columns; they have been checked.</param>
    /// <param name="onBadRow">What to do with a row that cannot be used.</param>
    /// <param name="role">"training" or "validation", for messages.</param>
    /// <param name="token">Stops the reading.</param>
    /// <exception cref="InvalidOperationException">There is no row, or a bad row and <see cref="OnBadRow.Fail"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TableRows Read(IDataView view, TrainerSchema schema, OnBadRow onBadRow, string role, CancellationToken token)
    {
        var viewSchema = view.Schema;
        var names = schema.Features.Select(f => f.Name).Concat(schema.Tasks.Select(t => t.Task.LabelColumnName));
        if (schema.IdColumnName is not null) names = names.Append(schema.IdColumnName);
        using var cursor = view.GetRowCursor([.. names.Distinct().Select(name => viewSchema[name])]);

        var features = new FeatureReader(cursor, schema.Features);
        var labels = schema.Tasks.Select(task => LabelReader.Create(cursor, task)).ToArray();
        var readId = schema.IdColumnName is { } idColumn ? IdReader.Create(cursor, viewSchema[idColumn]) : null;

        var buffer = new float[features.Size];
        var numbers = new List<float>(Capacity(view, features.Size));
        var ids = readId is null ? null : new List<string>();
        var positions = new List<int>();
        var skipped = 0L;
        string? firstSkipped = null;
        for (var position = 1; cursor.MoveNext(); position++)
        {
            if (position % RowsBetweenCancellationChecks == 0) token.ThrowIfCancellationRequested();
            var id = readId?.Invoke();
            var problem = readId is not null && id is null ? $"id column '{schema.IdColumnName}' is empty" : null;
            problem ??= features.Read(buffer);
            problem ??= features.Problem(buffer);
            foreach (var label in labels) problem ??= label.Read();
            if (problem is not null)
            {
                var text = Describe(role, position, id, problem);
                if (onBadRow == OnBadRow.Fail)
                    throw new InvalidOperationException($"{text}. Mend the row, or set OnBadRow to Skip.");
                skipped++;
                firstSkipped ??= text;
                continue;
            }
            numbers.AddRange(buffer);
            foreach (var label in labels) label.Keep();
            ids?.Add(id!);
            positions.Add(position);
        }
        token.ThrowIfCancellationRequested();
        if (positions.Count == 0)
            throw new InvalidOperationException(skipped == 0
                ? $"The {role} data has no rows."
                : $"The {role} data has no usable row; all {skipped} were skipped, the first because: {firstSkipped}.");
        var table = new TableData([.. numbers], features.Size, [.. labels.Select(l => l.ToLabels())]);
        return new TableRows(table, ids, [.. positions], skipped, firstSkipped);
    }

    private static string Describe(string role, int position, string? id, string problem)
    {
        var row = $"{char.ToUpperInvariant(role[0])}{role[1..]} row {position.ToString(CultureInfo.InvariantCulture)}";
        return id is null ? $"{row}: {problem}" : $"{row} (id '{id}'): {problem}";
    }

    private static int Capacity(IDataView view, int perRow)
        => view.GetRowCount() is { } rows ? (int)Math.Min(rows * perRow, Array.MaxLength) : 0;
}

/// <summary>Rows in memory, with where they came from.</summary>
/// <param name="Table">Features and labels.</param>
/// <param name="Ids">Ids from the id column; null where none is named.</param>
/// <param name="Positions">Position of each row in the view, from 1.</param>
/// <param name="Skipped">Rows left out.</param>
/// <param name="FirstSkipped">Why the first of them was left out.</param>
internal sealed record TableRows(TableData Table, IReadOnlyList<string>? Ids, int[] Positions, long Skipped, string? FirstSkipped)
{
    public TableRows Subset(int[] rows) => new(
        Table.Subset(rows),
        Ids is null ? null : [.. rows.Select(row => Ids[row])],
        [.. rows.Select(row => Positions[row])],
        Skipped,
        FirstSkipped);
}
