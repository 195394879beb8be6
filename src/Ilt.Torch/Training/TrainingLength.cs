using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>How long one task is trained, and why.</summary>
/// <param name="Epochs">Passes over the training rows, from 1.</param>
/// <param name="HeldOutLoss">The mean loss, at that length, of rows whose labels the network had not seen (nats, or squared standard deviations).</param>
/// <param name="HeldOutRows">How many rows that is.</param>
public sealed record TaskLength(int Epochs, double HeldOutLoss, int HeldOutRows);

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

    private readonly float[] heldOutScores; // [rows x tasks], NaN where there is none
    private readonly int taskCount;

    private TrainingLength(IReadOnlyList<TaskLength> tasks, int modelEpochs, float[] heldOutScores)
    {
        (Tasks, ModelEpochs, this.heldOutScores, taskCount) = (tasks, modelEpochs, heldOutScores, tasks.Count);
    }

    /// <summary>Per task, in their order.</summary>
    public IReadOnlyList<TaskLength> Tasks { get; }

    /// <summary>The length of the longest task: that of the run.</summary>
    public int Epochs => Tasks.Max(task => task.Epochs);

    /// <summary>The epoch, from 1, at which the held-out losses of all tasks together were lowest: whose network is kept.</summary>
    public int ModelEpochs { get; }

    /// <summary>
    /// The mean of log(loss + <see cref="LossStatistics.LogLossOffset"/>) of a row under networks that have not seen its labels, over the epochs up to the best
    /// one, the n-th weighing n; NaN without a label, or where the search was cancelled before.
    /// </summary>
    public float HeldOutScore(int row, int task) => heldOutScores[row * taskCount + task];

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
        if (curves.Count == 0) return new TrainingLength([.. tasks.Select(_ => new TaskLength(options.Epochs!.Value, double.NaN, 0))], options.Epochs!.Value, scores);
        var lengths = tasks.Select((_, k) => new TaskLength(
            Mean(curves, curve => curve.BestEpoch(k)), curves.Average(curve => curve.BestLoss(k)), curves.Sum(curve => curve.Rows(k)))).ToArray();
        return new TrainingLength(lengths, Math.Min(Mean(curves, curve => curve.BestOfAll), lengths.Max(length => length.Epochs)), scores);
    }

    private static int Mean(List<HeldOutCurve> curves, Func<HeldOutCurve, int> epoch) => (int)Math.Round(curves.Average(epoch), MidpointRounding.AwayFromZero);

    private static bool CanBeLearned(TaskLabels labels)
    {
        var labelled = Enumerable.Range(0, labels.Count).Where(labels.IsLabelled);
        return labels is ClassLabels classes ? labelled.Select(row => classes.Classes[row]).Distinct().Skip(1).Any() : labelled.Skip(1).Any();
    }
}
