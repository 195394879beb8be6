using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>The module of a <see cref="HrNetDefinition"/>.</summary>
internal sealed class HrNet : Module<Tensor, Tensor[]>, IGraphNetwork, IEmbeddingNetwork
{
    private const int Streams = 4;

    private readonly IReadOnlyList<HeadSpec> heads;
    private readonly ConvNorm stem1;
    private readonly ConvNorm stem2;
    private readonly ModuleList<ResidualBlock> stage1 = new();
    private readonly ConvNorm narrow; // stage 1 to the first stream
    private readonly ModuleList<ConvNorm> starts = new(); // the first map of every stream after the first, from the coarsest so far
    private readonly ModuleList<ModuleList<HrNetModule>> stages = new();
    private readonly ModuleList<Module<Tensor, Tensor>> tasks = new();

    public HrNet(HrNetDefinition shape, InputShape input, IReadOnlyList<HeadSpec> heads, int seed) : base(nameof(HrNet))
    {
        this.heads = heads;
        var widths = Enumerable.Range(0, Streams).Select(stream => shape.Width << stream).ToArray();
        var wide = 4 * shape.StemWidth;
        stem1 = new ConvNorm(input.Channels, shape.StemWidth, 3, 2);
        stem2 = new ConvNorm(shape.StemWidth, shape.StemWidth, 3, 2);
        for (var block = 0; block < shape.Blocks; block++) stage1.Add(new ResidualBlock(block == 0 ? shape.StemWidth : wide, wide, bottleneck: true));
        narrow = new ConvNorm(wide, widths[0], 3);
        for (var stage = 0; stage < shape.Modules.Count; stage++)
        {
            starts.Add(new ConvNorm(stage == 0 ? wide : widths[stage], widths[stage + 1], 3, 2));
            var modules = new ModuleList<HrNetModule>();
            for (var module = 0; module < shape.Modules[stage]; module++) modules.Add(new HrNetModule(widths[..(stage + 2)], shape.Blocks));
            stages.Add(modules);
        }
        var channels = widths.Sum(); // 15 Width
        foreach (var head in heads) tasks.Add(head.PerPixel ? new PixelHead(channels, head.Channels) : new VectorHead(channels, head.Channels));
        RegisterComponents();
        SeededWeights.Fill(this, seed);
    }

    public override Tensor[] forward(Tensor input) // [B, C, H, W]
    {
        var representation = Representation(input);
        var results = new Tensor[heads.Count];
        for (var k = 0; k < results.Length; k++)
        {
            var output = tasks[k].call(representation);
            results[k] = heads[k].PerPixel ? Resizing.ToSizeOf(output, input) : output;
        }
        return results;
    }

    public Tensor Embed(Tensor input) => Resizing.Pool(Representation(input), 1);

    private Tensor Representation(Tensor input)
    {
        var map = stem2.call(stem1.call(ChannelsLast.Of(input))); // [B, StemWidth, H / 4, W / 4]
        foreach (var block in stage1) map = block.call(map);
        Tensor[] streams = [narrow.call(map)];
        for (var stage = 0; stage < stages.Count; stage++)
        {
            streams = [.. streams, starts[stage].call(stage == 0 ? map : streams[^1])];
            foreach (var module in stages[stage]) streams = module.call(streams);
        }
        return cat([.. streams.Select(stream => Resizing.ToSizeOf(stream, streams[0]))], 1); // [B, 15 Width, H / 4, W / 4]
    }

    public GraphValue[] Write(GraphWriter writer, GraphValue input)
    {
        var graph = writer.Graph;
        var map = writer.Chain(stage1, writer.Chain([stem1, stem2], input));
        GraphValue[] streams = [narrow.Write(writer, map)];
        for (var stage = 0; stage < stages.Count; stage++)
        {
            streams = [.. streams, starts[stage].Write(writer, stage == 0 ? map : streams[^1])];
            foreach (var module in stages[stage]) streams = module.Write(writer, streams);
        }
        var representation = graph.Join([.. streams.Select(stream => Resizing.ToSizeOf(graph, stream, streams[0]))]);
        var results = new GraphValue[heads.Count];
        for (var k = 0; k < results.Length; k++)
        {
            var output = ((IGraphLayer)tasks[k]).Write(writer, representation);
            results[k] = heads[k].PerPixel ? Resizing.ToSizeOf(graph, output, input) : output;
        }
        return results;
    }

    private sealed class PixelHead : Module<Tensor, Tensor>, IGraphLayer
    {
        private readonly ConvNorm mix;
        private readonly ConvolutionLayer outputs; // the name SeededWeights looks for

        public PixelHead(int inputs, int channels) : base(nameof(PixelHead))
        {
            (mix, outputs) = (new ConvNorm(inputs, inputs, 1), new ConvolutionLayer(inputs, channels, 1));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => outputs.call(mix.call(input));

        public GraphValue Write(GraphWriter writer, GraphValue input) => writer.Chain([mix, outputs], input);
    }

    private sealed class VectorHead : Module<Tensor, Tensor>, IGraphLayer
    {
        private readonly LinearLayer outputs; // the name SeededWeights looks for

        public VectorHead(int inputs, int channels) : base(nameof(VectorHead))
        {
            outputs = new LinearLayer(inputs, channels);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => outputs.call(Resizing.Pool(input, 1));

        public GraphValue Write(GraphWriter writer, GraphValue input) => outputs.Write(writer, writer.Graph.PoolMeans(input, 1));
    }
}
