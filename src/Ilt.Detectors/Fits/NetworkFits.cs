using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>
/// The networks that a detector fits. All are trained as one on all rows would be: what the options leave open is chosen from all rows, and where no
/// number of epochs is named it is found once, on all rows: single numbers, from which no label of a row can be told.
/// </summary>
internal sealed class NetworkFits : IDisposable
{
    private readonly DetectorInput input;
    private readonly AutomaticThreads? threads;
    private readonly object gate = new();
    private readonly int planned;

    private NetworkFits(DetectorInput input, TrainingOptions options, AutomaticThreads? threads, TrainingLength? length, int done, int planned)
    {
        (this.input, Options, this.threads, Length, Done, this.planned) = (input, options, threads, length, done, planned);
    }

    /// <summary>Complete options.</summary>
    public TrainingOptions Options { get; }

    /// <summary>How long each task is to be trained; null: all for as many epochs as the options say.</summary>
    public TrainingLength? Length { get; }

    /// <summary>Fits done, those that found the length among them.</summary>
    public int Done { get; private set; }

    /// <summary>Chooses what is left open; finds the length where it is neither named nor known from a finished training under the same weighting.</summary>
    /// <param name="input">Rows, labels and options.</param>
    /// <param name="weighting">How losses are weighed; null: as the options say.</param>
    /// <param name="planned">Fits to come.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NetworkFits Open(DetectorInput input, LossWeightingKind? weighting, int planned, CancellationToken cancellation)
    {
        var (tasks, train, asked) = input;
        LibTorch.Load();
        var options = Quiet(asked) with { Weighting = weighting ?? asked.Weighting, Device = asked.Device.Resolve() };
        var filled = TrainingDefaults.Fill(options, train.RowCount, train.Input, tasks);
        train.Input.Modality.CheckNetwork(train.Input, filled);
        var threads = options.Threads == TrainingOptions.AutomaticThreads
            ? AutomaticThreads.Find(tasks, train, filled, ThreadMeasuring.Real, cancellation)
            : null;
        try
        {
            if (threads is { Choice: var choice })
            {
                options = options with { Threads = choice.Threads };
                input.OnNote?.Invoke(choice.Note);
            }
            var searched = 0;
            var length = options.Weighting == asked.Weighting ? input.Finished?.Length : null;
            if (length is null && (length = MultiTaskTraining.FindLength(tasks, train, options, cancellation)) is not null)
            {
                searched = LengthSearch.Halves;
                input.OnProgress?.Invoke(new("number of epochs", searched, searched + planned));
            }
            filled = TrainingDefaults.Fill(length is null ? options : options with { Epochs = length.Epochs }, train.RowCount, train.Input, tasks);
            return new(input, filled, threads, length, searched, searched + planned);
        }
        catch
        {
            threads?.Dispose();
            throw;
        }
    }

    /// <summary>Trains on all rows as the options say, and keeps the scores.</summary>
    /// <returns>The scores, and the fits that it took.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static (InstanceScores Scores, int Fits) Scores(DetectorInput input, CancellationToken cancellation)
    {
        var (tasks, train, options) = input;
        var result = MultiTaskTraining.Train(tasks, train, null, Quiet(options) with { OnNote = input.OnNote }, cancellation);
        using var model = result.Model;
        if (!result.Completed) throw new OperationCanceledException(cancellation);
        return (result.Scores, result.History[^1].Fits);
    }

    /// <summary>The options without what is about a run that a user watches and goes on with.</summary>
    public static TrainingOptions Quiet(TrainingOptions options) =>
        options with { Checkpoint = null, WatchedRows = [], OnEpoch = null, OnBatch = null, OnNote = null, EarlyStoppingPatience = 0, KeepPartialOnFailure = false };

    /// <summary>Epochs for which a task is trained.</summary>
    public int EpochsOf(int task) => Length?.Tasks[task].Epochs ?? Options.Epochs!.Value;

    /// <summary>Trains one network. The caller disposes the model.</summary>
    /// <param name="stage">What it is, for the progress.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="change">Changes the job; null: as it is.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingResult Fit(string stage, IReadOnlyList<TaskDefinition> tasks, TrainingData rows, Func<TrainingJob, TrainingJob>? change, CancellationToken cancellation)
    {
        var job = new TrainingJob(tasks, rows, null, Options);
        var result = MultiTaskTraining.Fit(change?.Invoke(job) ?? job, cancellation);
        if (!result.Completed)
        {
            result.Model.Dispose();
            throw new OperationCanceledException(cancellation);
        }
        lock (gate)
        {
            Done++;
            input.OnProgress?.Invoke(new(stage, Done, planned));
        }
        return result;
    }

    public void Dispose() => threads?.Dispose();
}
