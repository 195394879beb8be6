using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Takes a network's numbers, by their names in it, to a graph.</summary>
internal sealed class GraphWriter
{
    private readonly Dictionary<Tensor, string> names = new(ReferenceEqualityComparer.Instance);

    public GraphWriter(INetworkGraph graph, nn.Module network)
    {
        Graph = graph;
        foreach (var (name, parameter) in network.named_parameters()) names[parameter] = name;
        foreach (var (name, buffer) in network.named_buffers(true, false)) names[buffer] = name;
    }

    /// <summary>What the steps are added to.</summary>
    public INetworkGraph Graph { get; }

    /// <summary>The numbers of a parameter or buffer of the network.</summary>
    public GraphConstant Constant(Tensor tensor) => new(names[tensor], Array.ConvertAll(tensor.shape, side => checked((int)side)), Tensors.ToArray(tensor));

    /// <inheritdoc cref="Constant"/>
    public GraphConstant? Optional(Tensor? tensor) => tensor is null ? null : Constant(tensor);

    /// <summary>Adds the steps of layers, one after the other.</summary>
    public GraphValue Chain(IEnumerable<IGraphLayer> layers, GraphValue input) => layers.Aggregate(input, (value, layer) => layer.Write(this, value));
}
