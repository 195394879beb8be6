using Ilt.Cli.Output;
using Ilt.Cli.Tasks;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Cli.Pipeline;

/// <summary>Fills in the run record of a run.</summary>
internal static class RunRecords
{
    /// <summary>The record of a finished or cancelled run.</summary>
    public static RunRecord Create(FlagOptions options, FlagData data, FlagResult result, DateTime started)
    {
        var names = data.Labels.Select(l => l.Spec.Name).ToArray();
        return new RunRecord
        {
            Complete = result.Fitted.IsComplete,
            Started = started,
            ElapsedSeconds = Math.Round((DateTime.UtcNow - started).TotalSeconds, 3),
            Versions = new RunVersions(Versions.Product, Versions.MachineLearning, Versions.TorchSharp, Environment.Version.ToString()),
            Data = new RunData(
                data.Table.Source.Path, data.Table.Source.Sha256, data.Table.RowCount, data.TrainRows.Length, data.Table.Columns.Count,
                data.Table.Format.IsArff ? "arff" : data.Table.Format.Separator == '\t' ? "tsv" : "csv", data.Ids.Column),
            Validation = data.ValidationTable is null
                ? null
                : new RunValidation(options.ValidationFile, options.ValidationFile is null ? null : data.ValidationTable.Source.Sha256, options.ValidationFraction, data.ValidationRows.Length),
            Options = new RunOptions(
                options.Tasks.Select(t => $"{t.Name}={(t.Kind == TaskKind.Class ? "class" : "regression")}:{string.Join(',', t.ColumnPatterns)}").ToArray(),
                options.Features, options.Ignore, LossWeightings.ShortName(options.Weighting), options.Epochs, options.Batch,
                options.LearningRate, options.InstanceLearningRate, options.Seed, options.Threads, options.Out),
            Effective = Effective(result.Fitted.EffectiveOptions!),
            Features = new RunFeatures(data.Features.Numbers, data.Features.WithMissing, data.Features.Texts, data.Features.Dropped),
            Tasks = data.Labels.Select(label => new RunTask(
                label.Spec.Name, label is ClassLabel ? "class" : "regression", label.Columns.Select(c => c.Name).ToArray(),
                data.TrainRows.Count(label.IsLabelled), (label as ClassLabel)?.ClassNames)).ToArray(),
            Epochs = result.Fitted.History.Select(epoch => Epoch(epoch, names)).ToArray(),
            ValidationMetrics = data.ValidationTable is null ? null : Metrics(result.Fitted.ValidationMetrics),
            Notes = data.Notes,
            Warnings = result.Fitted.Warnings,
        };
    }

    private static RunEffective Effective(TrainingOptions options) => new(
        LossWeightings.ShortName(options.Weighting), options.Epochs!.Value, options.BatchSize!.Value, options.LearningRate!.Value,
        options.WeightDecay!.Value, options.GradientClipNorm, options.HiddenUnits!, options.Dropout!.Value,
        options.InstanceLevel.StepSize, options.InstanceLevel.Momentum, options.InstanceLevel.WarmupEpochs,
        options.InstanceLevel.Minimum, options.InstanceLevel.Maximum, options.InstanceLevel.MedianPull, options.Seed, options.Threads);

    private static RunEpoch Epoch(EpochReport epoch, string[] names) => new(
        epoch.Epoch, Math.Round(epoch.Seconds, 4), Math.Round(epoch.RowsPerSecond, 1),
        names.Zip(epoch.TrainLoss).ToDictionary(p => p.First, p => p.Second),
        epoch.Validation is null ? null : Metrics(epoch.Validation),
        epoch.LogVariances is null
            ? null
            : names.Zip(epoch.LogVariances).ToDictionary(
                p => p.First,
                p => new RunQuantiles(p.Second.Minimum, p.Second.P05, p.Second.P25, p.Second.Median, p.Second.P75, p.Second.P95, p.Second.Maximum)));

    private static Dictionary<string, RunMetrics> Metrics(IReadOnlyList<TaskMetrics> metrics) => metrics.ToDictionary(
        m => m.Task,
        m => new RunMetrics(m.Count, m.Loss, m.Accuracy, m.LogLoss, m.MeanAbsoluteError, m.RootMeanSquaredError, m.RSquared));
}
