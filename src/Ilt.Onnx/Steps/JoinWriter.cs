using Microsoft.ML.Data;

namespace Ilt.Onnx.Steps;

/// <summary><c>Concatenate</c>: columns of numbers side by side.</summary>
internal sealed class JoinWriter : IStepWriter
{
    public Type Step => typeof(ColumnConcatenatingTransformer);

    public ColumnValue Write(OnnxGraph graph, StepColumn column)
    {
        if (column.Sources.FirstOrDefault(source => source.Value.Type != OnnxType.Float).Value is not null)
            throw column.Unsupported("it joins other columns than such of Single");
        // In which order it joins them shows when every number is its own place. The step may take a column twice.
        var place = 0;
        var order = column.Ask(() => place++);
        var starts = column.Sources.Select((_, i) => column.Sources.Take(i).Sum(source => source.Value.Size)).ToArray();
        var parts = new List<string>();
        for (var slot = 0; slot < order.Length;)
        {
            var value = column.Sources[Array.IndexOf(starts, (int)order[slot])].Value;
            parts.Add(value.Name);
            slot += value.Size;
        }
        return new ColumnValue(graph.Join(parts), OnnxType.Float, order.Length);
    }
}
