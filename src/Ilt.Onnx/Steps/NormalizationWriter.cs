using System.Collections.Immutable;
using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary><c>NormalizeMeanVariance</c>, <c>NormalizeMinMax</c> and whatever else is (x - offset) scale.</summary>
internal sealed class NormalizationWriter : IStepWriter
{
    public Type Step => typeof(NormalizingTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column)
    {
        var source = column.Numbers;
        var (scale, offset) = ((NormalizingTransformer)column.Step).GetNormalizerModelParameters(column.Place) switch
        {
            NormalizingTransformer.AffineNormalizerModelParameters<float> one => ([one.Scale], [one.Offset]),
            NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> many => (many.Scale.ToArray(), many.Offset.IsDefaultOrEmpty ? [] : many.Offset.ToArray()),
            _ => throw column.Unsupported("only normalizations that subtract and multiply can be"),
        };
        var value = source.Name;
        if (offset.Any(number => number != 0)) value = graph.Add("Sub", [value, graph.Constant("means", offset, source.Size)]);
        return source with { Name = graph.Add("Mul", [value, graph.Constant("scales", scale, source.Size)]) };
    }
}
