using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Per-row losses and margins, one row and task at a time: nothing is averaged over the batch.</summary>
internal static class RowLosses
{
    /// <summary>
    /// The losses [B, K], times each task's loss scale: cross entropy (Eq. 4) or squared error of the scaled target (Eq. 2), also where it is derived; for pixel tasks
    /// the mean of these over the image's valid pixels.
    /// </summary>
    public static Tensor Compute(IReadOnlyList<TaskDefinition> tasks, Tensor[] outputs, BatchTarget[] targets)
    {
        var losses = new Tensor[tasks.Count];
        for (var k = 0; k < losses.Length; k++)
        {
            var loss = tasks[k] switch
            {
                PixelClassificationTask => PixelMean(CrossEntropy(outputs[k], targets[k].Values), targets[k]),
                PixelRegressionTask task => PixelMean(PixelErrors(task, outputs[k], targets[k].Values), targets[k]),
                RegressionTask task => SquaredError(task.Reduction, outputs[k], targets[k].Values),
                DerivedTask => SquaredError(RegressionReduction.Mean, outputs[k], targets[k].Values),
                _ => outputs[k].log_softmax(1).gather(1, targets[k].Values).sum(1).neg(), // [B, C] -> [B, 1] -> [B]
            };
            losses[k] = Scaled(loss, (float)tasks[k].LossScale);
        }
        return stack(losses, 1);
    }

    private static Tensor Scaled(Tensor loss, float scale)
    {
        if (scale == 1) return loss;
        using Scalar kept = scale;
        return loss.mul(kept);
    }

    private static Tensor SquaredError(RegressionReduction reduction, Tensor output, Tensor target)
    {
        var squared = output.sub(target).Squared(); // [B, D]
        return reduction == RegressionReduction.Sum ? squared.sum(1) : squared.mean([1]);
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor classes) => // [B, C, H, W], [B, H, W] -> [B, H, W]
        nn.functional.cross_entropy(logits, classes, null, PixelClassificationTask.Ignored, nn.Reduction.None);

    private static Tensor PixelErrors(PixelRegressionTask task, Tensor output, Tensor target)
    {
        var difference = output.squeeze(1).sub(target); // [B, H, W]
        return task.Loss == PixelLoss.Squared ? difference.Squared() : difference.abs();
    }

    private static Tensor PixelMean(Tensor losses, BatchTarget target) => losses.mul(target.PixelShares!).sum([1, 2]);

    /// <summary>The label's logit minus the largest other, into margins [B x K]; NaN for all but classifications, and for rows without label.</summary>
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
