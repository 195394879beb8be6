using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Native;

/// <summary>
/// Convolutions of a small but telling set of shapes, forward and backward, against double precision, which never goes through oneDNN. Where
/// oneDNN fails this can end the process, so it runs in one of its own (<see cref="CheckProcess"/>).
/// </summary>
internal static class ConvolutionSweep
{
    /// <summary>Raised when what is computed changes, so that older verdicts are not believed.</summary>
    public const int Version = 1;

    // Single precision leaves some 1e-6; what was seen wrong was wrong by half or more.
    private const double Tolerance = 1e-3;

    // Wrong results were seen with few channels and kernels of 3 or more; 1 x 1 and more channels take other code.
    private static readonly (int Side, int[] Inputs, int[] Outputs, int[] Kernels)[] Shapes =
        [(12, [1, 2, 3, 8], [1, 4, 16], [1, 3]), (33, [1, 3, 8], [8], [3, 5])];

    /// <summary>The first thing that is wrong, in words, or null.</summary>
    public static string? FirstWrong()
    {
        var cases =
            from shape in Shapes
            from inputs in shape.Inputs
            from outputs in shape.Outputs
            from kernel in shape.Kernels
            from stride in new[] { 1, 2 }
            from channelsLast in new[] { false, true }
            select new Case(shape.Side, inputs, outputs, kernel, stride, channelsLast);
        foreach (var each in cases)
        {
            using var scope = NewDisposeScope();
            if (Wrong(each) is { } what) return $"{what} of {each}";
        }
        return null;
    }

    private static string? Wrong(Case shape)
    {
        var image = randn([2, shape.Inputs, shape.Side, shape.Side], ScalarType.Float64);
        var weight = randn([shape.Outputs, shape.Inputs, shape.Kernel, shape.Kernel], ScalarType.Float64);
        var (expected, factor) = Compute(image, weight, null, shape.Stride);
        var (found, _) = Compute(Single(image, shape.ChannelsLast), Single(weight, shape.ChannelsLast), factor, shape.Stride);
        string[] names = ["result", "input gradient", "weight gradient"];
        for (var i = 0; i < names.Length; i++)
        {
            var error = Error(found[i], expected[i]);
            if (!(error < Tolerance)) return FormattableString.Invariant($"relative error {error:G2} in the {names[i]}");
        }
        return null;
    }

    // The loss is the sum of the result times a random factor, so that every place of the result matters by itself.
    private static (Tensor[] Results, Tensor Factor) Compute(Tensor image, Tensor weight, Tensor? factor, int stride)
    {
        image.requires_grad_(true);
        weight.requires_grad_(true);
        var padding = weight.shape[2] / 2;
        var result = nn.functional.conv2d(image, weight, null, [stride, stride], [padding, padding]);
        factor ??= randn(result.shape, result.dtype);
        result.mul(factor.to_type(result.dtype)).sum().backward();
        return ([result.detach(), image.grad!, weight.grad!], factor);
    }

    private static Tensor Single(Tensor tensor, bool channelsLast)
    {
        var single = tensor.detach().to_type(ScalarType.Float32);
        return channelsLast ? single.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : single.clone();
    }

    private static double Error(Tensor found, Tensor expected) =>
        found.to_type(ScalarType.Float64).sub(expected).norm().item<double>() / expected.norm().item<double>();

    private sealed record Case(int Side, int Inputs, int Outputs, int Kernel, int Stride, bool ChannelsLast)
    {
        public override string ToString() =>
            $"a {Kernel} x {Kernel} convolution, stride {Stride}, {Inputs} to {Outputs} channels, {Side} x {Side} pixels{(ChannelsLast ? ", channels last" : "")}";
    }
}
