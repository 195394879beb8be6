namespace Ilt.Torch;

public sealed partial class MultiTaskModel
{
    /// <summary>
    /// Writes the model to a graph: the scale of its inputs, the network as it predicts, and the scales of its outputs, so that the graph takes
    /// and gives what <see cref="Predict"/> does. Derived tasks are left out; what they are computed from is there.
    /// </summary>
    /// <param name="graph">Gets the steps.</param>
    /// <param name="input">Of the shape of a row: [features], or [C, H, W] 0 .. 255.</param>
    /// <returns>One entry per task that has a head, in the order of <see cref="Tasks"/>.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    /// <exception cref="NotSupportedException">The network is of the user's own: code cannot be written to a graph.</exception>
    public IReadOnlyList<GraphOutput> Write(INetworkGraph graph, GraphValue input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(input);
        int[] expected = [.. Input.Modality.BatchShape(Input, 1).Skip(1).Select(side => (int)side)];
        if (!input.Shape.SequenceEqual(expected))
            throw new ArgumentException($"The model takes [{string.Join(", ", expected)}], but the graph's input is [{string.Join(", ", input.Shape)}].", nameof(input));
        if (Network is not IGraphNetwork network)
            throw new NotSupportedException((Definition is CustomNetworkDefinition custom
                ? $"The model has the custom network '{custom.Name}', whose layers are code of your own"
                : $"The model has a {Definition.GetType().Name}, which does not say how it is written to a graph")
                + ", so it cannot be exported. Train one of this library's networks, or export the module by your own means.");
        var values = network.Write(new GraphWriter(graph, Network), InputScaling is null ? input : InputScaling.Write(graph, input));
        var (outputs, head) = (new List<GraphOutput>(), 0);
        for (var k = 0; k < Tasks.Count; k++)
            if (Tasks[k].HasHead) outputs.Add(new GraphOutput(Tasks[k], Tasks[k].WriteOutput(graph, values[head++], scalings[k]), !Tasks[k].HasScale));
        return outputs;
    }
}
