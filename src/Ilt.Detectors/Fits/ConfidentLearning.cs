using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>By what <see cref="ConfidentLearning"/> ranks rows of the same verdict.</summary>
public enum ConfidentRanking
{
    /// <summary>The probability of the given class less the largest other one.</summary>
    NormalizedMargin,

    /// <summary>The probability of the given class.</summary>
    SelfConfidence,
}

/// <summary>
/// Confident learning (Northcutt, Jiang and Chuang 2021) on the out-of-fold probabilities of another detector: the rows that it prunes come first, then the
/// others, both by how little the probabilities are for their label. The score is that, from 0 to 1, plus 1 for a pruned row.
/// </summary>
/// <remarks>
/// Departures: a row whose given class is the most probable is never pruned, and rows are ranked where the paper only removes them; both as the
/// authors' library cleanlab does.
/// </remarks>
/// <param name="source">Gives the probabilities; null: <see cref="OutOfFold"/> under the weighting of the run.</param>
public sealed class ConfidentLearning(IDetector? source = null) : IDetector
{
    /// <summary>Gives the probabilities.</summary>
    public IDetector Source { get; } = source ?? new OutOfFold();

    /// <summary>How rows are pruned.</summary>
    /// <value>The default is <see cref="ConfidentPruning.NoiseRate"/>.</value>
    public ConfidentPruning Pruning { get; init; }

    /// <summary>How they are ranked.</summary>
    /// <value>The default is <see cref="ConfidentRanking.NormalizedMargin"/>.</value>
    public ConfidentRanking Ranking { get; init; }

    /// <inheritdoc/>
    public string Name => DetectorNames.Of(Source, "confident-learning");

    /// <inheritdoc/>
    public string Summary =>
        "first as many rows as a count of confident predictions says are wrong, then the others, by how much less probable the label is than another class "
        + "to a network that has not seen the row";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => task is ClassificationTask && Source.AppliesTo(task, input);

    /// <inheritdoc/>
    public string? Problem(TrainingOptions options) => Source.Problem(options);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are too few rows or labels for the source's folds, or it gives no probabilities.</exception>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, _) = input;
        int[] wanted = [.. Enumerable.Range(0, tasks.Count).Where(k => input.Wants(k) && AppliesTo(tasks[k], train.Input))];
        if (wanted.Length == 0) return new() { Scores = new float[tasks.Count][], Fits = 0 };
        var found = Source.Detect(input with { Wanted = wanted }, cancellation);
        var (scores, reasons) = (new float[]?[tasks.Count], new string?[tasks.Count]);
        foreach (var k in wanted)
        {
            if (found.OutOfFold?[k] is not { } probabilities)
                throw new ArgumentException($"{Source.Name} gives no out-of-fold probabilities of task '{tasks[k].Name}', from which {Name} could tell wrong labels; name another source.");
            var classes = ((ClassLabels)train.Labels[k]).Classes;
            var joint = ConfidentJoint.Estimate(probabilities, classes, ((ClassificationTask)tasks[k]).ClassCount);
            var pruned = joint.Prune(Pruning);
            scores[k] = [.. Enumerable.Range(0, train.RowCount).Select(row => joint.Has(row) ? Score(joint, row, pruned[row]) : float.NaN)];
            reasons[k] = FormattableString.Invariant($"an estimated {joint.WrongLabels:F1} of {joint.RowCount} labels are wrong, {pruned.Count(row => row)} are pruned");
        }
        return new DetectorResult { Scores = scores, OutOfFold = found.OutOfFold, OutOfFoldLosses = found.OutOfFoldLosses, Fits = found.Fits, Reasons = reasons };
    }

    private float Score(ConfidentJoint joint, int row, bool pruned) =>
        (float)((pruned ? 1 : 0) + (Ranking == ConfidentRanking.SelfConfidence ? 1 - joint.SelfConfidence(row) : (1 - joint.Margin(row)) / 2));
}
