using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A convolution without bias that keeps the size (but for its stride), batch normalization and, unless told otherwise, ReLU.</summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>, IGraphLayer
{
    private readonly ConvolutionLayer conv;
    private readonly BatchNorm norm;
    private readonly bool rectify;

    public ConvNorm(int inputs, int outputs, int kernel, int stride = 1, bool rectify = true) : base(nameof(ConvNorm))
    {
        conv = new ConvolutionLayer(inputs, outputs, kernel, stride, kernel / 2, bias: false);
        norm = new BatchNorm(outputs);
        this.rectify = rectify;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) // [B, inputs, H, W] -> [B, outputs, ceil(H / stride), ceil(W / stride)]
    {
        var normal = norm.call(conv.call(input));
        return rectify ? functional.relu(normal, true) : normal;
    }

    public GraphValue Write(GraphWriter writer, GraphValue input)
    {
        var normal = norm.Write(writer, conv.Write(writer, input));
        return rectify ? writer.Graph.Rectify(normal) : normal;
    }
}
