using Ilt.Cli.Images;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;
using Ilt.MLNet;
using Ilt.Reports;
using Ilt.Parameters;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.Cli.Pipeline;

/// <summary>Builds the ML.NET pipeline for a table and trains it.</summary>
internal sealed class FlagTraining
{
    private readonly FlagOptions options;
    private readonly FlagData data;
    private readonly MLContext ml;

    /// <summary>Prepares the training.</summary>
    public FlagTraining(FlagOptions options, FlagData data)
    {
        this.options = options;
        this.data = data;
        ml = new MLContext(options.Seed);
    }

    /// <summary>How many images are read before training begins.</summary>
    public int ImageCount => data.Images is null ? 0 : data.TrainRows.Length + data.ValidationRows.Length;

    /// <summary>
    /// Trains. On cancellation the result holds what was learned so far; before training began, <see cref="OperationCanceledException"/>.
    /// </summary>
    public FlagResult Run(TrainingCallbacks callbacks, CancellationToken cancellation)
    {
        // What reads files later, to look into label images, is no progress.
        Action? reading = callbacks.OnImage;
        void OnImage() => reading?.Invoke();
        var input = InputView(data, OnImage);
        var view = (IDataView)new TableDataView([.. input, .. LabelView(data, data.Labels)], data.TrainRows);
        var validation = data.ValidationTable is { } table
            ? new TableDataView([.. FeatureView(data, table, "--validation", data.Ids.Column is null ? null : new string[table.RowCount], OnImage), .. LabelView(data, data.ValidationLabels)], data.ValidationRows)
            : (IDataView?)null;

        var model = new List<ITransformer>();
        foreach (var (step, kept) in LabelSteps().Select(s => (s, false)).Concat(InputSteps().Select(s => (s, true))))
        {
            cancellation.ThrowIfCancellationRequested();
            var fitted = step.Fit(view);
            view = fitted.Transform(view);
            validation = validation is null ? null : fitted.Transform(validation);
            // Labels are no input of a prediction, so their steps stay out of the saved model.
            if (kept)
                model.Add(fitted);
        }

        var trainer = ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = data.Labels.Select(label => label.Spec.Syntax.Column(label, data)).ToArray(),
            FeatureColumnNames = data.Images is null ? [FeatureSteps.FeaturesColumn] : ["Features"],
            ImageColumnName = data.Images is null ? null : ImageSteps.ImageColumn,
            ImageMemory = (long)(options.Images?.MemoryMiB ?? 0) << 20,
            OnBadRow = options.Images?.OnBadRow ?? OnBadRow.Fail,
            IdColumnName = data.Ids.Column,
            Validation = validation,
            Reviews = data.Reviews,
            Training = Training(callbacks),
            Detector = options.Detector ?? data.DefaultDetector(options.IsAudit),
            ChecksData = options.IsAudit && !options.Follows,
            KeepsLogVariancePaths = true,
            DetectorProgress = callbacks.OnScoring,
            CancellationToken = cancellation,
            KeepPartialModelOnCancel = true,
        });
        data.Table.Source.GiveBack();
        // For the scores as well: with all cores, predictions of small networks wait for a core that other work has.
        if (options.Threads != TrainingOptions.AutomaticThreads)
            LibTorch.UseThreads(options.Threads);
        var transformer = Fit(trainer, view);
        if (transformer.EffectiveOptions?.Threads is >= 1 and var found)
            LibTorch.UseThreads(found);
        data.Table.Source.GiveBack();
        reading = null;
        model.Add(transformer);
        var schema = new TableDataView(input, []).Schema;
        return new FlagResult(ml, transformer, new TransformerChain<ITransformer>([.. model]), schema, view, mostRank => Rows(transformer, mostRank)) { Findings = Findings(transformer) };
    }

    private ReportFinding[]? Findings(MultiTaskTransformer transformer) => transformer.Findings?.Select(finding => new ReportFinding(
        finding.Kind, finding.Task, FeatureSteps.Plain(finding.Title), FeatureSteps.Plain(finding.Text),
        [.. finding.Groups.Select(group => group.Select(id => data.Ids.Ids[data.RowOf(id)]).ToArray())], finding.Count)).ToArray();

    private MultiTaskTransformer Fit(MultiTaskTrainer trainer, IDataView view)
    {
        try
        {
            return trainer.Fit(view);
        }
        catch (DetectorMismatchException e)
        {
            throw new UserErrorException($"--score {options.Detector!.Name}: {e.Message}", e);
        }
        catch (CheckpointMismatchException e)
        {
            throw new UserErrorException($"{options.Out}: holds an unfinished run of another kind: {string.Join("; ", e.Differences.Select(OptionWords.Explain))}. Finish it with ilt resume {options.Out}, name another --out, or say --restart to throw it away.", e);
        }
        catch (FormatException e) when (e.Message.Contains(UnfinishedRun.FolderName, StringComparison.Ordinal))
        {
            throw new UserErrorException($"{e.Message} --restart does that.", e);
        }
        catch (Exception e) when (e is InvalidOperationException and not TrainingDivergedException or ArgumentException)
        {
            throw new UserErrorException(RunFailure.Explain(e, data) + ".", e);
        }
    }

    private TrainingOptions Training(TrainingCallbacks callbacks) => new()
    {
        Weighting = options.Weighting,
        WeightingOptions = options.WeightingOptions,
        InstanceLevel = options.InstanceLearningRate is { } step
            ? new InstanceTaskParameterOptions { StepSize = step }
            : new InstanceTaskParameterOptions(),
        Network = options.Images?.Network,
        Augmentation = options.Images?.Augmentation,
        PersonAugmentation = options.Images?.PersonFrame is { } frame ? new PersonAugmentation { PoseTask = PersonTasks.Pose(data.Labels)?.Spec.Name, ToCamera = frame } : null,
        Epochs = options.Epochs,
        BatchSize = options.Batch,
        LearningRate = options.LearningRate,
        Seed = options.Seed,
        Threads = options.Threads,
        Replicas = options.Replicas,
        Device = options.Device.Used,
        Precision = options.Precision,
        Memory = options.MemoryMiB is { } memory ? (long)memory << 20 : null,
        Checkpoint = Checkpoint(callbacks.OnNote),
        KeepPartialOnFailure = true,
        OnEpoch = callbacks.OnEpoch,
        OnBatch = new LongRunNote(options, callbacks).OnBatch,
        OnNote = callbacks.OnNote,
    };

    // Kept until the results are written, too.
    private CheckpointOptions? Checkpoint(Action<string> onNote) => options.Checkpoint.IsOn
        ? new CheckpointOptions(new UnfinishedRun(options.Out).Checkpoints)
        {
            Interval = options.Checkpoint.Interval ?? TimeSpan.Zero,
            Epochs = options.Checkpoint.Epochs,
            KeepWhenDone = true,
            OnNote = onNote,
        }
        : null;

    private IEnumerable<IEstimator<ITransformer>> InputSteps() => data.Images is { } images ? ImageSteps.Create(ml, images) : FeatureSteps.Create(ml, data.Features);

    /// <summary>The columns of the training table that the saved pipeline reads.</summary>
    public static IReadOnlyList<ViewColumn> InputView(FlagData data, Action? onImage = null) =>
        FeatureView(data, data.Table, "--features", data.Ids.Column is null ? null : data.Ids.Ids, onImage);

    private static IReadOnlyList<ViewColumn> FeatureView(FlagData data, Table table, string role, IReadOnlyList<string>? ids, Action? onImage)
    {
        var columns = data.Images is { } images ? [ImageSteps.Input(images, table, onImage)] : data.Features.View(table, role).ToList();
        if (ids is not null)
            columns.Add(ViewColumn.Texts(data.Ids.Column!, ids));
        return columns;
    }

    /// <summary>The columns in which the trainer gets labels.</summary>
    public static IEnumerable<ViewColumn> LabelView(FlagData data, IReadOnlyList<TaskLabel> labels) => labels.SelectMany(label => label.Spec.Syntax.View(label, data));

    private IEnumerable<IEstimator<ITransformer>> LabelSteps() => data.Labels.SelectMany(label => label.Spec.Syntax.Steps(ml, label, data));

    private IEnumerable<ScoredRow> Rows(MultiTaskTransformer transformer, int mostRank)
    {
        var labels = data.Labels.ToDictionary(l => l.Spec.Name);
        return NoiseScoreReader.Read(transformer.NoiseScores, mostRank).Select(score =>
        {
            var row = data.RowOf(score.Id);
            var label = labels[score.Task];
            return score with
            {
                Id = data.Ids.Ids[row],
                GivenLabel = label.GivenText(row),
                PredictedLabel = label.Spec.Syntax.PredictedText(score.PredictedLabel),
                SuggestedLabel = label.Spec.Syntax.PredictedText(score.SuggestedLabel),
            };
        });
    }
}
