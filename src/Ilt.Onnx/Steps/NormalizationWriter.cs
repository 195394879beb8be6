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
        var (scale, offset) = Find(column, source.Size);
        var value = source.Name;
        if (offset.Any(number => number != 0)) value = graph.Add("Sub", [value, graph.Constant("means", offset, source.Size)]);
        return source with { Name = graph.Add("Mul", [value, graph.Constant("scales", scale, source.Size)]) };
    }

    // The step knows its columns by their places, which it does not tell: the numbers are those that give what it gives.
    private static (float[] Scale, float[] Offset) Find(StepColumn column, int size)
    {
        var (zeros, ones) = (column.Ask(() => 0), column.Ask(() => 1));
        for (var place = 0; place < column.Siblings; place++)
        {
            if (Affine(((NormalizingTransformer)column.Step).GetNormalizerModelParameters(place), size) is not var (scale, offset) || scale.Length != size) continue;
            if (Enumerable.Range(0, size).All(i => IsNear((0 - offset[i]) * scale[i], zeros[i]) && IsNear((1 - offset[i]) * scale[i], ones[i]))) return (scale, offset);
        }
        throw column.Unsupported("only normalizations that subtract and multiply can be");
    }

    private static (float[] Scale, float[] Offset)? Affine(NormalizingTransformer.NormalizerModelParametersBase parameters, int size) => parameters switch
    {
        NormalizingTransformer.AffineNormalizerModelParameters<float> one => ([one.Scale], [one.Offset]),
        NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<float>> many => (many.Scale.ToArray(), many.Offset.IsDefaultOrEmpty ? new float[size] : many.Offset.ToArray()),
        _ => null,
    };

    private static bool IsNear(float found, float expected) => Math.Abs(found - expected) <= 1e-5 * Math.Max(1, Math.Abs(expected));
}
