using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// <see cref="TargetScale.Common"/>: z = (y - median of the component) / deviation, the latter one for all components: the median over the
/// rows of the root mean square of a row's distances from the medians, which a minority of wrong rows hardly moves.
/// </summary>
internal sealed class CommonScaling(ScaledComponent[] components) : TargetScaling(components)
{
    private protected override int Number => (int)TargetScale.Common;

    private protected override float Clip => float.PositiveInfinity;

    /// <summary>Numbers of the user's units per unit of the scaled target.</summary>
    public float Deviation => Components[0].Deviation;

    /// <summary>Fits vectors.</summary>
    /// <param name="values">[rows x dimensions], the user's units.</param>
    /// <param name="dimensions">Numbers per row.</param>
    /// <param name="task">The task's name, for messages.</param>
    /// <exception cref="ArgumentException">All rows are one.</exception>
    public static CommonScaling Fit(float[] values, int dimensions, string task)
    {
        var rows = values.Length / dimensions;
        var components = new ScaledComponent[dimensions];
        var column = new float[rows];
        for (var d = 0; d < dimensions; d++)
        {
            for (var row = 0; row < rows; row++) column[row] = values[(row * dimensions) + d];
            Array.Sort(column);
            components[d] = new ScaledComponent(column[rows / 2], 1, 0, 1, column[0], column[^1]);
        }
        var squares = new double[rows];
        for (var i = 0; i < values.Length; i++)
        {
            double distance = values[i] - components[i % dimensions].Median;
            squares[i / dimensions] += distance * distance / dimensions;
        }
        Array.Sort(squares);
        // Where more than half of the rows are one, their mean is the next best measure.
        var deviation = Math.Sqrt(squares[rows / 2] is var median and > 1e-12 ? median : squares.Average());
        if (!(deviation > 1e-9))
            throw new ArgumentException($"Task '{task}': the target is the same in all training rows; there is nothing to learn. Leave the task out, or check the label columns.");
        return new CommonScaling(Array.ConvertAll(components, c => c with { Deviation = (float)deviation }));
    }

    public override float Standardise(float value, int component)
    {
        var c = Components[component];
        return (value - c.Median) / c.Deviation;
    }

    /// <summary>The scaled form of rows, differentiable.</summary>
    /// <param name="values">[B, dimensions], the user's units.</param>
    public Tensor Standardise(Tensor values) => values.sub(Row(values, c => c.Median)).mul(Row(values, c => 1 / c.Deviation));

    public override void Restore(Span<float> standardised)
    {
        for (var i = 0; i < standardised.Length; i++)
        {
            var c = Components[i % Components.Length];
            standardised[i] = (standardised[i] * c.Deviation) + c.Median;
        }
    }

    public override GraphValue Write(INetworkGraph graph, GraphValue standardised) => graph.Scale(standardised, Each(c => c.Deviation), Each(c => c.Median));

    public override Tensor Restore(Tensor standardised) => (standardised * Row(standardised, c => c.Deviation)).Plus(Row(standardised, c => c.Median));
}
