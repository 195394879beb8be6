using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>What the cells of a feature were in training, so that a prediction can say which of its cells were never seen.</summary>
/// <param name="Missing">Training rows whose cell is missing.</param>
/// <param name="Low">The smallest number, of dates in days since the first one; null: the feature is no number.</param>
/// <param name="High">The largest number.</param>
/// <param name="Mean">The mean of the numbers, which stands for a missing one.</param>
internal sealed record TrainedCells(int Missing, double? Low = null, double? High = null, double? Mean = null)
{
    /// <summary>Looks at the training rows of a feature.</summary>
    public static TrainedCells Of(TableColumn column, IReadOnlyList<int> rows)
    {
        var missing = rows.Count(column.IsMissing);
        if (Values(column) is not { } values || missing == rows.Count)
            return new TrainedCells(missing);
        var (low, high, sum) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        foreach (var row in rows)
        {
            if (column.IsMissing(row))
                continue;
            var value = values(row);
            (low, high, sum) = (Math.Min(low, value), Math.Max(high, value), sum + value);
        }

        return new TrainedCells(missing, low, high, sum / (rows.Count - missing));
    }

    /// <summary>The numbers of a column by row, of dates the days since the first one of the training; not asked for missing cells. Null: it has categories.</summary>
    public static Func<int, double>? Values(TableColumn column)
    {
        if (column.Kind == ColumnKind.Date)
            return column.Reading.Origin is { } origin ? row => (column.Date(row)!.Value - origin).TotalDays : null;
        if (column.Kind != ColumnKind.Number)
            return null;
        var numbers = column.ToNumbers("this feature");
        return row => numbers[row];
    }

    /// <summary>Whether a number lies beyond an end of the training's by more than these are apart: as far as that nobody extrapolates.</summary>
    public bool IsFarOutside(double value) => Low is { } low && High is { } high && (value < low - (high - low) || value > high + (high - low));
}
