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

    /// <summary>[K x P] row-major: d L_k / d layer, 0 for a task without a labelled row. The graph stays as it is for the backward pass to come.</summary>
    /// <param name="taskLosses">Per task the losses of the rows [B], before they are stacked.</param>
    /// <param name="batch">The same losses, NaN where there is no label.</param>
    /// <param name="compute">Where the network is.</param>
    /// <exception cref="InvalidOperationException">The tasks share no layer.</exception>
    public float[] Of(IReadOnlyList<Tensor> taskLosses, LossBatch batch, ComputeDevice compute)
    {
        layer ??= Find(taskLosses);
        var size = (int)layer.NumberOfElements;
        var gradients = new float[tasks.Count * size];
        var means = new float[batch.Rows.Length]; // what makes the mean over the labelled rows of a task's losses
        for (var k = 0; k < tasks.Count; k++)
        {
            batch.Mean(k, out var labelled);
            if (labelled == 0) continue;
            for (var i = 0; i < means.Length; i++) means[i] = float.IsNaN(batch.Losses[(i * tasks.Count) + k]) ? 0 : 1f / labelled;
            var gradient = autograd.grad([taskLosses[k]], [layer], [compute.Move(Tensors.From(means, means.Length))], retain_graph: true)[0];
            compute.ToHost(gradient, gradients.AsSpan(k * size, size));
        }
        return gradients;
    }

    private Parameter Find(IReadOnlyList<Tensor> taskLosses)
    {
        var shared = Array.ConvertAll(parameters, parameter => parameter.requires_grad && parameter.shape.Length > 1);
        foreach (var losses in taskLosses)
        {
            var places = Enumerable.Range(0, parameters.Length).Where(i => shared[i]).ToArray();
            if (places.Length == 0) break;
            var gradients = autograd.grad([losses.sum()], [.. places.Select(i => parameters[i])], retain_graph: true, allow_unused: true);
            for (var i = 0; i < places.Length; i++) shared[places[i]] = gradients[i] is { IsInvalid: false };
        }
        var last = Array.LastIndexOf(shared, true);
        return last >= 0 ? parameters[last] : throw new InvalidOperationException(
            "This weighting balances the tasks' gradients at the last layer that all tasks share, and this network has none. Give it a hidden layer, or choose another weighting.");
    }
}
