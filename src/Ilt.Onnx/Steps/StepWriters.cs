using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Steps;

/// <summary>The steps of ML.NET that can be exported. A new one is a class beside this file and a line here.</summary>
internal static class StepWriters
{
    private static readonly IStepWriter[] Known =
    [
        new JoinWriter(), new CopyWriter(), new ReplacementWriter(), new IndicatorWriter(), new ConversionWriter(), new NormalizationWriter(), new KeyWriter(),
        new OneHotWriter(typeof(OneHotEncodingTransformer), (text, _) => text), new OneHotWriter(typeof(KeyToVectorMappingTransformer), (_, place) => (uint)(place + 1)),
    ];

    /// <summary>Adds what makes a column.</summary>
    /// <exception cref="NotSupportedException">The step is none of these, or is set so that it cannot be written.</exception>
    public static ColumnValue Write(OnnxGraph graph, StepColumn column)
    {
        var writer = Array.Find(Known, known => known.Step == column.Step.GetType())
            ?? throw column.Unsupported($"it is none of {string.Join(", ", Known.Select(known => known.Step.Name))}");
        return writer.Write(graph, column);
    }
}
