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
    public const double Momentum = 0.1, Epsilon = 1e-5;

    private static readonly Scalar Keep = 1 - Momentum;
    private static readonly Scalar Take = Momentum;

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

    /// <summary>The ranks that see the other rows of a batch in training, whose statistics are then those of the whole batch; null: there are none.</summary>
    public BatchPeers? Peers { get; set; }

    // Asked for by name: moving a module to another type or device replaces its buffers.
    public override Tensor forward(Tensor input) => training && Peers is { } peers // [B, channels, H, W]
        ? ForwardTogether(input, peers)
        : functional.batch_norm(input, get_buffer("running_mean"), get_buffer("running_var"), weight, bias, training, Momentum, Epsilon);

    private Tensor ForwardTogether(Tensor input, BatchPeers peers)
    {
        var statistics = BatchStatistics.Of(input, peers);
        var unbiased = statistics.Values / (statistics.Values - 1);
        Move(get_buffer("running_mean")!, statistics.Mean);
        Move(get_buffer("running_var")!, Array.ConvertAll(statistics.Variance, variance => unbiased * variance));
        return SharedBatchNorm.apply(input, weight, bias, statistics);
    }

    private static void Move(Tensor running, double[] values)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        running.mul_(Keep).add_(Tensors.Like(running, values, values.Length), Take);
    }

    public GraphValue Write(GraphWriter writer, GraphValue input) => writer.Graph.Normalize(
        input, writer.Constant(weight), writer.Constant(bias), writer.Constant(get_buffer("running_mean")!), writer.Constant(get_buffer("running_var")!), Epsilon);
}
