using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary><c>CopyColumns</c>.</summary>
internal sealed class CopyWriter : IStepWriter
{
    public Type Step => typeof(ColumnCopyingTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column) => column.Source;
}
