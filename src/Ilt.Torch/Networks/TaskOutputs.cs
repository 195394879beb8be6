using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>The last layer of every task: a linear one on the pooled features, or a 1 x 1 convolution on the feature map, enlarged to the input's size.</summary>
internal sealed class TaskOutputs : Module
{
    private readonly IReadOnlyList<HeadSpec> heads;
    private readonly ModuleList<Module<Tensor, Tensor>> outputs = new(); // the name SeededWeights looks for

    /// <param name="heads">The tasks.</param>
    /// <param name="pooled">Numbers per row that tasks with one label per row see.</param>
    /// <param name="channels">Channels of the feature map that tasks with a label per pixel see.</param>
    public TaskOutputs(IReadOnlyList<HeadSpec> heads, int pooled, int channels) : base(nameof(TaskOutputs))
    {
        this.heads = heads;
        foreach (var head in heads) outputs.Add(head.PerPixel ? new ConvolutionLayer(channels, head.Channels, 1) : new LinearLayer(pooled, head.Channels));
        RegisterComponents();
    }

    /// <param name="pooled">[B, pooled]; asked for where a task has one label per row.</param>
    /// <param name="features">[B, channels, h, w]; asked for where a task has a label per pixel.</param>
    /// <param name="input">The network's input, [B, C, H, W], whose size the maps take.</param>
    public Tensor[] Compute(Func<Tensor> pooled, Func<Tensor> features, Tensor input)
    {
        var (vector, map) = (heads.Any(h => !h.PerPixel) ? pooled() : null, heads.Any(h => h.PerPixel) ? features() : null);
        var results = new Tensor[heads.Count];
        for (var k = 0; k < results.Length; k++)
            results[k] = heads[k].PerPixel ? Resizing.ToSizeOf(outputs[k].call(map!), input) : outputs[k].call(vector!);
        return results;
    }

    /// <summary>The same, in a graph: [pooled], [channels, h, w] and [C, H, W].</summary>
    public GraphValue[] Write(GraphWriter writer, Func<GraphValue> pooled, Func<GraphValue> features, GraphValue input)
    {
        var (vector, map) = (heads.Any(h => !h.PerPixel) ? pooled() : null, heads.Any(h => h.PerPixel) ? features() : null);
        var results = new GraphValue[heads.Count];
        for (var k = 0; k < results.Length; k++)
        {
            var output = (IGraphLayer)outputs[k];
            results[k] = heads[k].PerPixel ? Resizing.ToSizeOf(writer.Graph, output.Write(writer, map!), input) : output.Write(writer, vector!);
        }
        return results;
    }
}
