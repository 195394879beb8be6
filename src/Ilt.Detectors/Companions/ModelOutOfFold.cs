using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>The loss of every row under a model of another kind than a network that has not seen the row: what users of such models run, and a rival.</summary>
internal sealed class ModelOutOfFold(TabularModel model) : IDetector
{
    private const int Folds = 5;

    /// <inheritdoc/>
    public string Name => model.Name;

    /// <inheritdoc/>
    public string Summary => $"the loss under {model.InWords} that has not seen the row (5 folds); a wrong label cannot have been learned by heart";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => CanLearn(task, input);

    /// <summary>Whether such models can learn the task: from rows of a table, a label of its own that is no image.</summary>
    public static bool CanLearn(TaskDefinition task, InputShape input) => input.Modality.IsFlat && !task.IsPerPixel && task.HasHead;

    /// <inheritdoc/>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        var scores = new float[]?[input.Tasks.Count];
        var predictions = new float[]?[input.Tasks.Count];
        var done = 0;
        for (var k = 0; k < scores.Length; k++)
        {
            if (!input.Wants(k) || !AppliesTo(input.Tasks[k], input.Train.Input) || PlainTargets.Of(input.Tasks[k], input.Train.Labels[k]) is not { } targets) continue;
            var task = input.Tasks[k].Name;
            var fold = RowFolds.Assign([input.Train.Labels[k]], input.Train.RowCount, Folds, RunSeeds.Derive(input.Options.Seed, "folds"));
            var models = new OutOfFoldModels((TableData)input.Train, targets, fold, Folds);
            var predicted = models.Predict(model, null, input.Options.Seed, f => input.OnProgress?.Invoke(new($"{model.Name} of task {task}, fold {f + 1}", ++done, Folds)), cancellation);
            (scores[k], predictions[k]) = (targets.Losses(predicted), targets.InUnits(predicted));
        }
        return new DetectorResult { Scores = scores, OutOfFold = predictions, Fits = done };
    }
}
