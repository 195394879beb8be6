using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary><c>IndicateMissingValues</c>: whether a number is NaN.</summary>
internal sealed class IndicatorWriter : IStepWriter
{
    public Type Step => typeof(MissingValueIndicatorTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column) => column.Numbers with { Name = graph.Add("IsNaN", [column.Numbers.Name]), Type = OnnxType.Bool };
}
