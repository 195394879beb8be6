using Ilt.Corruption;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Initial weights from seeded generators of our own, one per parameter, so that neither torch's global one nor the order of layers matters.</summary>
internal static class SeededWeights
{
    /// <summary>Name of the fields that hold output layers: their weights start at a tenth, so that every task starts near its constant prediction.</summary>
    public const string Outputs = "outputs";

    /// <summary>Name of the fields that hold transposed convolutions whose stride is their kernel size.</summary>
    public const string Transposed = "transposed";

    /// <summary>
    /// Weights of layers: uniform with variance 2 / fan-in, which keeps the scale through ReLUs (He et al. 2015). Biases 0; scales of
    /// batch normalizations 1.
    /// </summary>
    public static void Fill(nn.Module network, int seed)
    {
        using var off = no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            using var scope = NewDisposeScope();
            var shape = parameter.shape;
            if (shape.Length > 1) Draw(name, shape, seed, Tensors.Values(parameter));
            else parameter.fill_(name.EndsWith("bias", StringComparison.Ordinal) ? Numbers.Zero : Numbers.One);
        }
    }

    private static void Draw(string name, long[] shape, int seed, Span<float> values)
    {
        var path = name.Split('.');
        var gain = path.Contains(Outputs) ? 0.1 : 1;
        var bound = gain * Math.Sqrt(6.0 / FanIn(shape, path.Contains(Transposed)));
        var random = new SeededGenerator(RunSeeds.Derive(seed, name));
        for (var i = 0; i < values.Length; i++) values[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
    }

    // Weights are [out, in] or [out, in, k, k]. A transposed convolution, [in, out, k, k], of stride k has one tap per input channel and output pixel.
    private static long FanIn(long[] shape, bool transposed) => transposed ? shape[0] : shape.Skip(1).Aggregate(1L, (product, side) => product * side);
}
