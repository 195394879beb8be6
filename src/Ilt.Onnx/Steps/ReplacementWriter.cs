using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary><c>ReplaceMissingValues</c>: a number in place of NaN.</summary>
internal sealed class ReplacementWriter : IStepWriter
{
    public Type Step => typeof(MissingValueReplacingTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column)
    {
        var source = column.Numbers;
        var replacements = graph.Constant("replacements", column.Ask(() => float.NaN), source.Size);
        var missing = graph.Add("IsNaN", [source.Name]);
        return source with { Name = graph.Add("Where", [missing, replacements, source.Name]) };
    }
}
