using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// Batch normalization of feature maps with TorchSharp's names and defaults. TorchSharp's own counts the batches with a number that it does not
/// keep (see <see cref="Numbers"/>). With a fixed momentum nothing reads that count, so here it stays 0, and saved models fit either.
/// </summary>
internal sealed class BatchNorm : Module<Tensor, Tensor>, IGraphLayer
{
    private const double Momentum = 0.1, Epsilon = 1e-5;

    private readonly Parameter weight;
    private readonly Parameter bias;

    public BatchNorm(int channels) : base(nameof(BatchNorm))
    {
        (weight, bias) = (new Parameter(ones(channels)), new Parameter(zeros(channels)));
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
        register_parameter("weight", weight);
        register_parameter("bias", bias);
        register_buffer("running_mean", zeros(channels).DetachFromDisposeScope());
        register_buffer("running_var", ones(channels).DetachFromDisposeScope());
        register_buffer("num_batches_tracked", zeros([], ScalarType.Int64).DetachFromDisposeScope());
    }

    // Asked for by name: moving a module to another type or device replaces its buffers.
    public override Tensor forward(Tensor input) => // [B, channels, H, W]
        functional.batch_norm(input, get_buffer("running_mean"), get_buffer("running_var"), weight, bias, training, Momentum, Epsilon);

    public GraphValue Write(GraphWriter writer, GraphValue input) => writer.Graph.Normalize(
        input, writer.Constant(weight), writer.Constant(bias), writer.Constant(get_buffer("running_mean")!), writer.Constant(get_buffer("running_var")!), Epsilon);
}
