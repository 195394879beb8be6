using System.Diagnostics;
using Ilt.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Benchmarks;

/// <summary>
/// The loop that one would write by hand with TorchSharp: everything in a few tensors, a shuffle, the mean loss of each task, TorchSharp's own
/// AdamW. The network, the batches and the clipping are those of our training; rows have no weights and nothing is recorded.
/// </summary>
internal static class PlainLoop
{
    /// <summary>Seconds of every epoch.</summary>
    /// <param name="network">Any of our networks, or a module of one's own.</param>
    /// <param name="inputs">[N, C, H, W], scaled already.</param>
    /// <param name="targets">[N, ...] per task.</param>
    /// <param name="loss">From outputs and targets of a batch to a number.</param>
    /// <param name="options">Epochs, batch size, learning rate, weight decay.</param>
    /// <param name="passOn">Called between epochs.</param>
    public static double[] Train(nn.Module<Tensor, Tensor[]> network, Tensor inputs, Tensor[] targets, Func<Tensor[], Tensor[], Tensor> loss, TrainingOptions options, Action passOn)
    {
        using var optimiser = optim.AdamW(network.parameters(), options.LearningRate!.Value, weight_decay: options.WeightDecay!.Value);
        var (rows, batch, seconds) = (inputs.shape[0], options.BatchSize!.Value, new double[options.Epochs!.Value]);
        network.train();
        for (var epoch = 0; epoch < seconds.Length; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            using (var order = randperm(rows))
                for (var first = 0L; first < rows; first += batch)
                {
                    using var scope = NewDisposeScope();
                    var chosen = order.slice(0, first, Math.Min(first + batch, rows), 1);
                    optimiser.zero_grad();
                    var total = loss(network.call(inputs.index_select(0, chosen)), [.. targets.Select(target => target.index_select(0, chosen))]);
                    total.backward();
                    nn.utils.clip_grad_norm_(network.parameters(), options.GradientClipNorm!.Value);
                    optimiser.step();
                }
            seconds[epoch] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (epoch + 1 < seconds.Length) passOn();
        }
        return seconds;
    }
}
