using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.MLNet;
using Ilt.Parameters;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Builds the ML.NET pipeline for a table and trains it.</summary>
internal sealed class FlagTraining
{
    /// <summary>What the names of label columns start with inside the pipeline, to keep them apart from the user's.</summary>
    public const string LabelPrefix = "ilt.label.";

    private readonly FlagOptions _options;
    private readonly FlagData _data;
    private readonly MLContext _ml;

    /// <summary>Prepares the training.</summary>
    public FlagTraining(FlagOptions options, FlagData data)
    {
        _options = options;
        _data = data;
        _ml = new MLContext(options.Seed);
    }

    /// <summary>
    /// Trains. On cancellation the result holds what was learned so far; before training began, <see cref="OperationCanceledException"/>.
    /// </summary>
    public FlagResult Run(Action<EpochReport>? onEpoch, Action<BatchProgress>? onBatch, CancellationToken cancellation)
    {
        var input = FeatureView(_data.Table, "--features", _data.Ids.Column is null ? null : _data.Ids.Ids);
        var view = (IDataView)new TableDataView([.. input, .. LabelView(_data.Labels)], _data.TrainRows);
        var validation = _data.ValidationTable is { } table
            ? new TableDataView([.. FeatureView(table, "--validation", _data.Ids.Column is null ? null : new string[table.RowCount]), .. LabelView(_data.ValidationLabels)], _data.ValidationRows)
            : (IDataView?)null;

        var model = new List<ITransformer>();
        foreach (var (step, kept) in LabelSteps().Select(s => (s, false)).Concat(FeatureSteps.Create(_ml, _data.Features).Select(s => (s, true))))
        {
            cancellation.ThrowIfCancellationRequested();
            var fitted = step.Fit(view);
            view = fitted.Transform(view);
            validation = validation is null ? null : fitted.Transform(validation);
            // Labels are no input of a prediction, so their steps stay out of the saved model.
            if (kept)
                model.Add(fitted);
        }

        var trainer = _ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = _data.Labels.Select(TaskOf).ToArray(),
            FeatureColumnNames = [FeatureSteps.FeaturesColumn],
            IdColumnName = _data.Ids.Column,
            Validation = validation,
            Training = Training(onEpoch, onBatch),
            CancellationToken = cancellation,
            KeepPartialModelOnCancel = true,
        });
        var transformer = trainer.Fit(view);
        model.Add(transformer);
        var schema = new TableDataView(input, []).Schema;
        return new FlagResult(_ml, transformer, new TransformerChain<ITransformer>([.. model]), schema, Rows(transformer));
    }

    private TrainingOptions Training(Action<EpochReport>? onEpoch, Action<BatchProgress>? onBatch) => new()
    {
        Weighting = _options.Weighting,
        InstanceLevel = _options.InstanceLearningRate is { } step
            ? new InstanceTaskParameterOptions { StepSize = step }
            : new InstanceTaskParameterOptions(),
        Epochs = _options.Epochs,
        BatchSize = _options.Batch,
        LearningRate = _options.LearningRate,
        Seed = _options.Seed,
        Threads = _options.Threads,
        OnEpoch = onEpoch,
        OnBatch = onBatch,
    };

    private IReadOnlyList<ViewColumn> FeatureView(Table table, string role, string[]? ids)
    {
        var columns = _data.Features.View(table, role).ToList();
        if (ids is not null)
            columns.Add(ViewColumn.Texts(_data.Ids.Column!, ids));
        return columns;
    }

    private static IEnumerable<ViewColumn> LabelView(IReadOnlyList<TaskLabel> labels)
    {
        foreach (var label in labels)
        {
            if (label is ClassLabel classes)
            {
                yield return ViewColumn.Texts(LabelPrefix + label.Spec.Name, Enumerable.Range(0, classes.Classes.Length).Select(classes.ClassText).ToArray());
                continue;
            }

            var components = ((NumberLabel)label).Components;
            for (var i = 0; i < components.Count; i++)
                yield return ViewColumn.Numbers(ComponentName(label, i), components[i]);
        }
    }

    private IEnumerable<IEstimator<ITransformer>> LabelSteps()
    {
        foreach (var label in _data.Labels)
        {
            var name = LabelPrefix + label.Spec.Name;
            if (label is ClassLabel)
                yield return _ml.Transforms.Conversion.MapValueToKey(name);
            else if (label.Columns.Count > 1)
                yield return _ml.Transforms.Concatenate(name, [.. label.Columns.Select((_, i) => ComponentName(label, i))]);
        }
    }

    private static string ComponentName(TaskLabel label, int component) =>
        LabelPrefix + label.Spec.Name + (label.Columns.Count > 1 ? "." + label.Columns[component].Name : "");

    private static TaskColumn TaskOf(TaskLabel label) => label is ClassLabel
        ? TaskColumn.Classification(label.Spec.Name, LabelPrefix + label.Spec.Name)
        : TaskColumn.Regression(label.Spec.Name, LabelPrefix + label.Spec.Name);

    private List<ScoredRow> Rows(MultiTaskTransformer transformer)
    {
        var labels = _data.Labels.ToDictionary(l => l.Spec.Name);
        var rowOfId = Enumerable.Range(0, _data.Table.RowCount).ToDictionary(row => _data.Ids.Ids[row], StringComparer.Ordinal);
        return NoiseScoreReader.Read(transformer.NoiseScores).Select(score =>
        {
            // Without an id column the trainer knows rows by their position among those it was given.
            var row = _data.Ids.Column is null
                ? _data.TrainRows[int.Parse(score.Id, System.Globalization.CultureInfo.InvariantCulture) - 1]
                : rowOfId[score.Id];
            var label = labels[score.Task];
            return score with
            {
                Id = _data.Ids.Ids[row],
                GivenLabel = label.GivenText(row),
                PredictedLabel = label is NumberLabel ? score.PredictedLabel.Replace(' ', ';') : score.PredictedLabel,
            };
        }).ToList();
    }
}
