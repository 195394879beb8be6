using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.MLNet;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Cli.Pipeline;

/// <summary>Fills in the run record of a run.</summary>
internal static class RunRecords
{
    private const int MostPaths = 20;

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
                data.Table.Format.Word, data.Ids.Column),
            Validation = data.ValidationTable is null
                ? null
                : new RunValidation(options.ValidationFile, options.ValidationFile is null ? null : data.ValidationTable.Source.Sha256, options.ValidationFraction, data.ValidationRows.Length),
            Reviewed = data.Reviewed is { } reviewed
                ? new RunReviewed(reviewed.Path, reviewed.Sha256, Enumerable.Range(0, names.Length).ToDictionary(k => names[k], k => new RunVerdicts(
                    reviewed.Count(k, LabelVerdict.Right), reviewed.Count(k, LabelVerdict.Corrected), reviewed.Count(k, LabelVerdict.Wrong))))
                : null,
            Options = new RunOptions(
                options.Tasks.Select(t => t.Text).ToArray(),
                options.Features, options.Ignore, options.WeightingText, options.Epochs, options.Batch,
                options.LearningRate, options.InstanceLearningRate, options.Seed, IsThreadsChosen(options) ? null : options.Threads, options.Out)
            {
                Score = options.Detector?.Name,
                Device = options.Device.Asked.ToString(),
                Precision = options.Precision.ToString().ToLowerInvariant(),
                Keep = options.Keep,
                Reading = new RunReadingOptions(
                    options.Reading.Missing.IsGiven ? [.. options.Reading.Missing.Words] : null, options.Reading.Categories, options.Reading.Numbers, options.Reading.Dates,
                    [.. options.Reading.Decimals.Select(d => (d.Sign == ',' ? "comma" : "point") + (d.Columns.Count > 0 ? $":{string.Join(',', d.Columns)}" : ""))], options.Reading.KeepSpellings),
            },
            Reading = [.. ModelReading.Of(data).Columns.Select(c => new RunColumn(
                c.Name, c.Reading.Kind.ToString().ToLowerInvariant(), c.Reading.Kind == ColumnKind.Number ? c.Reading.Number.Describe() : null, c.Reading.Kind == ColumnKind.Date ? c.Reading.DateFormat : null))],
            Effective = Effective(result.Fitted.EffectiveOptions!) with
            {
                EpochsByTask = result.Fitted.TaskLengths is { } lengths ? names.Zip(lengths).ToDictionary(pair => pair.First, pair => pair.Second.Epochs) : null,
                ThreadsChosen = IsThreadsChosen(options) ? true : null,
                Ranks = options.Replicas?.Count,
            },
            Scoring = Scoring(result.Fitted.Scoring!, names),
            Features = new RunFeatures(data.Features.Numbers, data.Features.WithMissing, data.Features.Texts, data.Features.Dropped),
            Images = data.Images is { } images ? Images(images, result.Fitted) : null,
            Body = data.Body is { Surface: { Model: var model } surface } body
                ? new RunBody(body.Path, body.Sha256, model.VertexCount, surface.Vertices.Count, model.JointCount, model.ShapeCount)
                : null,
            Tasks = data.Labels.Select(label => new RunTask(
                label.Spec.Name, label.Spec.KindName, label.Columns.Select(c => c.Name).ToArray(),
                data.TrainRows.Count(label.IsLabelled), label.Spec.Syntax.ClassNames(label, data))
            {
                ClassValues = label.Spec.Syntax.ClassValues(label, data),
                Sources = label.Spec.Syntax.IsDerived ? label.Spec.Sources : null,
            }).ToArray(),
            Epochs = result.Fitted.History.Select(epoch => Epoch(epoch, names) with { WaitSeconds = data.Images is null ? null : Math.Round(epoch.WaitSeconds, 4) }).ToArray(),
            ValidationMetrics = data.ValidationTable is null ? null : Metrics(result.Fitted.ValidationMetrics),
            Audit = Audit(result, data),
            Findings = result.Findings,
            Command = options.Arguments.Count > 0 ? new RecordedCommand(Environment.CurrentDirectory, options.Arguments) : null,
            Notes = [.. data.Notes, .. options.Device.Note is { } where ? new[] { where } : [], .. LibTorch.Notes],
            Warnings = FlagReport.Warnings(result, data),
        };
    }

    private static Dictionary<string, RunAudit>? Audit(FlagResult result, FlagData data)
    {
        var known = result.Fitted.Audits.ToDictionary(audit => audit.Task);
        if (known.Count == 0)
            return null;
        var rows = result.ReadRows(MostPaths).ToLookup(row => row.Task);
        return data.Labels.Select(label => label.Spec.Name).Where(known.ContainsKey).ToDictionary(task => task, task =>
        {
            var (share, flagged) = (known[task].Share, known[task].Flagged);
            var paths = rows[task].Select(row => (row.Id, Path: result.Fitted.GetLogVariancePath(data.TrainerIdOf(row.Id), task)))
                .Where(row => row.Path is not null).ToDictionary(row => row.Id, row => row.Path!);
            return new RunAudit(share.Estimate, share.Low, share.High, share.CannotTell, flagged, paths.Count > 0 ? paths : null, share.Overlap);
        });
    }

    private static RunScoring Scoring(ScoringReport report, string[] names) => new(
        report.Detector, report.Fits, Math.Round(report.Seconds, 3), names.Zip(report.ByTask).ToDictionary(pair => pair.First, pair => pair.Second), report.Notes);

    private static RunImages Images(ImagePlan plan, MultiTaskTransformer fitted)
    {
        var options = plan.Options;
        var encoding = options.Classes.Encoding;
        var wait = fitted.History.Sum(epoch => epoch.WaitSeconds);
        return new RunImages(
            options.Column, options.Folder, options.LabelFolder, plan.Size.Height, plan.Size.Width, options.Classes.Source, options.Classes.Names, encoding.IgnoreValue, encoding.InstanceIds,
            options.Maps.Scale, options.Maps.Offset, options.Maps.Invalid, options.Maps.NanIsInvalid, fitted.EffectiveOptions!.Network!, options.Augmentation, options.MemoryMiB,
            plan.Skipped.Count + fitted.SkippedRows, Math.Round(wait, 3), WaitShare(fitted))
        {
            AugmentPerson = options.PersonFrameName,
        };
    }

    /// <summary>The share of the training's time in which it waited for images, 0 to 1.</summary>
    public static double WaitShare(MultiTaskTransformer fitted)
    {
        var seconds = fitted.History.Sum(epoch => epoch.Seconds);
        return seconds > 0 ? Math.Round(fitted.History.Sum(epoch => epoch.WaitSeconds) / seconds, 4) : 0;
    }

    private static bool IsThreadsChosen(FlagOptions options) => options.Threads == TrainingOptions.AutomaticThreads;

    private static RunEffective Effective(TrainingOptions options) => new(
        WeightingSyntax.Format(options.Weighting, options.WeightingOptions), options.Epochs!.Value, options.BatchSize!.Value, options.LearningRate!.Value,
        options.WeightDecay!.Value, options.GradientClipNorm, options.HiddenUnits, options.Dropout,
        options.InstanceLevel.StepSize, options.InstanceLevel.Momentum, options.InstanceLevel.WarmupEpochs,
        options.InstanceLevel.Minimum!.Value, options.InstanceLevel.Maximum, options.InstanceLevel.MedianPull!.Value, options.Seed, options.Threads)
    {
        Device = options.Device.ToString(),
        Precision = options.Precision.ToString().ToLowerInvariant(),
    };

    private static RunEpoch Epoch(EpochReport epoch, string[] names) => new(
        epoch.Epoch, Math.Round(epoch.Seconds, 4), Math.Round(epoch.RowsPerSecond, 1),
        names.Zip(epoch.TrainLoss).ToDictionary(p => p.First, p => p.Second),
        epoch.Validation is null ? null : Metrics(epoch.Validation),
        epoch.LogVariances is null
            ? null
            : names.Zip(epoch.LogVariances).ToDictionary(
                p => p.First,
                p => new RunQuantiles(p.Second.Minimum, p.Second.P05, p.Second.P25, p.Second.Median, p.Second.P75, p.Second.P95, p.Second.Maximum)));

    private static Dictionary<string, RunMetrics> Metrics(IReadOnlyList<TaskMetrics> metrics) => metrics.ToDictionary(m => m.Task, RunMetrics.Of);
}
