using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Per-row losses and margins, one row and task at a time: nothing is averaged over the batch.</summary>
internal static class RowLosses
{
    /// <summary>The losses [B, K]: cross entropy (Eq. 4) or squared error of the standardised target (Eq. 2), times the task's loss scale.</summary>
    public static Tensor Compute(IReadOnlyList<TaskDefinition> tasks, Tensor[] outputs, Tensor[] targets)
    {
        var losses = new Tensor[tasks.Count];
        for (var k = 0; k < losses.Length; k++)
        {
            var loss = tasks[k] is RegressionTask regression
                ? SquaredError(regression, outputs[k], targets[k])
                : outputs[k].log_softmax(1).gather(1, targets[k]).sum(1).neg(); // [B, C] -> [B, 1] -> [B]
            losses[k] = tasks[k].LossScale == 1 ? loss : loss.mul((float)tasks[k].LossScale);
        }
        return stack(losses, 1);
    }

    private static Tensor SquaredError(RegressionTask task, Tensor output, Tensor target)
    {
        var squared = output.sub(target).square(); // [B, D]
        return task.Reduction == RegressionReduction.Sum ? squared.sum(1) : squared.mean([1]);
    }

    /// <summary>The label's logit minus the largest other, into margins [B x K]; NaN for regressions and rows without label.</summary>
    public static void Margins(IReadOnlyList<TaskDefinition> tasks, IReadOnlyList<TaskLabels> labels, ReadOnlySpan<int> rows, Tensor[] outputs, float[] margins)
    {
        for (var k = 0; k < tasks.Count; k++)
        {
            if (tasks[k] is not ClassificationTask task)
            {
                for (var i = 0; i < rows.Length; i++) margins[i * tasks.Count + k] = float.NaN;
                continue;
            }
            var classes = ((ClassLabels)labels[k]).Classes;
            var logits = outputs[k].data<float>().ToArray();
            for (var i = 0; i < rows.Length; i++)
                margins[i * tasks.Count + k] = Margin(logits.AsSpan(i * task.ClassCount, task.ClassCount), classes[rows[i]]);
        }
    }

    private static float Margin(ReadOnlySpan<float> logits, int label)
    {
        if (label < 0) return float.NaN;
        var other = float.NegativeInfinity;
        for (var c = 0; c < logits.Length; c++)
            if (c != label && logits[c] > other) other = logits[c];
        return logits[label] - other;
    }
}
