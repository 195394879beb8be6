using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary><c>ConvertType</c> to single precision, from whole numbers, booleans and double precision.</summary>
internal sealed class ConversionWriter : IStepWriter
{
    public Type Step => typeof(TypeConvertingTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column)
    {
        var source = column.Source;
        if (OnnxType.Of(column.Output.Type) != OnnxType.Float || source.Type == OnnxType.Text)
            throw column.Unsupported($"it makes {column.Output.Type} of {column.Sources[0].Column.Type}; numbers and booleans to Single can be exported");
        return source.Type == OnnxType.Float ? source : source with { Name = graph.Add("Cast", [source.Name], null, "", OnnxGraph.Whole("to", OnnxType.Float)), Type = OnnxType.Float };
    }
}
