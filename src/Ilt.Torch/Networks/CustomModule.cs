using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>A user's whole network, whose named outputs are put into the order of the tasks and checked.</summary>
internal sealed class CustomModule : Module<Tensor, Tensor[]>
{
    private readonly string network;
    private readonly IReadOnlyList<HeadSpec> heads;
    private readonly Module<Tensor, Dictionary<string, Tensor>> module;

    public CustomModule(string network, Module<Tensor, Dictionary<string, Tensor>> module, InputShape input, IReadOnlyList<HeadSpec> heads) : base(nameof(CustomModule))
    {
        (this.network, this.heads, this.module) = (network, heads, module);
        RegisterComponents();
        using var scope = NewDisposeScope();
        var shape = input.Modality.BatchShape(input, TrialRun.Rows);
        Ordered(TrialRun.Of(network, module, input), shape);
    }

    public override Tensor[] forward(Tensor input) => Ordered(module.call(input), input.shape);

    private Tensor[] Ordered(Dictionary<string, Tensor> outputs, long[] input)
    {
        var results = new Tensor[heads.Count];
        for (var k = 0; k < results.Length; k++)
        {
            var head = heads[k];
            if (!outputs.TryGetValue(head.Name, out var output))
                throw new ArgumentException($"The custom network '{network}' gives no output named '{head.Name}', which task '{head.Name}' needs. It gives: {string.Join(", ", outputs.Keys)}.");
            long[] wanted = head.PerPixel ? [input[0], head.Channels, input[2], input[3]] : [input[0], head.Channels];
            if (!output.shape.SequenceEqual(wanted))
                throw new ArgumentException($"Output '{head.Name}' of the custom network '{network}' must be {TrialRun.Words(wanted)} for an input of {TrialRun.Words(input)}, but is {TrialRun.Words(output.shape)}.");
            results[k] = output;
        }
        return results;
    }
}
