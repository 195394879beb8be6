using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>One or several numbers per row; a row with a missing component has no label.</summary>
internal sealed class NumberLabel : TaskLabel
{
    private readonly Dictionary<int, string> problems = [];
    private NumberWriting[]? writing;

    /// <summary>Reads the numbers; <paramref name="keepBad"/> keeps what is wrong with cells as problems of their rows.</summary>
    public NumberLabel(TaskSpec spec, IReadOnlyList<TableColumn> columns, RowIds? ids = null, bool keepBad = false)
        : base(spec, columns)
    {
        Action<int, string>? keep = keepBad ? (row, message) => problems.TryAdd(row, message) : null;
        Components = columns.Select(c => c.ToNumbers($"the regression task '{spec.Name}'", ids is null ? null : ids.Named, keep)).ToArray();
    }

    /// <summary>The numbers of each column by row; <see cref="float.NaN"/> where missing.</summary>
    public IReadOnlyList<float[]> Components { get; }

    /// <summary>Whether a body is made from it: then its numbers have one unit, and some of them may be constant.</summary>
    public bool IsOfBody { get; set; }

    /// <summary>What is wrong with a cell of the row that is no number; null: nothing, or bad cells are errors.</summary>
    public override string? Problem(int row) => problems.GetValueOrDefault(row);

    /// <inheritdoc/>
    public override bool IsLabelled(int row)
    {
        foreach (var component in Components)
        {
            if (float.IsNaN(component[row]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<float[]> Targets => Components;

    /// <inheritdoc/>
    public override string[] Cells(string text, string folder)
    {
        var parts = Parts(text);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!Columns[i].Reading.Number.TryParse(parts[i], out var value) || !float.IsFinite((float)value))
                throw new FormatException($"'{parts[i]}' is no number as column '{Columns[i].Name}' writes them ({Columns[i].Reading.Number.Describe()})");
        }

        return parts;
    }

    /// <inheritdoc/>
    public override string[] SuggestedCells(string text) => [.. Parts(text).Select((part, i) => Writing(i).Write(Number(part)))];

    private NumberWriting Writing(int component) => (writing ??= [.. Columns.Select(column => new NumberWriting(column))])[component];

    /// <summary>Numbers of columns row by row, [rows x components].</summary>
    public static float[] RowMajor(IReadOnlyList<float[]> components)
    {
        var rows = components[0].Length;
        var values = new float[rows * components.Count];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < components.Count; i++)
                values[(row * components.Count) + i] = components[i][row];
        }

        return values;
    }

    /// <inheritdoc/>
    public override void RequireLearnable(IReadOnlyList<int> rows)
    {
        if (!rows.Any(IsLabelled))
            throw NoLabel;
        var first = rows.First(IsLabelled);
        var constant = Enumerable.Range(0, Components.Count).Where(i => rows.All(row => Components[i][row] == Components[i][first] || !IsLabelled(row))).ToArray();
        if (constant.Length == 0 || (constant.Length < Components.Count && HasOneUnit))
            return;
        throw new UserErrorException($"{Spec.Option}: column '{Columns[constant[0]].Name}' is constant ({Columns[constant[0]].Text(first)} in every labelled row), so there is nothing to learn; leave it out.");
    }

    /// <summary>Whether all numbers are learned on one scale: those of a body, and columns whose names differ in numbers only (pose_0, pose_1, ...) where one of them is constant.</summary>
    public bool NeedsCommonScale(IReadOnlyList<int> rows)
    {
        if (IsOfBody || !HasOneUnit)
            return IsOfBody;
        var labelled = rows.Where(IsLabelled).ToList();
        return Components.Any(component => labelled.All(row => component[row] == component[labelled[0]]));
    }

    private bool HasOneUnit => IsOfBody || (Columns.Count > 1 && ColumnSelection.AreNumbered(Columns));
}
