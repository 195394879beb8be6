using Ilt.Weighting;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Each task's gradient at the last layer that the tasks share: the last of the network's weights, in its own order, on which the loss of every task depends.
/// Of a perceptron that is its last hidden layer; of a network whose tasks have decoders of their own, the end of the common encoder.
/// </summary>
internal sealed class TrunkGradients(IReadOnlyList<TaskDefinition> tasks, IEnumerable<Parameter> parameters)
{
    private readonly Parameter[] parameters = [.. parameters];
    private Parameter? layer;

    /// <summary>[K x P] row-major: d L_k / d layer, 0 for a task without a labelled row. The graph stays as it is for the backward pass to come; gradients that parameters hold are forgotten in the first step.</summary>
    /// <param name="taskLosses">Per task the losses of this rank's rows [b], before they are stacked.</param>
    /// <param name="batch">The losses of all rows, NaN where there is no label.</param>
    /// <param name="parts">Which rows are this rank's.</param>
    /// <param name="compute">Where the network is.</param>
    /// <exception cref="InvalidOperationException">The tasks share no layer.</exception>
    public float[] Of(IReadOnlyList<Tensor> taskLosses, LossBatch batch, BatchParts parts, ComputeDevice compute)
    {
        layer ??= Find(taskLosses);
        var size = (int)layer.NumberOfElements;
        var gradients = new float[tasks.Count * size];
        var means = new float[taskLosses[0].shape[0]]; // what makes the mean over the labelled rows of a task's losses
        var counted = parts.Peers.IsIdle ? 0 : means.Length;
        for (var k = 0; k < tasks.Count; k++)
        {
            batch.Mean(k, out var labelled);
            if (labelled == 0) continue;
            for (var i = 0; i < counted; i++) means[i] = float.IsNaN(batch.Losses[((parts.First + i) * tasks.Count) + k]) ? 0 : 1f / labelled;
            var gradient = autograd.grad([taskLosses[k]], [layer], [compute.Move(Tensors.From(means, means.Length))], retain_graph: true)[0];
            compute.ToHost(gradient, gradients.AsSpan(k * size, size));
        }
        parts.Peers.Throw();
        parts.Peers.Replicas.StartSum(gradients)();
        return gradients;
    }

    private Parameter Find(IReadOnlyList<Tensor> taskLosses)
    {
        var shared = Array.ConvertAll(parameters, parameter => parameter.requires_grad && parameter.shape.Length > 1);
        foreach (var losses in taskLosses)
        {
            losses.sum().backward(retain_graph: true);
            for (var i = 0; i < parameters.Length; i++)
            {
                shared[i] &= parameters[i].grad is not null; // whether the loss depends on it, not how much
                parameters[i].grad = null;
            }
        }
        var last = Array.LastIndexOf(shared, true);
        return last >= 0 ? parameters[last] : throw new InvalidOperationException(
            "This weighting balances the tasks' gradients at the last layer that all tasks share, and this network has none. Give it a hidden layer, or choose another weighting.");
    }
}
