using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>The loss of every row under a model of another kind than a network that has not seen the row: what users of such models run, and a rival.</summary>
internal sealed class ModelOutOfFold(TabularModel model) : IDetector
{
    private const int Folds = 5;

    /// <inheritdoc/>
    public string Name => model.Name;

    /// <inheritdoc/>
    public string Summary => $"the loss under {model.InWords} fitted without the row (5 folds); a wrong label cannot have been learned by heart";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => CanLearn(task, input);

    /// <summary>Whether such models can learn the task: from rows of a table, a label of its own that is no image.</summary>
    public static bool CanLearn(TaskDefinition task, InputShape input) => input.Modality.IsFlat && !task.IsPerPixel && task.HasHead;

    /// <inheritdoc/>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var wanted = Enumerable.Range(0, input.Tasks.Count).Where(k => input.Wants(k) && AppliesTo(input.Tasks[k], input.Train.Input)).ToArray();
        var (scores, predictions) = (new float[]?[input.Tasks.Count], new float[]?[input.Tasks.Count]);
        if (input.IsLeftToFirstRank) return new DetectorResult { Scores = scores, Fits = 0 };
        var done = 0;
        var table = wanted.Length == 0 ? null : TableRows.InMemory(input);
        foreach (var k in wanted)
        {
            var task = input.Tasks[k];
            var targets = PlainTargets.Of(task, input.Train.Labels[k])!;
            var fold = RowFolds.Assign([input.Train.Labels[k]], input.Train.RowCount, Folds, RunSeeds.Derive(input.Options.Seed, "folds"));
            var models = new OutOfFoldModels(table!, targets, fold, Folds);
            var predicted = models.Predict(model, null, input.Options.Seed, AfterFold, cancellation);
            (scores[k], predictions[k]) = (targets.Losses(predicted), targets.InUnits(predicted));

            void AfterFold(int f)
            {
                done++;
                input.OnProgress?.Invoke(new DetectorProgress($"{model.InWords} of task {task.Name}, fold {f + 1} of {Folds}", done, wanted.Length * Folds));
            }
        }
        return new DetectorResult { Scores = scores, OutOfFold = predictions, OutOfFoldLosses = scores, Fits = done };
    }
}
