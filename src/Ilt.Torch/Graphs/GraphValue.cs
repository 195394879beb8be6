namespace Ilt.Torch;

/// <summary>What a step of a graph gives for a batch of rows.</summary>
/// <param name="Name">Its name, unique within the graph.</param>
/// <param name="Shape">Of one row, without the batch: [D], or [C, H, W].</param>
public sealed record GraphValue(string Name, IReadOnlyList<int> Shape);
