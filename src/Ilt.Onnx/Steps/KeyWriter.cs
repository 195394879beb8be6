using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary><c>MapValueToKey</c> of texts, the first half of a one-hot encoding in a saved pipeline: in the graph the text stands for its key.</summary>
internal sealed class KeyWriter : IStepWriter
{
    public Type Step => typeof(ValueToKeyMappingTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column) => column.Source is { Type: OnnxType.Text, Size: 1 } text
        ? text
        : throw column.Unsupported($"it makes keys of a column of {column.Sources[0].Column.Type}, where one text per row is expected");
}
