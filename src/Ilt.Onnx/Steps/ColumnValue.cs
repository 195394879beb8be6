namespace Ilt.Onnx.Steps;

/// <summary>A column of a pipeline in the graph, [N, Size].</summary>
/// <param name="Name">The value.</param>
/// <param name="Type">Its <see cref="OnnxType"/>.</param>
/// <param name="Size">Numbers or texts per row.</param>
internal sealed record ColumnValue(string Name, int Type, int Size);
