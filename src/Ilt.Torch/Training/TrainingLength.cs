using Ilt.Corruption;
using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>How long one task is trained, and why.</summary>
/// <param name="Epochs">Passes over the training rows, from 1.</param>
/// <param name="BestEpoch">The epoch, from 1, at which the loss of rows not seen was lowest; less than <paramref name="Epochs"/> where that came too early.</param>
/// <param name="HeldOutLoss">That loss: the mean over rows whose labels the network had not seen (nats, or squared standard deviations).</param>
/// <param name="HeldOutRows">How many rows that is.</param>
public sealed record TaskLength(int Epochs, int BestEpoch, double HeldOutLoss, int HeldOutRows)
{
    /// <summary>The length and its reason, in words.</summary>
    public string Reason => FormattableString.Invariant($"{Epochs} epochs, ") + (Epochs == BestEpoch
        ? FormattableString.Invariant($"where the loss on {HeldOutRows} rows not seen was lowest ({HeldOutLoss:G4})")
        : FormattableString.Invariant($"{TrainingLength.FewestSteps} steps: on {HeldOutRows} rows not seen the loss was lowest after {BestEpoch} ({HeldOutLoss:G4}), too few steps to learn from"));
}

/// <summary>How long each task is trained, as <see cref="LengthSearch"/> found it, and what networks said of rows that they had not seen.</summary>
internal sealed class TrainingLength
{
    /// <summary>Half of a small table teaches so little that its best epoch comes before anything is learned; no full fit is shorter than this.</summary>
    public const int FewestSteps = 250;

    private readonly float[] heldOutScores; // [rows x tasks], NaN where there is none
    private readonly double[] heldOutWeights;
    private readonly int taskCount;

    private TrainingLength(IReadOnlyList<TaskLength> tasks, int modelEpochs, float[] heldOutScores, double[] heldOutWeights)
    {
        (Tasks, ModelEpochs, this.heldOutScores, this.heldOutWeights, taskCount) = (tasks, modelEpochs, heldOutScores, heldOutWeights, tasks.Count);
    }

    /// <summary>Per task, in their order.</summary>
    public IReadOnlyList<TaskLength> Tasks { get; }

    /// <summary>The length of the longest task: that of the run.</summary>
    public int Epochs => Tasks.Max(task => task.Epochs);

    /// <summary>The epoch, from 1, at which the held-out losses of all tasks together were lowest: whose network is kept.</summary>
    public int ModelEpochs { get; }

    /// <summary>
    /// The noise score of a row, joined with that under networks that had not seen its labels (over the epochs up to the best one, the n-th weighing n):
    /// (1 - w) seen + w held out, with w half the square root of the task's unexplained share (<see cref="HeldOutCurve.Unexplained"/>).
    /// </summary>
    /// <remarks>
    /// Where a task is learned well, a network that has seen the row tells a wrong label best. The less it explains of rows it has not seen, the more of what it
    /// says of those it has seen was learned by heart, and the more the other half's opinion is worth.
    /// </remarks>
    /// <param name="row">Row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    /// <param name="seen">The score of the fit on all rows; NaN where it had not come to the row.</param>
    public float Join(int row, int task, float seen)
    {
        var heldOut = heldOutScores[row * taskCount + task];
        if (float.IsNaN(heldOut)) return seen;
        return float.IsNaN(seen) ? heldOut : (float)(seen + heldOutWeights[task] * (heldOut - seen));
    }

    /// <summary>The lengths that curves of held-out losses show.</summary>
    /// <param name="curves">One or two; where there is none, the longest length stands.</param>
    /// <param name="taskCount">Number of tasks.</param>
    /// <param name="options">Complete options; their number of epochs is the longest length that was tried.</param>
    /// <param name="rowCount">Training rows.</param>
    /// <param name="heldOutScores">[rows x tasks], NaN where there is none.</param>
    public static TrainingLength From(List<HeldOutCurve> curves, int taskCount, TrainingOptions options, int rowCount, float[] heldOutScores)
    {
        var most = options.Epochs!.Value;
        if (curves.Count == 0) return new TrainingLength([.. Enumerable.Repeat(new TaskLength(most, most, double.NaN, 0), taskCount)], most, heldOutScores, new double[taskCount]);
        var fewest = Math.Min(most, (int)Math.Ceiling(FewestSteps * (double)options.BatchSize!.Value / rowCount));
        var lengths = Enumerable.Range(0, taskCount).Select(k =>
        {
            var best = Mean(curves, curve => curve.BestEpoch(k));
            return new TaskLength(Math.Max(fewest, best), best, curves.Average(curve => curve.BestLoss(k)), curves.Sum(curve => curve.Rows(k)));
        }).ToArray();
        var model = Math.Clamp(Mean(curves, curve => curve.BestOfAll), fewest, lengths.Max(length => length.Epochs));
        return new TrainingLength(lengths, model, heldOutScores, [.. Enumerable.Range(0, taskCount).Select(k => Math.Sqrt(curves.Average(curve => curve.Unexplained(k))) / 2)]);
    }

    private static int Mean(List<HeldOutCurve> curves, Func<HeldOutCurve, int> epoch) => (int)Math.Round(curves.Average(epoch), MidpointRounding.AwayFromZero);
}
