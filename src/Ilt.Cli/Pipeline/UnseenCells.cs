using System.Globalization;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>What a table of a model's holds that the training rows did not: the predictions of such rows are guesses, and are not silent.</summary>
internal static class UnseenCells
{
    private const int Shown = 8;

    /// <summary>
    /// A sentence or more for each column that holds unseen categories, missing cells where no training row had any, or numbers far outside of those
    /// trained on; and one of all columns that miss cells as some did in training.
    /// </summary>
    public static IEnumerable<string> Notes(IReadOnlyList<ModelColumn> columns, Table table)
    {
        var usual = new List<string>();
        foreach (var known in columns)
        {
            if (table.Find(known.Name) is not { } column)
                continue;
            string?[] sentences = [Categories(known, column), Missing(known, column), Outside(known, column)];
            if (sentences.Any(sentence => sentence is not null))
                yield return $"column '{known.Name}': {string.Join(' ', sentences.OfType<string>())}";
            if (known.Trained is { Missing: > 0 } && column.MissingCount > 0)
                usual.Add(FormattableString.Invariant($"{known.Name} ({column.MissingCount})"));
        }

        if (usual.Count > 0)
            yield return $"cells are missing, as some were in training: {string.Join(", ", usual.Take(Shown))}{(usual.Count > Shown ? FormattableString.Invariant($" and {usual.Count - Shown} more columns") : "")}; a number becomes the mean and is marked, a category is left out.";
    }

    private static string? Categories(ModelColumn known, TableColumn column)
    {
        if (known.Values is null)
            return null;
        var values = known.Values.ToHashSet(StringComparer.Ordinal);
        var unseen = Enumerable.Range(0, column.Count).Select(column.Category).Where(text => text.Length > 0 && !values.Contains(text)).ToArray();
        if (unseen.Length == 0)
            return null;
        var distinct = unseen.Distinct(StringComparer.Ordinal).Count();
        return FormattableString.Invariant($"{unseen.Length} of {column.Count} rows hold {(distinct == 1 ? $"the value '{unseen[0]}'" : $"{distinct} values such as '{unseen[0]}'")} that no training row has; such a row is predicted without it.");
    }

    private static string? Missing(ModelColumn known, TableColumn column)
    {
        if (known.Trained is not { Missing: 0 } trained || column.MissingCount == 0)
            return null;
        var what = trained.Mean is { } mean ? $"the model puts the mean of the training there, {Text(mean, column)}" : "such a row is predicted without it";
        return FormattableString.Invariant($"{column.MissingCount} of {column.Count} cells {(column.MissingCount == 1 ? "is" : "are")} missing, and none was in training; {what}.");
    }

    private static string? Outside(ModelColumn known, TableColumn column)
    {
        if (known.Trained is not { Low: { } low, High: { } high } trained || TrainedCells.Values(column) is not { } values)
            return null;
        var (count, farthest, distance) = (0, -1, 0.0);
        for (var row = 0; row < column.Count; row++)
        {
            if (column.IsMissing(row) || values(row) is var value && !trained.IsFarOutside(value))
                continue;
            count++;
            var beyond = Math.Max(low - value, value - high);
            if (beyond > distance)
                (farthest, distance) = (row, beyond);
        }

        return count == 0 ? null : FormattableString.Invariant(
            $"{count} of {column.Count} cells {(count == 1 ? "lies" : "lie")} far outside of those trained on, {Text(low, column)} to {Text(high, column)}, the farthest is '{column.Text(farthest)}' on line {column.LineOf(farthest)}; what is predicted there is a guess.");
    }

    private static string Text(double value, TableColumn column) => column.Kind == ColumnKind.Date
        ? column.Reading.Origin!.Value.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);
}
