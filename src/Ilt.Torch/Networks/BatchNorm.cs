using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// Batch normalization of feature maps with TorchSharp's names and defaults. TorchSharp's own counts the batches with a number that it does not
/// keep (see <see cref="Numbers"/>). With a fixed momentum nothing reads that count, so here it stays 0, and saved models fit either.
/// </summary>
internal sealed class BatchNorm : Module<Tensor, Tensor>
{
    private const double Momentum = 0.1, Epsilon = 1e-5;

    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;

    public BatchNorm(int channels) : base(nameof(BatchNorm))
    {
        (weight, bias) = (new Parameter(ones(channels)), new Parameter(zeros(channels)));
        (runningMean, runningVariance) = (zeros(channels).DetachFromDisposeScope(), ones(channels).DetachFromDisposeScope());
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
        register_parameter("weight", weight);
        register_parameter("bias", bias);
        register_buffer("running_mean", runningMean);
        register_buffer("running_var", runningVariance);
        register_buffer("num_batches_tracked", zeros([], ScalarType.Int64).DetachFromDisposeScope());
    }

    public override Tensor forward(Tensor input) => // [B, channels, H, W]
        functional.batch_norm(input, runningMean, runningVariance, weight, bias, training, Momentum, Epsilon);
}
