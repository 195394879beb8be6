using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>A whole number from 0 per row.</summary>
internal sealed class CountLabel : TaskLabel
{
    private readonly Dictionary<int, string> problems = [];
    private NumberWriting? writing;

    /// <summary>Reads the counts; <paramref name="keepBad"/> keeps what is wrong with cells as problems of their rows.</summary>
    public CountLabel(TaskSpec spec, TableColumn column, RowIds? ids = null, bool keepBad = false)
        : base(spec, [column])
    {
        Action<int, string>? keep = keepBad ? (row, message) => problems.TryAdd(row, message) : null;
        Counts = [.. column.ToNumbers($"the count task '{spec.Name}'", ids is null ? null : ids.Named, keep)];
        for (var row = 0; row < Counts.Length; row++)
        {
            // The text, for a number as long as 16777216.5 is whole in single precision.
            if (float.IsNaN(Counts[row]) || (column.TryNumber(row, out var value) && value >= 0 && double.IsInteger(value)))
                continue;
            var message = $"{column.Where(row)}{ids?.Named(row)}: '{column[row].Trim()}' is no whole number from 0, "
                + $"but the count task '{spec.Name}' needs one; mend the cell, leave it empty, or write {spec.Name}=regression:{column.Name}.";
            if (keep is null)
                throw new UserErrorException(message);
            keep(row, message);
            Counts[row] = float.NaN;
        }
    }

    /// <summary>The count of each row; <see cref="float.NaN"/> where missing.</summary>
    public float[] Counts { get; }

    /// <summary>What is wrong with a cell of the row that is no count; null: nothing, or bad cells are errors.</summary>
    public override string? Problem(int row) => problems.GetValueOrDefault(row);

    /// <inheritdoc/>
    public override bool IsLabelled(int row) => !float.IsNaN(Counts[row]);

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Targets => [Counts];

    /// <inheritdoc/>
    public override string[] Cells(string text, string folder) =>
        Columns[0].Reading.Number.TryParse(text.Trim(), out var value) && value >= 0 && double.IsInteger(value) && float.IsFinite((float)value)
            ? [text.Trim()]
            : throw new FormatException($"'{text.Trim()}' is no whole number from 0");

    /// <inheritdoc/>
    public override string[] SuggestedCells(string text) => [(writing ??= new NumberWriting(Columns[0])).Write(Math.Max(0, Math.Round(Number(text))))];

    /// <inheritdoc/>
    public override void RequireLearnable(IReadOnlyList<int> rows)
    {
        var labelled = rows.Where(IsLabelled).ToList();
        if (labelled.Count == 0)
            throw NoLabel;
        if (labelled.All(row => Counts[row] == Counts[labelled[0]]))
            throw new UserErrorException($"{Where} is constant ({Columns[0].Text(labelled[0])} in every labelled row), so there is nothing to learn; leave the task out.");
    }
}
