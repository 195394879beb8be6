using Ilt.Detection;
using Ilt.Parameters;
using Ilt.Weighting;

namespace Ilt.Torch;

/// <summary>What a training run leaves behind.</summary>
public sealed class TrainingResult
{
    /// <summary>The trained network with all it needs to predict. The caller disposes it.</summary>
    public required MultiTaskModel Model { get; init; }

    /// <summary>Says where in an image the label does not fit; null without pixel tasks. Ends with <see cref="Model"/>.</summary>
    public PixelExaminer? Pixels { get; init; }

    /// <summary>Scores of every training row for every task.</summary>
    public required InstanceScores Scores { get; init; }

    /// <summary>One entry per finished epoch.</summary>
    public required IReadOnlyList<EpochReport> History { get; init; }

    /// <summary>The spread of s after each epoch, and the paths of <see cref="TrainingOptions.WatchedRows"/>; null unless log-variances are learned.</summary>
    public LogVarianceHistory? LogVarianceHistory { get; init; }

    /// <summary>The options with all that was left open filled in.</summary>
    public required TrainingOptions EffectiveOptions { get; init; }

    /// <summary>False when training was cancelled, or broke off (<see cref="Failure"/>): the scores are those of the moment, and so is the model unless early stopping had kept a best epoch.</summary>
    public required bool Completed { get; init; }

    /// <summary>Why training broke off, where <see cref="TrainingOptions.KeepPartialOnFailure"/> kept what was learned by the end of the last epoch; else null.</summary>
    public Exception? Failure { get; init; }

    /// <summary>
    /// The epoch (from 1) whose network <see cref="Model"/> is. When cancelled, the last finished one (0 when within the first); the model
    /// may then have learned from some batches of the next.
    /// </summary>
    public required int BestEpoch { get; init; }

    /// <summary>Per task: metrics on the validation set of the network after epoch <see cref="BestEpoch"/>; empty without one, or where no epoch was finished.</summary>
    public IReadOnlyList<TaskMetrics> ValidationMetrics => BestEpoch == 0 ? [] : History[BestEpoch - 1].Validation ?? [];

    /// <summary>Per task, how long it was trained; null where the number of epochs was named, or follows from the number of rows alone.</summary>
    public IReadOnlyList<TaskLength>? Lengths { get; init; }

    /// <summary>What a user should know before trusting the ranking, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>Per training row and task: what training found out about the label. NaN wherever the row has no label for the task
/// or, but for s, was not visited before a cancellation.</summary>
public sealed class InstanceScores
{
    private readonly LossStatistics statistics;
    private readonly InstanceTaskParameters? parameters;
    private readonly IReadOnlyList<TaskLabels> labels;

    private readonly TrainingLength? length;

    internal InstanceScores(LossStatistics statistics, InstanceTaskParameters? parameters, IReadOnlyList<TaskLabels> labels, TrainingLength? length = null)
    {
        this.length = length;
        this.statistics = statistics;
        this.parameters = parameters;
        this.labels = labels;
    }

    /// <summary>How long each task was trained, where that was found by holding out rows.</summary>
    internal TrainingLength? Length => length;

    /// <summary>Behind <see cref="Learned"/>.</summary>
    internal InstanceTaskParameters? Instances { get; init; }

    /// <summary>Training rows.</summary>
    public int RowCount => labels[0].Count;

    /// <summary>Tasks.</summary>
    public int TaskCount => labels.Count;

    /// <summary>
    /// The noise score: higher = the label is more likely wrong. It is the mean over the epochs of log(loss + 0.05), the n-th epoch weighing n, see
    /// <see cref="LossStatistics.MeanLogLoss"/>; about -3 (a loss of 0) or more, comparable within a task only. Where the number of epochs was found by holding
    /// out rows, only the epochs up to the task's own length count, and the less the network can say of rows it has not seen, the more weighs the same
    /// score under a network that had not seen the row: (1 - w) seen + w held out, w = sqrt(median held-out loss / loss of a constant prediction) / 2.
    /// </summary>
    public float NoiseScore(int row, int task)
    {
        if (!labels[task].IsLabelled(row)) return float.NaN;
        var seen = statistics.MeanLogLoss(row, task);
        return length is null ? seen : length.Join(row, task, seen);
    }

    /// <summary>The learned log-variance s, within the clamp (default -4 .. 4); NaN unless log-variances are learned.</summary>
    public float LogVariance(int row, int task) => parameters is null || !labels[task].IsLabelled(row) ? float.NaN : parameters[row, task];

    /// <summary>
    /// What the weighting has learned of the row, a score by which rows can be ranked: the higher, the less the label fits, comparable within a task only.
    /// Under <see cref="LossWeightingKind.InstanceLevel"/> the log-variance, under <see cref="LossWeightingKind.DataParameters"/> the logarithm of the row's own temperature by
    /// its start (-3 .. 3); of a weighting of the user's what it hands out as an <see cref="IInstanceWeighting"/>; NaN under all others.
    /// </summary>
    public float Learned(int row, int task) => Instances is null || !labels[task].IsLabelled(row) ? float.NaN : Instances[row, task];

    /// <summary>The loss at the row's last visit, before weighting and without temperatures.</summary>
    public float LastLoss(int row, int task) => labels[task].IsLabelled(row) ? statistics.LastLoss(row, task) : float.NaN;

    /// <summary>The mean of the row's losses over all epochs.</summary>
    public float MeanLoss(int row, int task) => labels[task].IsLabelled(row) ? statistics.MeanLoss(row, task) : float.NaN;

    /// <summary>Classification: mean over the epochs of the label's logit minus the largest other; NaN for a regression.</summary>
    public float MeanMargin(int row, int task) => labels[task].IsLabelled(row) ? statistics.MeanMargin(row, task) : float.NaN;

    /// <summary>
    /// Classification: how often the label was predicted at one visit and no longer at the next; the number of epochs where it never was. See
    /// <see cref="LossStatistics.ForgettingEvents"/>; NaN for a regression.
    /// </summary>
    public float ForgettingEvents(int row, int task) => labels[task].IsLabelled(row) ? statistics.ForgettingEvents(row, task) : float.NaN;

    /// <summary>The noise scores of one task, one per row.</summary>
    public float[] NoiseScores(int task) => Column(task, NoiseScore);

    /// <summary>The log-variances of one task, one per row.</summary>
    public float[] LogVariances(int task) => Column(task, LogVariance);

    /// <summary>What the weighting has learned of the rows for one task, one per row.</summary>
    public float[] LearnedColumn(int task) => Column(task, Learned);

    private float[] Column(int task, Func<int, int, float> value)
    {
        var column = new float[RowCount];
        for (var row = 0; row < column.Length; row++) column[row] = value(row, task);
        return column;
    }
}
