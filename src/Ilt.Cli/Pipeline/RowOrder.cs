using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>What whole numbers say of the order of the rows, where they rise or fall from each row to the next: in a table sorted by a label they give it away.</summary>
internal enum RowOrder
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They number the rows: steps of one, or in enough rows steps that are all alike, or most of them the smallest one, as where rows were left out.</summary>
    Numbers,

    /// <summary>They rise or fall throughout, in uneven steps, as times do.</summary>
    Follows,
}

/// <summary>Finds the <see cref="RowOrder"/> of a column.</summary>
internal static class RowOrders
{
    // With fewer rows, chance does the same.
    private const int FewestRows = 30;
    private const int FewestRowsByOne = 20;

    /// <summary>Looks at the numbers in the order of the rows, up to the first that is out of order.</summary>
    /// <param name="column">The column.</param>
    /// <param name="fewestRows">Of rows that are numbered in steps of one.</param>
    public static RowOrder Of(TableColumn column, int fewestRows = FewestRowsByOne)
    {
        if (column.Count < Math.Max(2, fewestRows) || column.MissingCount > 0 || !IsWhole(column, 0, out var before) || !IsWhole(column, 1, out var value))
            return RowOrder.None;
        var rises = value > before;
        var (smallest, smallestSteps, largest) = (double.PositiveInfinity, 0, 0.0);
        for (var row = 1; row < column.Count; row++, before = value)
        {
            if (!IsWhole(column, row, out value) || value == before || value > before != rises)
                return RowOrder.None;
            var step = Math.Abs(value - before);
            smallestSteps = step < smallest ? 1 : step == smallest ? smallestSteps + 1 : smallestSteps;
            (smallest, largest) = (Math.Min(smallest, step), Math.Max(largest, step));
        }

        if (smallest == 1 && largest == 1)
            return RowOrder.Numbers;
        if (column.Count < FewestRows)
            return RowOrder.None;
        return smallestSteps * 2 > column.Count - 1 ? RowOrder.Numbers : RowOrder.Follows;
    }

    private static bool IsWhole(TableColumn column, int row, out double value) => column.TryNumber(row, out value) && value == Math.Floor(value) && double.IsFinite(value);
}
