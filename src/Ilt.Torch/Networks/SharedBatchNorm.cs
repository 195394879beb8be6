using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Batch normalization by the statistics of a batch of which this rank has a part. Mean and variance depend on the rows of all ranks, so what the
/// losses of all ranks would like them to be is summed on the way back.
/// </summary>
/// <remarks>
/// With x^ = (x - m) / d, d = sqrt(v + e), and g the gradient of the output: dx = w / d (g - sum(g) / N - x^ sum(g x^) / N), sums and N over the whole
/// batch; dw = sum(g x^) and db = sum(g) over this rank's rows, which <see cref="GradientSum"/> sums as all gradients of parameters.
/// </remarks>
internal sealed class SharedBatchNorm : autograd.SingleTensorFunction<SharedBatchNorm>
{
    private const string Statistics = "statistics";

    public override string Name => nameof(SharedBatchNorm);

    /// <param name="context">Keeps what the way back needs.</param>
    /// <param name="vars">Input [b, channels, H, W], weight and bias [channels], <see cref="BatchStatistics"/>.</param>
    public override Tensor forward(autograd.AutogradContext context, params object[] vars)
    {
        var (input, weight, bias, statistics) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], (BatchStatistics)vars[3]);
        context.save_for_backward([input, weight]);
        context.save_data(Statistics, statistics);
        var channels = statistics.Mean.Length;
        var (scale, shift) = (new float[channels], new float[channels]);
        Tensors.Read(weight, scale);
        Tensors.Read(bias, shift);
        var (slope, offset) = (new double[channels], new double[channels]);
        for (var c = 0; c < channels; c++)
        {
            slope[c] = scale[c] / statistics.Deviation(c);
            offset[c] = shift[c] - (statistics.Mean[c] * slope[c]);
        }
        return PerChannel(input, offset).addcmul(input, PerChannel(input, slope), Numbers.One);
    }

    public override List<Tensor> backward(autograd.AutogradContext context, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var saved = context.get_saved_variables();
        var (input, weight) = (saved[0], saved[1]);
        try
        {
            return Gradients(input, weight, gradient, (BatchStatistics)context.get_data(Statistics), scope);
        }
        catch (Exception e)
        {
            ((BatchStatistics)context.get_data(Statistics)).Peers.Keep(e);
            return [scope.MoveToOuter(zeros_like(input)), scope.MoveToOuter(zeros_like(weight)), scope.MoveToOuter(zeros_like(weight)), null!];
        }
    }

    private static List<Tensor> Gradients(Tensor input, Tensor weight, Tensor gradient, BatchStatistics statistics, DisposeScope scope)
    {
        var (peers, channels) = (statistics.Peers, statistics.Mean.Length);
        var centred = input.sub(PerChannel(input, statistics.Mean));
        var (biasGradient, weightGradient) = (BatchStatistics.Sums(gradient), BatchStatistics.Sums(gradient.mul(centred))); // the latter times d
        var own = new float[2 * channels];
        Tensors.Read(biasGradient, own.AsSpan(0, channels));
        Tensors.Read(weightGradient, own.AsSpan(channels, channels));
        var all = peers.Gather(own);
        var scale = new float[channels];
        Tensors.Read(weight, scale);
        var (slope, offset, factor, inverse) = (new double[channels], new double[channels], new double[channels], new double[channels]);
        for (var i = 0; i < all.Length; i++) (i / channels % 2 == 0 ? offset : factor)[i % channels] += all[i];
        for (var c = 0; c < channels; c++)
        {
            inverse[c] = 1 / statistics.Deviation(c);
            slope[c] = scale[c] * inverse[c];
            (offset[c], factor[c]) = (-slope[c] * offset[c] / statistics.Values, -slope[c] * factor[c] * inverse[c] * inverse[c] / statistics.Values);
        }
        weightGradient.mul_(Tensors.Like(input, inverse, channels));
        var slopes = PerChannel(input, slope);
        // The rows of an idle rank are in no statistics.
        var inputGradient = peers.IsIdle
            ? gradient.mul(slopes)
            : PerChannel(input, offset).addcmul(centred, PerChannel(input, factor), Numbers.One).addcmul_(gradient, slopes, Numbers.One);
        return [scope.MoveToOuter(inputGradient), scope.MoveToOuter(weightGradient), scope.MoveToOuter(biasGradient), null!];
    }

    private static Tensor PerChannel(Tensor map, double[] values) => Tensors.Like(map, values, 1, values.Length, 1, 1);
}
