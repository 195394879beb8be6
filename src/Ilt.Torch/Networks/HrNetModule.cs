using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// Streams of residual blocks side by side, then the exchange: every stream becomes the rectified sum of all of them, brought to its size:
/// coarser ones by a 1 x 1 convolution and enlarging, finer ones by 3 x 3 convolutions of stride 2, one per halving.
/// </summary>
internal sealed class HrNetModule : Module<Tensor[], Tensor[]>
{
    private readonly int streams;
    private readonly ModuleList<ModuleList<ResidualBlock>> blocks = new();
    private readonly ModuleList<ModuleList<ConvNorm>> exchanges = new(); // (to, from) with to != from, in that order; one convolution or a chain

    /// <param name="widths">Channels of each stream, fine to coarse.</param>
    /// <param name="depth">Blocks per stream.</param>
    public HrNetModule(int[] widths, int depth) : base(nameof(HrNetModule))
    {
        streams = widths.Length;
        foreach (var width in widths) blocks.Add(new ModuleList<ResidualBlock>([.. Enumerable.Range(0, depth).Select(_ => new ResidualBlock(width, width))]));
        for (var to = 0; to < streams; to++)
            for (var from = 0; from < streams; from++)
                if (to != from) exchanges.Add(Exchange(widths, from, to));
        RegisterComponents();
    }

    public override Tensor[] forward(Tensor[] input) // per stream [B, widths[stream], h / 2^stream, w / 2^stream]
    {
        var maps = new Tensor[streams];
        for (var stream = 0; stream < streams; stream++)
        {
            maps[stream] = input[stream];
            foreach (var block in blocks[stream]) maps[stream] = block.call(maps[stream]);
        }
        var (results, next) = (new Tensor[streams], 0);
        for (var to = 0; to < streams; to++)
        {
            var sum = maps[to];
            for (var from = 0; from < streams; from++)
            {
                if (from == to) continue;
                var map = maps[from];
                foreach (var conv in exchanges[next++]) map = conv.call(map);
                sum = sum.Plus(Resizing.ToSizeOf(map, maps[to]));
            }
            results[to] = functional.relu(sum);
        }
        return results;
    }

    public GraphValue[] Write(GraphWriter writer, GraphValue[] input)
    {
        var maps = input.Select((map, stream) => writer.Chain(blocks[stream], map)).ToArray();
        var (results, next) = (new GraphValue[streams], 0);
        for (var to = 0; to < streams; to++)
        {
            var sum = maps[to];
            for (var from = 0; from < streams; from++)
                if (from != to) sum = writer.Graph.Add(sum, Resizing.ToSizeOf(writer.Graph, writer.Chain(exchanges[next++], maps[from]), maps[to]));
            results[to] = writer.Graph.Rectify(sum);
        }
        return results;
    }

    private static ModuleList<ConvNorm> Exchange(int[] widths, int from, int to)
    {
        if (from > to) return new ModuleList<ConvNorm>(new ConvNorm(widths[from], widths[to], 1, rectify: false));
        var chain = new ModuleList<ConvNorm>();
        for (var level = from; level < to; level++)
        {
            var last = level == to - 1;
            chain.Add(new ConvNorm(widths[from], last ? widths[to] : widths[from], 3, 2, rectify: !last));
        }
        return chain;
    }
}
