using Ilt.Corruption;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>The shape of a multi-head perceptron: a shared trunk of fully connected layers and one linear head per task.</summary>
/// <param name="InputSize">Features per row.</param>
/// <param name="HiddenUnits">Units of each shared layer, first to last; may be empty (a linear model).</param>
/// <param name="OutputSizes">Outputs of each task's head.</param>
/// <param name="Dropout">Probability of dropping a hidden unit in training, in [0, 1).</param>
public sealed record MlpShape(int InputSize, IReadOnlyList<int> HiddenUnits, IReadOnlyList<int> OutputSizes, double Dropout = 0);

/// <summary>The network for tables: features [B, D] in, one output [B, C_k] per task out.</summary>
public sealed class MultiHeadMlp : Module<Tensor, Tensor[]>, IGraphNetwork, IEmbeddingNetwork
{
    private readonly ModuleList<LinearLayer> trunk = new();
    private readonly ModuleList<LinearLayer> heads = new();
    private readonly double dropout;
    private readonly Generator random; // of its own, so that networks trained side by side do not disturb each other

    /// <summary>Builds the network with weights drawn from its own seeded generator, so that other users of torch's global one do not matter.</summary>
    /// <param name="shape">Sizes of the layers.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    public MultiHeadMlp(MlpShape shape, int seed) : base(nameof(MultiHeadMlp))
    {
        Shape = shape;
        dropout = shape.Dropout;
        random = new Generator((ulong)seed);
        var width = shape.InputSize;
        foreach (var units in shape.HiddenUnits)
        {
            trunk.Add(new LinearLayer(width, units));
            width = units;
        }
        foreach (var size in shape.OutputSizes) heads.Add(new LinearLayer(width, size));
        RegisterComponents();
        Initialise(new SeededGenerator(seed));
    }

    /// <summary>Sizes of the layers.</summary>
    public MlpShape Shape { get; }

    /// <summary>Begins the dropout anew: from here on the same seed drops the same units.</summary>
    internal void SeedDropout(int seed) => random.manual_seed(seed);

    /// <summary>Where dropout stands in its sequence of random numbers; the caller disposes it.</summary>
    internal Tensor DropoutState
    {
        get => random.get_state();
        set => random.set_state(value);
    }

    /// <inheritdoc/>
    public override Tensor[] forward(Tensor input) // [B, D]
    {
        var hidden = Trunk(input);
        var outputs = new Tensor[heads.Count];
        for (var k = 0; k < outputs.Length; k++) outputs[k] = heads[k].call(hidden); // [B, C_k]
        return outputs;
    }

    Tensor? IEmbeddingNetwork.Embed(Tensor input) => trunk.Count == 0 ? null : Trunk(input);

    private Tensor Trunk(Tensor input)
    {
        var hidden = input;
        foreach (var layer in trunk)
        {
            hidden = functional.relu(layer.call(hidden)); // [B, H]
            if (dropout > 0) hidden = Dropout.Apply(hidden, dropout, training, random);
        }
        return hidden;
    }

    GraphValue[] IGraphNetwork.Write(GraphWriter writer, GraphValue input)
    {
        var hidden = input;
        foreach (var layer in trunk) hidden = writer.Graph.Rectify(layer.Write(writer, hidden));
        return [.. heads.Select(head => head.Write(writer, hidden))];
    }

    // Hidden layers: uniform with variance 2 / fan-in, which keeps the scale through ReLUs (He et al. 2015).
    // Heads: a tenth of that, so that every task starts near its constant prediction and no row begins with a large loss.
    private void Initialise(SeededGenerator random)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var layer in trunk) Fill(layer, 1, random);
        foreach (var head in heads) Fill(head, 0.1, random);
    }

    private static void Fill(LinearLayer layer, double gain, SeededGenerator random)
    {
        var shape = layer.Weight.shape; // [out, in]
        var bound = gain * Math.Sqrt(6.0 / shape[1]);
        var values = Tensors.Values(layer.Weight); // in place: of a large layer no second copy
        for (var i = 0; i < values.Length; i++) values[i] = (float)((2 * random.NextDouble() - 1) * bound);
        layer.Bias.fill_(Numbers.Zero);
    }
}
