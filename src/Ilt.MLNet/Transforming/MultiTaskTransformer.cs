using Ilt.Detection;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// A trained multi-task model: adds predictions for any data, and noise columns for the rows it was trained on.
/// </summary>
/// <remarks>
/// Columns added per task <c>t</c>, by the type of its label column:
/// <list type="table">
/// <listheader><term>label</term><description>columns</description></listheader>
/// <item><term>key</term><description><c>t.PredictedLabel</c> (key with the label's values; missing where the outputs are NaN), <c>t.Score</c> (vector of class probabilities)</description></item>
/// <item><term>bool</term><description><c>t.PredictedLabel</c> (bool), <c>t.Score</c> (log odds), <c>t.Probability</c> (of true)</description></item>
/// <item><term>number</term><description><c>t.Score</c> (number, in the label's units)</description></item>
/// <item><term>vector</term><description><c>t.Score</c> (vector, in the label's units)</description></item>
/// <item><term>mask</term><description><c>t.PredictedLabel</c> (vector of <see cref="byte"/> [H, W], the most probable class of each pixel), <c>t.Score</c> (vector [classes, H, W] of probabilities)</description></item>
/// <item><term>map</term><description><c>t.Score</c> (vector [H, W], in the label's units)</description></item>
/// <item><term>derived</term><description><c>t.Score</c> (vector, what the computation gives for the predictions of its sources)</description></item>
/// </list>
/// The predictions of the default task (<see cref="MultiTaskTrainer.Options.DefaultTask"/>; the only task where there is one) also stand in
/// <c>PredictedLabel</c>, <c>Score</c> and <c>Probability</c>, so that ML.NET's <c>CrossValidate</c> and evaluators need no column names.
/// Where an id column is named, also <c>t.NoiseScore</c> (higher = the label is more likely wrong), <c>t.LogVariance</c>, <c>t.ProbabilityWrong</c> and <c>t.IsFlagged</c>,
/// looked up by id: NaN and false for an id that was not trained on, and for a row without a label for the task. These are about the
/// label given in training; they say nothing about new data. The last two need a detector with predictions that have not seen the rows, as <see cref="NoiseScores"/> says.
/// Predictions read the input view twice, by a second cursor that runs ahead, so it must be repeatable: the same rows, in the same order.
/// Safe to use from several threads. Save with <c>mlContext.Model.Save</c>, load with <see cref="MultiTaskCatalog.LoadModel(string, out DataViewSchema, Ilt.Torch.CustomNetworkDefinition, IReadOnlyList{Ilt.Torch.TaskDerivation})"/>.
/// </remarks>
public sealed partial class MultiTaskTransformer : ITransformer, IDisposable
{
    private readonly Lazy<IDataView> noiseScores;
    private readonly Lazy<IDataView> flagged;

    internal MultiTaskTransformer(FittedModel fitted)
    {
        Fitted = fitted;
        noiseScores = new Lazy<IDataView>(() => NoiseScoreView.Create(fitted.Schema.Tasks, fitted.Instances));
        flagged = new Lazy<IDataView>(() => FilteredView.Where(NoiseScores, OutputColumns.IsFlagged, keep: true));
    }

    internal FittedModel Fitted { get; }

    /// <summary>
    /// One row per training row and task it has a label for, most suspicious first within a task. Columns: Id (text), Task (text),
    /// Rank (int, from 1 within the task), NoiseScore (float, higher = more likely wrong, comparable within a task only),
    /// LogVariance (float), Loss (float, at the row's last training visit), GivenLabel and PredictedLabel (text; empty for masks, maps and derived tasks),
    /// ProbabilityWrong (float, 0 to 1), IsFlagged (bool), SuggestedLabel (text), Confidence (float; of a class its probability, of a single number half the 90 % interval in its
    /// unit), Difficulty (float, 0 to 1, of the row whatever its label) and Reviewed (text: "right" or "corrected" where <see cref="MultiTaskTrainer.Options.Reviews"/> says so). Where the detector has predictions of models that had not seen the row, PredictedLabel is
    /// theirs, else that of this model; the columns from ProbabilityWrong on need such a detector, and are NaN, false or empty without one, or where an audit cannot tell.
    /// </summary>
    public IDataView NoiseScores => noiseScores.Value;

    /// <summary>The flagged rows of <see cref="NoiseScores"/>, with its columns.</summary>
    public IDataView Flagged => flagged.Value;

    /// <summary>Per task how many labels are wrong; empty where the detector has no predictions of models that had not seen the rows.</summary>
    public IReadOnlyList<LabelAuditSummary> Audits =>
    [
        .. Fitted.Instances.Tasks.Zip(Fitted.Schema.Tasks).Where(pair => pair.First.Audit is not null).Select(pair => new LabelAuditSummary(
            pair.Second.Task.Name, pair.First.NoiseScores.Count(score => !float.IsNaN(score)), pair.First.Audit!.IsFlagged.Count(isFlagged => isFlagged), pair.First.Audit.Share)),
    ];

    /// <summary>What was found in the training rows beside wrong labels, the most important first; null without <see cref="MultiTaskTrainer.Options.ChecksData"/>, where the
    /// training was cancelled, and on a loaded model.</summary>
    public IReadOnlyList<DataFinding>? Findings => Fitted.Findings;

    /// <summary>The log-variance of a row at the end of every epoch, where <see cref="TrainingOptions.WatchedRows"/> names it.</summary>
    /// <param name="id">Id of a training row.</param>
    /// <param name="taskName">A task of this model.</param>
    /// <returns>One number per epoch; null where the row was not watched, no log-variances were learned, or the model was loaded from a file.</returns>
    public float[]? GetLogVariancePath(string id, string taskName)
    {
        var task = Fitted.Schema.Tasks.Select(task => task.Task.Name).ToList().IndexOf(taskName);
        return Fitted.Variances is { Epochs: > 0 } history && task >= 0 && Fitted.Instances.Index.TryGetRow(id, out var row) && history.WatchedRows.Contains(row)
            ? history.Path(row, task)
            : null;
    }

    /// <summary>The trained network with its tasks and scales, which is disposed with the transformer.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public MultiTaskModel Model
    {
        get
        {
            Fitted.RequireAlive();
            return Fitted.Model;
        }
    }

    /// <summary>The columns that the network reads: its features, in their order, or its image.</summary>
    public IReadOnlyList<string> InputColumnNames => [.. Fitted.Schema.InputColumnNames];

    /// <summary>Names of the numbers that are predicted for a row: the classes (false, true of a boolean), or the components of a vector.</summary>
    /// <param name="taskName">A task of this model.</param>
    /// <returns>As many as there are numbers; null where they have no names.</returns>
    /// <exception cref="ArgumentException">There is no such task.</exception>
    public IReadOnlyList<string>? GetOutputNames(string taskName)
    {
        var task = Fitted.Schema.Tasks.FirstOrDefault(task => task.Task.Name == taskName)
            ?? throw new ArgumentException($"There is no task '{taskName}'; there are {string.Join(", ", Tasks.Select(one => $"'{one.Name}'"))}.", nameof(taskName));
        return task.Binding.OutputNames(task);
    }

    /// <summary>The tasks, in the order of training.</summary>
    public IReadOnlyList<TaskColumn> Tasks => [.. Fitted.Schema.Tasks.Select(task => task.Task)];

    /// <summary>What each finished epoch brought, in order.</summary>
    public IReadOnlyList<EpochReport> History => Fitted.History;

    /// <summary>Per task: metrics of this model on the validation rows, of a cancelled one after its last finished epoch; empty where there were none.</summary>
    public IReadOnlyList<TaskMetrics> ValidationMetrics => Fitted.ValidationMetrics;

    /// <summary>Why training broke off, where <see cref="TrainingOptions.KeepPartialOnFailure"/> kept what was learned; null otherwise, and on a loaded model.</summary>
    public Exception? Failure => Fitted.Failure;

    /// <summary>False when training was cancelled, or broke off (<see cref="Failure"/>), and the partial model kept.</summary>
    public bool IsComplete => Fitted.IsComplete;

    /// <summary>Rows that training left out, training and validation together, see <see cref="OnBadRow.Skip"/>.</summary>
    public long SkippedRows => Fitted.SkippedRows;

    /// <summary>What a user should know before trusting the ranking, in sentences; also sent to <c>MLContext.Log</c> during training.</summary>
    public IReadOnlyList<string> Warnings => Fitted.Warnings;

    /// <summary>By what the training rows are ranked, and what that cost; null on a loaded model.</summary>
    public ScoringReport? Scoring => Fitted.Scoring;

    /// <summary>The training options with all that was left open filled in; null on a loaded model.</summary>
    public TrainingOptions? EffectiveOptions => Fitted.EffectiveOptions;

    /// <summary>
    /// Per task, for how many epochs it was trained; null where their number was named or follows from the number of rows alone, and for a loaded model.
    /// </summary>
    public IReadOnlyList<TaskLength>? TaskLengths => Fitted.Lengths;

    /// <summary>Says where in the most suspicious label images of a task the label does not fit.</summary>
    /// <param name="data">The training rows, with the columns that the trainer saw. Only the rows examined are read.</param>
    /// <param name="taskName">A task with masks or maps.</param>
    /// <param name="count">How many rows, from the highest noise score down.</param>
    /// <param name="regions">Which regions to report; null = the defaults.</param>
    /// <returns>One entry per row, most suspicious first, made as it is asked for. Not to be mixed with predictions on another thread.</returns>
    /// <exception cref="ArgumentException">A column or the task is absent or of the wrong kind, or an argument is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The model was loaded from a file.</exception>
    public IEnumerable<LabelImageExamination> ExamineLabelImages(IDataView data, string taskName, int count = 20, RegionOptions? regions = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Fitted.RequireAlive();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var examiner = new LabelImageExaminer(Fitted, data, taskName, regions);
        return examiner.Examine([.. Ranking(taskName).Take(count)]);
    }

    /// <summary>Says where in the label images of some rows the label does not fit.</summary>
    /// <param name="data">The training rows, with the columns that the trainer saw. Only the rows examined are read.</param>
    /// <param name="taskName">A task with masks or maps.</param>
    /// <param name="ids">Ids of training rows (positions, from 1, where no id column was named). Rows without a label for the task are left out.</param>
    /// <param name="regions">Which regions to report; null = the defaults.</param>
    /// <returns>One entry per row, most suspicious first, made as it is asked for. Not to be mixed with predictions on another thread.</returns>
    /// <exception cref="ArgumentException">A column or the task is absent or of the wrong kind, an id was not trained on, or an option is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The model was loaded from a file.</exception>
    public IEnumerable<LabelImageExamination> ExamineLabelImages(IDataView data, string taskName, IReadOnlyCollection<string> ids, RegionOptions? regions = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(ids);
        Fitted.RequireAlive();
        var examiner = new LabelImageExaminer(Fitted, data, taskName, regions);
        var wanted = ids.Select(id => Fitted.Instances.Index.TryGetRow(id, out var row)
            ? row
            : throw new ArgumentException($"No training row has the id '{id}'.", nameof(ids))).ToHashSet();
        return examiner.Examine([.. Ranking(taskName).Where(wanted.Contains)]);
    }

    private int[] Ranking(string taskName)
        => Fitted.Instances.Ranking(Enumerable.Range(0, Fitted.Schema.Tasks.Count).First(k => Fitted.Schema.Tasks[k].Task.Name == taskName));

    /// <summary>Always true: an output row depends on its input row only.</summary>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new MultiTaskMapper(Fitted, inputSchema).OutputSchema;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transformer was disposed; reading a view that it made says so too.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Fitted.RequireAlive();
        return new AddedColumnsView(input, new MultiTaskMapper(Fitted, input.Schema));
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Fitted.RequireAlive();
        return new MultiTaskMapper(Fitted, inputSchema);
    }

    /// <summary>
    /// Frees the network: from then on the transformer can neither predict nor be saved; its noise scores and history can still be read. A
    /// pipeline disposes the transformers it holds, and a <see cref="PredictionEngine{TSrc, TDst}"/> owns the pipeline it was made from and
    /// disposes it with itself, unless it was made with <see cref="PredictionEngineOptions.OwnsTransformer"/> = false.
    /// </summary>
    public void Dispose() => Fitted.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Fitted.RequireAlive();
        ModelCarrier.Create(ModelCarrier.Model, FittedModelFormat.Write(Fitted)).Save(ctx);
    }
}
