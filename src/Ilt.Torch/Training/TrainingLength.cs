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

/// <summary>
/// Finds, without knowing which labels are wrong, how long to train each task: a network that goes on learns wrong labels by heart, and then
/// nothing tells them from the right ones. The rows are cut into two halves. A network trained on one half is measured on the other after
/// every epoch, and the other way round. As long as it learns what the labels have in common, the loss on the half it does not see falls,
/// however many labels are wrong; where it begins to learn single labels, it rises.
/// </summary>
/// <remarks>
/// Every row is held out once, so that each row has a second noise score, from a network that never saw its label. Two halves cost the
/// steps of one fit of the longest length; they end early where no task has improved for a while.
/// </remarks>
internal sealed class TrainingLength
{
    /// <summary>Below this number of rows, halves are too few to learn anything from.</summary>
    public const int FewestRows = 40;

    private const int Halves = 2;

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

    /// <summary>Searches.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="options">Complete options; their number of epochs is the longest length that is tried.</param>
    /// <param name="references">Per task, the loss of a constant prediction.</param>
    /// <param name="fit">Trains on rows and calls back after every epoch (from 0) until told to stop; the number is that of the fit, from 1.</param>
    /// <returns>The lengths, or null where the rows are too few or one half lacks what a task needs to be learned.</returns>
    public static TrainingLength? Find(
        IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options, double[] references,
        Func<TrainingData, int, Func<int, MultiTaskModel, bool>, bool> fit)
    {
        if (train.RowCount < FewestRows) return null;
        var order = Enumerable.Range(0, train.RowCount).ToArray();
        new Random(RunSeeds.Derive(options.Seed, "halves")).Shuffle(order);
        var middle = order.Length / Halves;
        int[][] rows = [order[..middle], order[middle..]];
        var halves = Array.ConvertAll(rows, half => train.Subset(half));
        if (!halves.All(half => tasks.Select((_, k) => half.Labels[k]).All(CanBeLearned))) return null;

        var scores = new float[train.RowCount * tasks.Count];
        Array.Fill(scores, float.NaN);
        var curves = new List<HeldOutCurve>();
        for (var half = 0; half < Halves; half++)
        {
            var curve = new HeldOutCurve(halves[1 - half], options.Epochs!.Value, references, tasks);
            var completed = fit(halves[half], half + 1, curve.Measure);
            curve.CopyScores(rows[1 - half], scores);
            if (curve.Count > 0) curves.Add(curve);
            if (!completed) break;
        }
        var most = options.Epochs!.Value;
        if (curves.Count == 0) return new TrainingLength([.. tasks.Select(_ => new TaskLength(most, most, double.NaN, 0))], most, scores, new double[tasks.Count]);
        var fewest = Math.Min(most, (int)Math.Ceiling(FewestSteps * (double)options.BatchSize!.Value / train.RowCount));
        var lengths = tasks.Select((_, k) =>
        {
            var best = Mean(curves, curve => curve.BestEpoch(k));
            return new TaskLength(Math.Max(fewest, best), best, curves.Average(curve => curve.BestLoss(k)), curves.Sum(curve => curve.Rows(k)));
        }).ToArray();
        var model = Math.Clamp(Mean(curves, curve => curve.BestOfAll), fewest, lengths.Max(length => length.Epochs));
        return new TrainingLength(lengths, model, scores, [.. tasks.Select((_, k) => Math.Sqrt(curves.Average(curve => curve.Unexplained(k))) / 2)]);
    }

    private static int Mean(List<HeldOutCurve> curves, Func<HeldOutCurve, int> epoch) => (int)Math.Round(curves.Average(epoch), MidpointRounding.AwayFromZero);

    private static bool CanBeLearned(TaskLabels labels)
    {
        var labelled = Enumerable.Range(0, labels.Count).Where(labels.IsLabelled);
        return labels is ClassLabels classes ? labelled.Select(row => classes.Classes[row]).Distinct().Skip(1).Any() : labelled.Skip(1).Any();
    }
}
