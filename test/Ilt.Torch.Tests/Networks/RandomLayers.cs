using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Ilt.Torch.Tests;

/// <summary>Every kind of layer that our networks use, in random shapes and both orders in memory, forward and backward, against double precision.</summary>
internal static class RandomLayers
{
    // Ties of ReLU and maxima cannot differ: both precisions get the same numbers.
    private const double Tolerance = 1e-4;

    private static readonly int[] Channels = [1, 1, 2, 3, 4, 5, 8, 16, 24, 32, 64];

    /// <summary>Tries one layer; what is wrong in words, or null.</summary>
    public static string? Wrong(Random random)
    {
        using var scope = NewDisposeScope();
        manual_seed(random.Next());
        var (name, input, parameters, layer) = Draw(random);
        var channelsLast = random.Next(2) == 0 && input.dim() == 4;
        var images = channelsLast ? input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : input;
        var (found, factor) = Run(images, parameters, null, layer, ScalarType.Float32);
        var (expected, _) = Run(input, parameters, factor, layer, ScalarType.Float64);
        for (var i = 0; i < found.Length; i++)
        {
            // Gradients that vanish but for rounding, as before a normalization, are measured beside the largest.
            var scale = Math.Max(expected[i].norm().ToDouble(), 1e-3 * expected.Max(tensor => tensor.norm().ToDouble()));
            var error = found[i].to_type(ScalarType.Float64).sub(expected[i]).norm().ToDouble() / scale;
            if (!(error < Tolerance))
                return FormattableString.Invariant($"{name} on [{string.Join(", ", input.shape)}]{(channelsLast ? ", channels last" : "")}: relative error {error:G2} in {(i == 0 ? "the result" : i == 1 ? "the input's gradient" : "a parameter's gradient")}");
        }
        return null;
    }

    private static (string Name, Tensor Input, Tensor[] Parameters, Func<Tensor, Tensor[], Tensor> Layer) Draw(Random random)
    {
        var (batch, inputs, outputs) = (random.Next(1, 9), Pick(Channels), Pick(Channels));
        var (height, width) = (2 * random.Next(4, 33), 2 * random.Next(4, 33));
        var image = randn([batch, inputs, height, width]);
        var (kernel, stride, grid) = (Pick([1, 3, 3, 3, 5, 7]), random.Next(1, 5), random.Next(1, 5));
        switch (random.Next(10))
        {
            case 0 or 1 or 2:
                return ($"convolution {kernel} x {kernel}, stride {stride}, to {outputs}", image, [randn([outputs, inputs, kernel, kernel])],
                    (x, p) => F.conv2d(x, p[0], null, [stride, stride], [kernel / 2, kernel / 2]));
            case 3:
                return ($"convolution 1 x 1 with bias to {outputs}", image, [randn([outputs, inputs, 1, 1]), randn([outputs])], (x, p) => F.conv2d(x, p[0], p[1]));
            case 4:
                return ($"transposed convolution to {outputs}", image, [randn([inputs, outputs, 2, 2]), randn([outputs])],
                    (x, p) => F.conv_transpose2d(x, p[0], p[1], [2, 2]));
            case 5:
                return ("batch normalization", image, [randn([inputs]), randn([inputs])],
                    (x, p) => F.batch_norm(x, zeros([inputs], x.dtype), ones([inputs], x.dtype), p[0], p[1], true));
            case 6:
                return ("ReLU and maximum pooling", image, [], (x, _) => F.max_pool2d(F.relu(x), 2));
            case 7:
                return ("resizing", image, [], (x, _) => Resizing.ToSizeOf(x, zeros([1, 1, 2 * height, 4 * width])));
            case 8:
                return ($"pooling to {grid} x {grid}", image, [], (x, _) => Resizing.Pool(x, grid));
            default:
                return ($"join and linear to {outputs}", image, [randn([outputs, 2 * inputs]), randn([outputs])],
                    (x, p) => F.linear(Resizing.Pool(cat([x, x.square()], 1), 1), p[0], p[1]));
        }

        int Pick(int[] choices) => choices[random.Next(choices.Length)];
    }

    private static (Tensor[] Results, Tensor Factor) Run(Tensor input, Tensor[] parameters, Tensor? factor, Func<Tensor, Tensor[], Tensor> layer, ScalarType type)
    {
        var leaves = parameters.Prepend(input).Select(tensor => (ReferenceEquals(tensor, input) && type == ScalarType.Float32 ? tensor.detach() : tensor.detach().to_type(type)).requires_grad_(true)).ToArray();
        var result = layer(leaves[0], leaves[1..]);
        factor ??= randn(result.shape, type);
        result.mul(factor.to_type(type)).sum().backward();
        return ([result.detach(), .. leaves.Select(leaf => leaf.grad!)], factor);
    }
}
