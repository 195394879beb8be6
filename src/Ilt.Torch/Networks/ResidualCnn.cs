using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>The module of a <see cref="ResidualCnnDefinition"/>: stem, stages of residual blocks, pooled outputs, and a small pyramid where a task has a label per pixel.</summary>
internal sealed class ResidualCnn : Module<Tensor, Tensor[]>, IGraphNetwork, IEmbeddingNetwork
{
    private readonly ConvNorm stem;
    private readonly ModuleList<ModuleList<ResidualBlock>> stages = new();
    private readonly FeaturePyramid? pyramid;
    private readonly TaskOutputs tasks;
    private readonly int poolGrid;

    public ResidualCnn(ResidualCnnDefinition shape, InputShape input, IReadOnlyList<HeadSpec> heads, int seed) : base(nameof(ResidualCnn))
    {
        poolGrid = shape.PoolGrid;
        var width = shape.Widths[0];
        stem = new ConvNorm(input.Channels, width, 3, shape.StemStride);
        for (var level = 0; level < shape.Widths.Count; level++)
        {
            var stage = new ModuleList<ResidualBlock>();
            for (var block = 0; block < shape.BlocksPerStage; block++)
            {
                stage.Add(new ResidualBlock(width, shape.Widths[level], block == 0 && level > 0 ? 2 : 1));
                width = shape.Widths[level];
            }
            stages.Add(stage);
        }
        if (heads.Any(h => h.PerPixel)) pyramid = new FeaturePyramid(shape.Widths, shape.PixelWidth);
        tasks = new TaskOutputs(heads, width * poolGrid * poolGrid, shape.PixelWidth);
        RegisterComponents();
        SeededWeights.Fill(this, seed);
    }

    public override Tensor[] forward(Tensor input) // [B, C, H, W]
    {
        var levels = Levels(input);
        return tasks.Compute(() => Resizing.Pool(levels[^1], poolGrid), () => pyramid!.call(levels), input);
    }

    public Tensor Embed(Tensor input) => Resizing.Pool(Levels(input)[^1], poolGrid);

    private Tensor[] Levels(Tensor input)
    {
        var map = stem.call(ChannelsLast.Of(input));
        var levels = new Tensor[stages.Count];
        for (var level = 0; level < levels.Length; level++)
        {
            foreach (var block in stages[level]) map = block.call(map);
            levels[level] = map; // [B, Widths[level], H / (StemStride 2^level), ...], sizes rounded up
        }
        return levels;
    }

    public GraphValue[] Write(GraphWriter writer, GraphValue input)
    {
        var map = stem.Write(writer, input);
        var levels = new GraphValue[stages.Count];
        for (var level = 0; level < levels.Length; level++) levels[level] = map = writer.Chain(stages[level], map);
        return tasks.Write(writer, () => writer.Graph.PoolMeans(map, poolGrid), () => pyramid!.Write(writer, levels), input);
    }
}
