using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Per-row losses and margins, one row and task at a time: nothing is averaged over the batch.</summary>
internal static class RowLosses
{
    /// <summary>The losses of all tasks [B, K], times each task's loss scale.</summary>
    public static Tensor Compute(IReadOnlyList<TaskDefinition> tasks, Tensor[] outputs, BatchTarget[] targets)
    {
        var losses = new Tensor[tasks.Count];
        for (var k = 0; k < losses.Length; k++) losses[k] = Of(tasks[k], outputs[k], targets[k]);
        return stack(losses, 1);
    }

    /// <summary>The losses of one task [B], times its loss scale.</summary>
    public static Tensor Of(TaskDefinition task, Tensor output, BatchTarget target)
    {
        var loss = task.RowLoss(output, target);
        var scale = (float)task.LossScale;
        if (scale == 1) return loss;
        using Scalar kept = scale;
        return loss.mul(kept);
    }

    /// <summary>The label's logit minus the largest other, into margins [B x K]; NaN for tasks without classes per row, and for rows without label.</summary>
    public static void Margins(IReadOnlyList<TaskDefinition> tasks, IReadOnlyList<TaskLabels> labels, ReadOnlySpan<int> rows, Tensor[] outputs, Span<float> margins, ComputeDevice compute)
    {
        for (var k = 0; k < tasks.Count; k++)
        {
            var found = tasks[k].Margins(labels[k], rows, outputs[k], compute);
            for (var i = 0; i < rows.Length; i++) margins[i * tasks.Count + k] = found?[i] ?? float.NaN;
        }
    }
}
