using System.Globalization;
using Ilt.Detectors;
using Ilt.Parameters;
using Ilt.Rows;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Ilt.MLNet;

/// <summary>
/// Trains one network for several tasks and, in the same run, learns for every row and task how much to trust its label
/// (Instance-Level Task Parameters, Vasu, Saxena and Tuzel 2021). Made by <c>mlContext.MultiTask.Train</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description></description></listheader>
/// <item><term>Rows</term><description>feature vectors, or images of one size</description></item>
/// <item><term>Tasks</term><description>binary and multiclass classification, regression of one or several numbers, on images a class or a number per pixel, and numbers derived from other tasks; any mix</description></item>
/// <item><term>Normalisation of features wanted</term><description>yes, for example NormalizeMeanVariance; images are scaled in training</description></item>
/// <item><term>Caching wanted</term><description>no: rows are read once, into memory and beyond a budget (<see cref="TrainingOptions.Memory"/>, <see cref="Options.ImageMemory"/>) into scratch files</description></item>
/// <item><term>Missing labels</term><description>allowed per task: key 0, NaN, a vector with a NaN, a mask of 255 only, a map of NaN only; a derived task lacks one where a source does</description></item>
/// </list>
/// The columns it adds are listed at <see cref="MultiTaskTransformer"/>. Immutable, and may be fitted more than once; one seed and
/// one order of rows give one model. The seed is <see cref="TrainingOptions.Seed"/> where that is set. Where it is not, it is drawn from the
/// context when the trainer is made: contexts of one seed, asked for the same things in the same order, give one model, and a context
/// without a seed another one each time, as with ML.NET's own trainers. The log and <see cref="MultiTaskTransformer.EffectiveOptions"/> say
/// which it was.
/// <para>
/// Training runs on <see cref="TrainingOptions.Device"/>. Where that is the CPU, as by default, and <see cref="MLContext.GpuDeviceId"/> is set, it runs
/// on that CUDA device; where torch finds none of that number, <see cref="Fit"/> refuses to train, unless <see cref="MLContext.FallbackToCpu"/> is
/// true: then the log gets a warning. Training on a GPU has not been tried yet.
/// </para>
/// </remarks>
public sealed partial class MultiTaskTrainer : IEstimator<MultiTaskTransformer>
{
    private const int MostPaths = 200_000;

    private readonly MLContext context;
    private readonly IHost host;
    private readonly Options options;
    private readonly bool isSeedDrawn;

    /// <summary>Makes a trainer.</summary>
    /// <param name="mlContext">The context that gets the messages, and gives the seed where the options set none.</param>
    /// <param name="options">What to train, and how.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public MultiTaskTrainer(MLContext mlContext, Options options)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        ArgumentNullException.ThrowIfNull(options);
        context = mlContext;
        host = ((IHostEnvironment)mlContext).Register(nameof(MultiTaskTrainer));
        options = options.Checked();
        // Now and not in Fit, so that fitting twice, or the folds of a cross-validation in any order, give what one seed gives.
        isSeedDrawn = !options.Training.IsSeedSet;
        this.options = isSeedDrawn ? options with { Training = options.Training with { Seed = host.Rand.Next() } } : options;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return SchemaShapes.Append(inputSchema, OutputColumns.Of(TrainerSchema.Placeholder(options, inputSchema), setId: 1).Select(o => o.Column));
    }

    /// <summary>Reads the rows and trains.</summary>
    /// <param name="input">The training rows.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentException">
    /// A column is absent or of the wrong type, what a task is derived from does not fit its computation, or a review is of a row that is not there, or has no label.
    /// </exception>
    /// <exception cref="DetectorMismatchException">The <see cref="Options.Detector"/> says nothing of any task.</exception>
    /// <exception cref="DuplicateIdException">Two rows have one id.</exception>
    /// <exception cref="InvalidOperationException">
    /// A bad row, a task from whose labels nothing can be learned, training diverged (<see cref="TrainingDivergedException"/>), a GPU was asked for and no
    /// fallback to the CPU, or a training is under way beside which this one cannot run: with another number of threads, or both with a custom network.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled, unless <see cref="Options.KeepPartialModelOnCancel"/>.</exception>
    public MultiTaskTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var schema = TrainerSchema.Read(options, input.Schema);
        if (options.Validation is { } view) ValidationSchema.Check(options, schema, view.Schema);

        using var channel = host.Start("Training");
        if (isSeedDrawn) Say(channel, $"Seed {options.Training.Seed}, drawn from the MLContext; {nameof(TrainingOptions)}.{nameof(TrainingOptions.Seed)} repeats the run");
        var (device, remark) = ContextDevice.Choose(options.Training.Device, context.GpuDeviceId, context.FallbackToCpu, TrainingDevice.CountCuda);
        if (remark is not null) channel.Warning(MessageSensitivity.None, remark);
        device = device.Resolve(note => Say(channel, note));
        if (device != TrainingDevice.Cpu) Say(channel, $"Training on {device}");
        using var stores = new PixelStores(options.ImageMemory, tableBytes: options.Training.Memory);
        var (training, validation) = ReadRows(input, stores, ref schema);
        var index = Index(training);
        var warnings = LabelChecks.Check(schema.Tasks, training.Data.Labels).ToList();
        var skipped = training.Skipped + (options.Validation is null ? 0 : validation!.Skipped);
        if (skipped > 0)
            warnings.Insert(0, FormattableString.Invariant($"{skipped} row(s) were skipped, the first because: {training.FirstSkipped ?? validation?.FirstSkipped}."));
        if (training.InputWarning is { } doubt) warnings.Insert(0, doubt);
        foreach (var warning in warnings) channel.Warning(MessageSensitivity.UserData, warning);

        var definitions = schema.ToDefinitions();
        var scoring = new LabelScoring(options.Detector, definitions, training.Data)
        {
            OnProgress = progress => OnProgress(channel, progress),
            OnNote = note => OnNote(channel, note),
        };
        scoring.Check();
        var shape = training.Data.Input;
        Say(channel, $"Training {schema.Tasks.Count} task(s) on {training.Data.RowCount} {(shape.IsImage ? $"images of {shape.Height} x {shape.Width} x {shape.Channels}" : $"rows of {shape.Size} features")}; {validation?.Data.RowCount ?? 0} validation rows");
        if (training.Data is StreamedTable streamed)
        {
            // What reading so many rows needed for a moment would stay for long otherwise.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            Say(channel, $"The features, {Math.Max(1, streamed.Bytes >> 20)} MiB, are more than the memory for them: they are in a scratch file, and rows are visited as {nameof(StreamedTable)} says");
        }
        var result = MultiTaskTraining.Train(
            definitions,
            training.Data,
            validation?.Data,
            options.Training with { Device = device, WatchedRows = WatchedRows(training.Data), OnEpoch = report => OnEpoch(channel, schema, report), OnNote = note => OnNote(channel, note) },
            options.CancellationToken);
        try
        {
            if (!result.Completed && result.Failure is null && !options.KeepPartialModelOnCancel)
                throw new OperationCanceledException($"Training was cancelled after {result.History.Count} finished epoch(s). Set {nameof(Options.KeepPartialModelOnCancel)} to keep what was learned.", options.CancellationToken);
            var (scored, isScored) = Score(scoring, result);
            foreach (var note in scored.Report.Notes) Say(channel, note);
            foreach (var warning in result.Warnings) channel.Warning(MessageSensitivity.UserData, warning);
            var stop = isScored ? options.CancellationToken : default;
            var predictions = InstanceTable.Predictions(schema.Tasks, training.Data, result);
            var evidence = LabelAudits.Evidence(definitions, training.Data, scored, predictions, result.EffectiveOptions.Seed);
            IReadOnlyList<DataFinding>? findings = null;
            var audits = new Auditing.TaskAudit?[evidence.Length];
            try
            {
                audits = LabelAudits.Of(evidence, stop);
                if (options.ChecksData && result.Completed)
                    findings = DataFindings.Of(schema, input.Schema, training.Data, index, evidence, result.Model, result.EffectiveOptions.Seed, stop);
            }
            catch (OperationCanceledException) when (options.KeepPartialModelOnCancel)
            {
                // The ranking took long and is there: it is kept without what was still to be found.
                isScored = false;
            }

            foreach (var finding in findings ?? []) Say(channel, $"{finding.Kind}: {finding.Title}");
            var fitted = new FittedModel
            {
                Schema = schema,
                Model = result.Model,
                Instances = InstanceTable.Of(index, schema.Tasks, training, result, scored, predictions, audits),
                History = result.History,
                ValidationMetrics = result.ValidationMetrics,
                Warnings = [.. warnings, .. result.Warnings],
                IsComplete = result.Completed && isScored,
                Scoring = scored.Report,
                Failure = result.Failure,
                SkippedRows = skipped,
                EffectiveOptions = result.EffectiveOptions,
                Lengths = result.Lengths,
                Pixels = result.Pixels,
                Findings = findings,
                Variances = result.LogVarianceHistory,
            };
            foreach (var note in LibTorch.Notes) Say(channel, note);
            for (var k = 0; k < (result.Lengths?.Count ?? 0); k++) Say(channel, $"Task '{schema.Tasks[k].Task.Name}': " + result.Lengths![k].Reason);
            Say(channel, $"Training {(result.Completed ? "finished" : result.Failure is null ? "was cancelled" : "broke off")} after {result.History.Count} epoch(s)");
            return new MultiTaskTransformer(fitted);
        }
        catch
        {
            result.Model.Dispose();
            throw;
        }
    }

    private IReadOnlyList<int> WatchedRows(TrainingData data) =>
        options.KeepsLogVariancePaths && options.Training.WatchedRows.Count == 0 && (long)data.RowCount * data.Labels.Count <= MostPaths
            ? [.. Enumerable.Range(0, data.RowCount)] : options.Training.WatchedRows;

    // False where it was cancelled, and the noise score took the detector's place.
    private (LabelScores Scores, bool IsComplete) Score(LabelScoring scoring, TrainingResult result)
    {
        try
        {
            return (scoring.Score(result, options.Training, options.CancellationToken), true);
        }
        catch (OperationCanceledException) when (options.KeepPartialModelOnCancel)
        {
            return (scoring.Without(result, "it was cancelled"), false);
        }
    }

    // Completes the schema with what only the rows tell.
    private (DataRows Training, DataRows? Validation) ReadRows(IDataView input, PixelStores stores, ref TrainerSchema schema)
    {
        var token = options.CancellationToken;
        var rows = RowReader.Read(input, schema, stores, options.OnBadRow, "training", token, options.Reviews.Count == 0 ? null : new LabelReviews(options.Reviews, schema));
        schema = schema.Complete(rows);
        if (options.Validation is { } view)
            return (rows, RowReader.Read(view, schema with { IdColumnName = null }, stores, options.OnBadRow, "validation", token));
        if (options.ValidationFraction is not { } fraction) return (rows, null);
        Index(rows); // ids must be unique over all rows, wherever the split puts them
        IReadOnlyList<int>[] classes = [.. schema.Tasks.Zip(rows.Data.Labels, (task, labels) => task.Binding.Classes(labels)).OfType<IReadOnlyList<int>>()];
        var (training, validation) = RowSplit.Split(rows.Data.RowCount, classes, fraction, options.Training.Seed);
        if (training.Length == 0 || validation.Length == 0)
            throw new InvalidOperationException(FormattableString.Invariant($"No row can be set aside for {nameof(Options.ValidationFraction)} {fraction}: of {rows.Data.RowCount} row(s), two of every class stay in training. Give more rows, or leave {nameof(Options.ValidationFraction)} out."));
        return (rows.Subset(training), rows.Subset(validation));
    }

    private static InstanceIndex Index(DataRows rows)
    {
        if (rows.Ids is null)
        {
            var whole = rows.Positions.Length > 0 && rows.Positions[^1] == rows.Positions.Length;
            return whole
                ? InstanceIndex.FromPositions(rows.Positions.Length)
                : new InstanceIndex([.. rows.Positions.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        }
        try
        {
            return new InstanceIndex(rows.Ids);
        }
        catch (DuplicateIdException e)
        {
            // Skipped rows have no place in the index; the user counts them.
            throw new DuplicateIdException(e.Id, rows.Positions[e.FirstPosition - 1], rows.Positions[e.SecondPosition - 1]);
        }
    }

    private void OnEpoch(IChannel channel, TrainerSchema schema, EpochReport report)
    {
        var fit = report.Fits > 1 ? FormattableString.Invariant($"Fit {report.Fit} of {report.Fits}, epoch") : "Epoch";
        Say(channel, FormattableString.Invariant($"{fit} {report.Epoch} of {report.Epochs}: ") + string.Join(", ", schema.Tasks.Select((task, k) =>
        {
            var validation = report.Validation is { } metrics ? FormattableString.Invariant($" (validation {metrics[k].Loss:G4})") : "";
            return FormattableString.Invariant($"{task.Task.Name} loss {report.TrainLoss[k]:G4}{validation}");
        })));
        options.Training.OnEpoch?.Invoke(report);
        options.Progress?.Invoke(report);
    }

    private void OnProgress(IChannel channel, DetectorProgress progress)
    {
        Say(channel, FormattableString.Invariant($"Scores, fit {progress.Done} of {progress.All}: ") + progress.Stage);
        options.DetectorProgress?.Invoke(progress);
    }

    private void OnNote(IChannel channel, string note)
    {
        Say(channel, note);
        options.Training.OnNote?.Invoke(note);
    }

    // Without arguments the channel does not format, so that braces in names are safe.
    private static void Say(IChannel channel, FormattableString text) => channel.Info(MessageSensitivity.None, FormattableString.Invariant(text));

    private static void Say(IChannel channel, string text) => channel.Info(MessageSensitivity.None, text);
}
