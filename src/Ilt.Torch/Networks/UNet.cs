using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>The module of a <see cref="UNetDefinition"/>.</summary>
internal sealed class UNet : Module<Tensor, Tensor[]>, IGraphNetwork, IEmbeddingNetwork
{
    private readonly IReadOnlyList<HeadSpec> heads;
    private readonly int grid;
    private readonly bool shared;
    private readonly ModuleList<ConvNorm> stem = new(); // none where the input is taken at its resolution
    private readonly ModuleList<ConvPair> encoder = new(); // one per level, the bottleneck last
    private readonly ModuleList<UNetDecoder> decoders = new();
    private readonly ModuleList<Module<Tensor, Tensor>> tasks = new(); // per head: a 1 x 1 convolution or a branch

    public UNet(UNetDefinition shape, InputShape input, IReadOnlyList<HeadSpec> heads, int seed) : base(nameof(UNet))
    {
        (this.heads, grid, shared) = (heads, shape.BottleneckGrid, shape.SharedDecoder);
        var width = input.Channels;
        if (shape.InputStride > 1)
        {
            stem.Add(new ConvNorm(width, shape.BaseWidth, (2 * shape.InputStride) - 1, shape.InputStride));
            width = shape.BaseWidth;
        }
        for (var level = 0; level <= shape.Depth; level++)
        {
            encoder.Add(new ConvPair(width, shape.BaseWidth << level));
            width = shape.BaseWidth << level;
        }
        var pixelHeads = heads.Count(h => h.PerPixel);
        for (var k = 0; k < (shared ? Math.Min(1, pixelHeads) : pixelHeads); k++) decoders.Add(new UNetDecoder(shape.BaseWidth, shape.Depth));
        foreach (var head in heads)
            tasks.Add(head.PerPixel ? new PixelOutput(shape.BaseWidth, head.Channels) : new Branch(width * grid * grid, shape.BranchWidth, head.Channels));
        RegisterComponents();
        SeededWeights.Fill(this, seed);
    }

    public override Tensor[] forward(Tensor input) // [B, C, H, W]
    {
        var levels = Levels(input);
        var pooled = heads.All(h => h.PerPixel) ? null : Resizing.Pool(levels[^1], grid);
        var maps = new Tensor[decoders.Count];
        for (var k = 0; k < maps.Length; k++) maps[k] = decoders[k].call(levels);
        var (results, pixelHead) = (new Tensor[heads.Count], 0);
        for (var k = 0; k < results.Length; k++)
            results[k] = heads[k].PerPixel ? Resizing.ToSizeOf(tasks[k].call(maps[shared ? 0 : pixelHead++]), input) : tasks[k].call(pooled!);
        return results;
    }

    public Tensor Embed(Tensor input) => Resizing.Pool(Levels(input)[^1], grid);

    // The way down.
    private Tensor[] Levels(Tensor input)
    {
        var images = ChannelsLast.Of(input);
        var entrance = stem.Count == 0 ? images : stem[0].call(images); // [B, C, h, w], each side that of the input / InputStride
        var levels = new Tensor[encoder.Count]; // [B, BaseWidth 2^level, h / 2^level, w / 2^level]
        for (var level = 0; level < levels.Length; level++)
            levels[level] = encoder[level].call(level == 0 ? entrance : functional.max_pool2d(levels[level - 1], 2));
        return levels;
    }

    public GraphValue[] Write(GraphWriter writer, GraphValue input)
    {
        var graph = writer.Graph;
        var entrance = writer.Chain(stem, input);
        var levels = new GraphValue[encoder.Count];
        for (var level = 0; level < levels.Length; level++)
            levels[level] = encoder[level].Write(writer, level == 0 ? entrance : graph.PoolMaxima(levels[level - 1], 2));

        var pooled = heads.All(h => h.PerPixel) ? null : graph.PoolMeans(levels[^1], grid);
        var maps = decoders.Select(decoder => decoder.Write(writer, levels)).ToArray();
        var (results, pixelHead) = (new GraphValue[heads.Count], 0);
        for (var k = 0; k < results.Length; k++)
        {
            var output = (IGraphLayer)tasks[k];
            results[k] = heads[k].PerPixel ? Resizing.ToSizeOf(graph, output.Write(writer, maps[shared ? 0 : pixelHead++]), input) : output.Write(writer, pooled!);
        }
        return results;
    }

    /// <summary>The way back up: each level is enlarged by a transposed convolution, joined with the map of the way down, and convolved twice.</summary>
    private sealed class UNetDecoder : Module<Tensor[], Tensor>
    {
        private readonly ModuleList<ConvolutionLayer> transposed = new(); // the name SeededWeights looks for
        private readonly ModuleList<ConvPair> pairs = new();

        public UNetDecoder(int baseWidth, int depth) : base(nameof(UNetDecoder))
        {
            for (var level = depth - 1; level >= 0; level--)
            {
                var width = baseWidth << level;
                transposed.Add(new ConvolutionLayer(2 * width, width, 2, 2, transposed: true));
                pairs.Add(new ConvPair(2 * width, width));
            }
            RegisterComponents();
        }

        public override Tensor forward(Tensor[] input) // fine to coarse, the bottleneck last
        {
            var map = input[^1];
            for (var step = 0; step < pairs.Count; step++)
                map = pairs[step].call(cat([input[input.Length - 2 - step], transposed[step].call(map)], 1));
            return map; // [B, BaseWidth, H, W]
        }

        public GraphValue Write(GraphWriter writer, GraphValue[] input)
        {
            var map = input[^1];
            for (var step = 0; step < pairs.Count; step++)
                map = pairs[step].Write(writer, writer.Graph.Join([input[input.Length - 2 - step], transposed[step].Write(writer, map)]));
            return map;
        }
    }

    private sealed class ConvPair : Module<Tensor, Tensor>, IGraphLayer
    {
        private readonly ConvNorm first;
        private readonly ConvNorm second;

        public ConvPair(int inputs, int outputs) : base(nameof(ConvPair))
        {
            (first, second) = (new ConvNorm(inputs, outputs, 3), new ConvNorm(outputs, outputs, 3));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => second.call(first.call(input));

        public GraphValue Write(GraphWriter writer, GraphValue input) => writer.Chain([first, second], input);
    }

    private sealed class PixelOutput : Module<Tensor, Tensor>, IGraphLayer
    {
        private readonly ConvolutionLayer outputs; // the name SeededWeights looks for

        public PixelOutput(int inputs, int channels) : base(nameof(PixelOutput))
        {
            outputs = new ConvolutionLayer(inputs, channels, 1);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => outputs.call(input);

        public GraphValue Write(GraphWriter writer, GraphValue input) => outputs.Write(writer, input);
    }

    /// <summary>Three fully connected layers.</summary>
    private sealed class Branch : Module<Tensor, Tensor>, IGraphLayer
    {
        private readonly LinearLayer first;
        private readonly LinearLayer second;
        private readonly LinearLayer outputs; // the name SeededWeights looks for

        public Branch(int inputs, int width, int channels) : base(nameof(Branch))
        {
            (first, second, outputs) = (new LinearLayer(inputs, width), new LinearLayer(width, width), new LinearLayer(width, channels));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => outputs.call(functional.relu(second.call(functional.relu(first.call(input)))));

        public GraphValue Write(GraphWriter writer, GraphValue input)
        {
            var hidden = writer.Graph.Rectify(first.Write(writer, input));
            return outputs.Write(writer, writer.Graph.Rectify(second.Write(writer, hidden)));
        }
    }
}
