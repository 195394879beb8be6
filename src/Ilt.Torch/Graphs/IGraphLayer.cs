namespace Ilt.Torch;

/// <summary>A layer that can be written to a graph. What it writes stands beside its forward and does the same, but for what happens in training only.</summary>
internal interface IGraphLayer
{
    /// <summary>Adds its steps.</summary>
    GraphValue Write(GraphWriter writer, GraphValue input);
}

/// <summary>The same of a whole network.</summary>
internal interface IGraphNetwork
{
    /// <summary>Adds its steps; one value per head.</summary>
    GraphValue[] Write(GraphWriter writer, GraphValue input);
}
