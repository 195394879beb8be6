using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>
/// The loss of every row under a network that has not seen it: the rows are cut into folds, and each is measured by the network that was trained on
/// the others. Where the number of epochs is found from the data, each task is measured after its own; where it is neither found nor named, as for images, after the epoch
/// at which the mean loss on the fold was lowest, and a fit ends when that has not fallen for a while: networks that go on know wrong labels by heart, and are too sure of
/// rows that they have not seen.
/// </summary>
/// <remarks>The mean over the labels of a fold, wrong ones included, decides on an epoch for all of them; of a single row it tells nothing.</remarks>
public sealed class OutOfFold : IDetector
{
    /// <summary>Folds, and so fits.</summary>
    /// <value>At least 2; the default is 5.</value>
    public int Folds { get; init; } = 5;

    /// <summary>How losses are weighed in training.</summary>
    /// <value>The default is null: as the options of the input say.</value>
    public LossWeightingKind? Weighting { get; init; }

    /// <inheritdoc/>
    public string Name => DetectorNames.Under(Weighting, "out-of-fold");

    /// <inheritdoc/>
    public string Summary => "the loss under the one of five networks that has not seen the row; a wrong label cannot have been learned by heart";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are too few rows or labels for the folds.</exception>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var (tasks, train, _) = input;
        var fold = RowFolds.Assign(train.Labels, train.RowCount, Folds, RunSeeds.Derive(input.Options.Seed, "folds"));
        using var fits = NetworkFits.Open(input, Weighting, Folds, cancellation);
        var scores = tasks.Select((_, k) => input.Wants(k) ? new float[train.RowCount] : null).ToArray();
        var predictions = tasks.Select((task, k) => input.Wants(k) && HasPrediction(task) ? new float[train.RowCount * task.OutputSize(train.Input)] : null).ToArray();
        for (var f = 0; f < Folds; f++)
        {
            var (held, others) = RowFolds.Split(fold, f);
            var (seen, unseen) = (train.Subset(others), train.Subset(held));
            RowFolds.CheckLearnable(tasks, seen, f, Folds);
            var lowest = input.Options.Epochs is null && fits.Length is null ? new LowestLoss(tasks.Count, fits.Options.Epochs!.Value) : null;
            fits.Fit(FormattableString.Invariant($"out of fold, fold {f + 1} of {Folds}"), tasks, seen, job => job with
            {
                Options = job.Options with { Seed = RunSeeds.Derive(input.Options.Seed, "fold", f) },
                GoOn = (epoch, model) =>
                {
                    int[] due = [.. Enumerable.Range(0, tasks.Count).Where(k => scores[k] is not null && (lowest is not null || fits.EpochsOf(k) == epoch + 1))];
                    if (due.Length == 0) return true;
                    var losses = model.Losses(unseen);
                    if (lowest is not null) due = Array.FindAll(due, k => lowest.IsNew(k, epoch, losses[k]));
                    Keep(model, unseen, held, due, losses, scores, predictions);
                    return lowest?.GoesOn(epoch) ?? true;
                },
            }, cancellation).Model.Dispose();
        }
        return new DetectorResult { Scores = scores, OutOfFold = predictions, OutOfFoldLosses = scores, Fits = fits.Done };
    }

    // Of label images and of what is derived, thousands of numbers a row, nothing is kept.
    private static bool HasPrediction(TaskDefinition task) => !task.IsPerPixel && task.HasHead;

    private static void Keep(MultiTaskModel model, TrainingData unseen, int[] rows, int[] due, float[][] losses, float[]?[] scores, float[]?[] predictions)
    {
        foreach (var k in due)
            for (var i = 0; i < rows.Length; i++) scores[k]![rows[i]] = losses[k][i];
        if (due.All(k => predictions[k] is null)) return;
        model.PredictInParts(unseen, (first, part) =>
        {
            foreach (var k in due)
            {
                if (predictions[k] is not { } kept) continue;
                var size = model.Tasks[k].OutputSize(model.Input);
                for (var i = 0; i < part[k].Length / size; i++) part[k].AsSpan(i * size, size).CopyTo(kept.AsSpan(rows[first + i] * size));
            }
        });
    }
}
