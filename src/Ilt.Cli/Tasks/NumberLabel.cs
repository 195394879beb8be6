using Ilt.Cli.Tables;

namespace Ilt.Cli.Tasks;

/// <summary>One or several numbers per row; a row with a missing component has no label.</summary>
internal sealed class NumberLabel : TaskLabel
{
    /// <summary>Reads the numbers.</summary>
    public NumberLabel(TaskSpec spec, IReadOnlyList<TableColumn> columns)
        : base(spec, columns)
    {
        Components = columns.Select(c => c.ToNumbers($"the regression task '{spec.Name}'")).ToArray();
    }

    /// <summary>The numbers of each column by row; <see cref="float.NaN"/> where missing.</summary>
    public IReadOnlyList<float[]> Components { get; }

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

    /// <summary>The numbers row by row, [rows x components].</summary>
    public float[] RowMajor()
    {
        var rows = Components[0].Length;
        var values = new float[rows * Components.Count];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < Components.Count; i++)
                values[(row * Components.Count) + i] = Components[i][row];
        }

        return values;
    }

    /// <inheritdoc/>
    public override void RequireLearnable(IReadOnlyList<int> rows)
    {
        var labelled = rows.Where(IsLabelled).ToList();
        if (labelled.Count == 0)
            throw new UserErrorException($"{Where} holds no label at all; leave the task out.");
        for (var i = 0; i < Components.Count; i++)
        {
            var component = Components[i];
            if (labelled.All(row => component[row] == component[labelled[0]]))
                throw new UserErrorException($"{Spec.Option}: column '{Columns[i].Name}' is constant ({Columns[i].Text(labelled[0])} in every labelled row), so there is nothing to learn; leave it out.");
        }
    }
}
