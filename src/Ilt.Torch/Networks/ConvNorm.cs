using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A convolution without bias that keeps the size (but for its stride), batch normalization and, unless told otherwise, ReLU.</summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm norm;
    private readonly bool rectify;

    public ConvNorm(int inputs, int outputs, int kernel, int stride = 1, bool rectify = true) : base(nameof(ConvNorm))
    {
        conv = Conv2d(inputs, outputs, kernel, stride, kernel / 2, 1, PaddingModes.Zeros, 1, false);
        norm = new BatchNorm(outputs);
        this.rectify = rectify;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) // [B, inputs, H, W] -> [B, outputs, ceil(H / stride), ceil(W / stride)]
    {
        var normal = norm.call(conv.call(input));
        return rectify ? functional.relu(normal, true) : normal;
    }
}
