using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>Maps of several resolutions made one, at the finest (Lin et al. 2017): 1 x 1 convolutions to a common width, added from coarse to fine, then 3 x 3.</summary>
internal sealed class FeaturePyramid : Module<Tensor[], Tensor>
{
    private readonly ModuleList<ConvolutionLayer> laterals = new();
    private readonly ConvNorm smooth;

    public FeaturePyramid(IReadOnlyList<int> widths, int width) : base(nameof(FeaturePyramid))
    {
        foreach (var inputs in widths) laterals.Add(new ConvolutionLayer(inputs, width, 1));
        smooth = new ConvNorm(width, width, 3);
        RegisterComponents();
    }

    public override Tensor forward(Tensor[] input) // fine to coarse: [B, widths[level], h, w]
    {
        var sum = laterals[input.Length - 1].call(input[^1]);
        for (var level = input.Length - 2; level >= 0; level--)
        {
            var lateral = laterals[level].call(input[level]);
            sum = lateral.Plus(Resizing.ToSizeOf(sum, lateral));
        }
        return smooth.call(sum);
    }

    public GraphValue Write(GraphWriter writer, GraphValue[] input)
    {
        var sum = laterals[input.Length - 1].Write(writer, input[^1]);
        for (var level = input.Length - 2; level >= 0; level--)
        {
            var lateral = laterals[level].Write(writer, input[level]);
            sum = writer.Graph.Add(lateral, Resizing.ToSizeOf(writer.Graph, sum, lateral));
        }
        return smooth.Write(writer, sum);
    }
}
