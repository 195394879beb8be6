using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A user's backbone with our output layers: on its vector or the mean of its map, and on its map where a task has a label per pixel.</summary>
internal sealed class CustomBackbone : Module<Tensor, Tensor[]>, IEmbeddingNetwork
{
    private readonly Module<Tensor, Tensor> backbone;
    private readonly TaskOutputs tasks;

    public CustomBackbone(string network, Module<Tensor, Tensor> backbone, InputShape input, IReadOnlyList<HeadSpec> heads, int seed) : base(nameof(CustomBackbone))
    {
        this.backbone = backbone;
        var channels = (int)FeatureShape(network, input, heads)[1];
        tasks = new TaskOutputs(heads, channels, channels);
        RegisterComponents();
        SeededWeights.Fill(tasks, seed);
    }

    public override Tensor[] forward(Tensor input)
    {
        var features = backbone.call(input); // [B, c] or [B, c, h, w]
        return tasks.Compute(() => Vector(features), () => features, input);
    }

    public Tensor Embed(Tensor input) => Vector(backbone.call(input));

    private static Tensor Vector(Tensor features) => features.shape.Length == 4 ? Resizing.Pool(features, 1) : features;

    private long[] FeatureShape(string network, InputShape input, IReadOnlyList<HeadSpec> heads)
    {
        using var scope = NewDisposeScope();
        var shape = TrialRun.Of(network, backbone, input).shape;
        if (shape.Length is not (2 or 4) || shape[0] != 2)
            throw new ArgumentException($"The backbone of network '{network}' must give [B, c] or [B, c, h, w]; for 2 rows it gave {TrialRun.Words(shape)}.");
        if (shape.Length == 2 && heads.FirstOrDefault(h => h.PerPixel) is { } head)
            throw new ArgumentException($"Task '{head.Name}' has a label per pixel and needs a feature map [B, c, h, w], but the backbone of network '{network}' gives {TrialRun.Words(shape)} for 2 rows.");
        return shape;
    }
}
