using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// A residual block (He et al. 2016): convolutions whose result is added to the input. Basic: two 3 x 3. Bottleneck: 1 x 1 to a quarter of
/// the channels, 3 x 3, 1 x 1 back. Where the shape changes the input passes through a 1 x 1 convolution.
/// </summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IGraphLayer
{
    private readonly ConvNorm first;
    private readonly ConvNorm second;
    private readonly ConvNorm? third;
    private readonly ConvNorm? shortcut;

    public ResidualBlock(int inputs, int outputs, int stride = 1, bool bottleneck = false) : base(nameof(ResidualBlock))
    {
        if (bottleneck)
        {
            first = new ConvNorm(inputs, outputs / 4, 1);
            second = new ConvNorm(outputs / 4, outputs / 4, 3, stride);
            third = new ConvNorm(outputs / 4, outputs, 1, rectify: false);
        }
        else
        {
            first = new ConvNorm(inputs, outputs, 3, stride);
            second = new ConvNorm(outputs, outputs, 3, rectify: false);
        }
        if (inputs != outputs || stride != 1) shortcut = new ConvNorm(inputs, outputs, 1, stride, rectify: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var change = second.call(first.call(input));
        if (third is not null) change = third.call(change);
        return functional.relu(change.Plus(shortcut?.call(input) ?? input), true);
    }

    public GraphValue Write(GraphWriter writer, GraphValue input)
    {
        var change = second.Write(writer, first.Write(writer, input));
        if (third is not null) change = third.Write(writer, change);
        return writer.Graph.Rectify(writer.Graph.Add(change, shortcut?.Write(writer, input) ?? input));
    }
}
