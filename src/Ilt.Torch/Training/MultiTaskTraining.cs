using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>Trains: checks what is given, chooses what is left open, finds the length where none is named, and goes through <see cref="TrainingRun"/>.</summary>
public static class MultiTaskTraining
{
    // With the search for the number of epochs.
    private const int Fits = LengthSearch.Halves + 1;

    /// <summary>Trains one network for all tasks.</summary>
    /// <param name="tasks">At least one task; names are unique.</param>
    /// <param name="train">Training rows. A row without a label for a task contributes nothing to that task.</param>
    /// <param name="validation">Rows kept out of training, or null.</param>
    /// <param name="options">What is left null is chosen from the data.</param>
    /// <param name="cancellation">When cancelled, training stops after the step under way and returns what was learned so far.</param>
    /// <exception cref="ArgumentException">Options, tasks or data do not fit.</exception>
    /// <exception cref="InvalidOperationException">
    /// A loss became infinite or NaN (<see cref="TrainingDivergedException"/>), a training with another number of threads, with the same folder of
    /// checkpoints, or like this one with a custom network is under way, or the CUDA device asked for is not there.
    /// </exception>
    /// <exception cref="RankFailedException">Another rank of <see cref="TrainingOptions.Replicas"/> cannot go on, or has another training before it.</exception>
    /// <exception cref="CheckpointMismatchException">The folder of checkpoints holds that of another training.</exception>
    /// <exception cref="FormatException">The checkpoints of the folder are damaged.</exception>
    /// <remarks>
    /// Trainings at the same time give what they give one after another. Two things are torch's, one per process: the number of threads, so
    /// trainings side by side must ask for the same; and the generator of torch's own dropout, which a <see cref="CustomNetworkDefinition"/> with such
    /// layers seeds: a second training with a custom network is refused while one is under way. What else in the process draws from that generator
    /// meanwhile, such as TorchSharp code of the program's own, still changes what such a network learns.
    /// </remarks>
    public static TrainingResult Train(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options, CancellationToken cancellation = default) =>
        Train(tasks, train, validation, options, ThreadMeasuring.Real, cancellation);

    internal static TrainingResult Train(
        IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options, ThreadMeasuring measuring, CancellationToken cancellation)
    {
        LibTorch.Load();
        Check(tasks, train, validation, options);
        options = options with { Device = options.Device.Resolve() };
        var filled = TrainingDefaults.Fill(options, train.RowCount, train.Input, tasks);
        train.Input.Modality.CheckNetwork(train.Input, filled);
        using var threads = options.Threads == TrainingOptions.AutomaticThreads ? AutomaticThreads.Find(tasks, train, filled, measuring, cancellation) : null;
        if (threads?.Choice is { } choice)
        {
            (options, filled) = (options with { Threads = choice.Threads }, filled with { Threads = choice.Threads });
            options.OnNote?.Invoke(choice.Note);
        }
        var search = options.Epochs is null && train.Input.Modality.FindsLength ? LengthSearch.Prepare(tasks, train, filled) : null;
        using var checkpoints = Checkpoints.Open(options.Ranks(), options.Checkpoint, () => RunIdentity.Of(tasks, train, validation, filled, search is not null), search);
        var result = search is null
            ? TrainingRun.Go(new(tasks, train, validation, filled), checkpoints, cancellation)
            : AfterSearch(search, tasks, train, validation, options, filled, checkpoints, cancellation);
        if (result.Completed) checkpoints.Complete();
        return result;
    }

    /// <summary>How long <see cref="Train(IReadOnlyList{TaskDefinition}, TrainingData, TrainingData?, TrainingOptions, CancellationToken)"/> would train each task.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="train">The training rows.</param>
    /// <param name="options">The user's options, with a device that is there and a number of threads.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <returns>Null where the options name a number of epochs, or it follows from the number of rows alone.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static TrainingLength? FindLength(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options, CancellationToken cancellation)
    {
        LibTorch.Load();
        Check(tasks, train, null, options);
        var filled = TrainingDefaults.Fill(options, train.RowCount, train.Input, tasks);
        var search = options.Epochs is null && train.Input.Modality.FindsLength ? LengthSearch.Prepare(tasks, train, filled) : null;
        if (search is null) return null;
        using var checkpoints = Checkpoints.Open(options.Ranks(), null, () => RunIdentity.Of(tasks, train, null, filled, lengthIsFound: true), search);
        if (TrainHalves(search, tasks, filled, checkpoints, cancellation) is not { } cancelled) return search.Result();
        cancelled.Model.Dispose();
        throw new OperationCanceledException(cancellation);
    }

    /// <summary>One fit by complete options: nothing is chosen, found or kept.</summary>
    /// <exception cref="ArgumentException">Options, tasks or data do not fit.</exception>
    internal static TrainingResult Fit(TrainingJob job, CancellationToken cancellation)
    {
        LibTorch.Load();
        var (tasks, train, validation, options) = job;
        Check(tasks, train, validation, options);
        using var checkpoints = Checkpoints.Open(options.Ranks(), null, () => RunIdentity.Of(tasks, train, validation, options, lengthIsFound: false), null);
        return TrainingRun.Go(job, checkpoints, cancellation);
    }

    // Two fits on a half each say how long; the last one is on all rows.
    private static TrainingResult AfterSearch(
        LengthSearch search, IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options, TrainingOptions filled,
        Checkpoints checkpoints, CancellationToken cancellation)
    {
        if (TrainHalves(search, tasks, filled, checkpoints, cancellation) is { } cancelled) return OfHalf(cancelled, search.Result(), tasks, train, filled);
        var length = search.Result();
        filled = TrainingDefaults.Fill(options with { Epochs = length.Epochs }, train.RowCount, train.Input, tasks);
        return TrainingRun.Go(new(tasks, train, validation, filled) { Fit = Fits, Fits = Fits, Length = length }, checkpoints, cancellation);
    }

    // Null when both are done, else the one that was cancelled.
    private static TrainingResult? TrainHalves(
        LengthSearch search, IReadOnlyList<TaskDefinition> tasks, TrainingOptions filled, Checkpoints checkpoints, CancellationToken cancellation)
    {
        for (var fit = checkpoints.FirstFit; fit < Fits; fit++)
        {
            var half = fit - 1;
            // Watched rows are rows of the whole.
            var job = new TrainingJob(tasks, search.Rows(half), null, filled with { WatchedRows = [] }) { Fit = fit, Fits = Fits, GoOn = (epoch, model) => search.Measure(half, epoch, model) };
            var result = TrainingRun.Go(job, checkpoints, cancellation);
            if (!result.Completed) return result;
            result.Model.Dispose();
        }
        return null;
    }

    // Cancelled while the length was being found: the network of half of the rows, and scores of the rows that it has not seen.
    private static TrainingResult OfHalf(TrainingResult half, TrainingLength length, IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options) => new()
    {
        Model = half.Model,
        Scores = new InstanceScores(new LossStatistics(train.RowCount, tasks.Count, memory: options.MemoryBudget()), null, train.Labels, length),
        History = half.History,
        EffectiveOptions = options,
        Completed = false,
        Failure = half.Failure,
        BestEpoch = half.BestEpoch,
        Warnings = [$"Training {(half.Failure is null ? "was cancelled" : "broke off")} while the number of epochs was being found: the model has learned from half of the rows, and only rows that it has not seen have a score."],
    };

    private static void Check(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options)
    {
        options.Validate();
        if (tasks.Count == 0) throw new ArgumentException("There is no task; name at least one.", nameof(tasks));
        foreach (var task in tasks) task.Validate();
        var repeated = tasks.GroupBy(t => t.Name).FirstOrDefault(g => g.Count() > 1);
        if (repeated is not null) throw new ArgumentException($"Two tasks are named '{repeated.Key}'; give each its own name.", nameof(tasks));
        if (train.RowCount < 2) throw new ArgumentException($"There are {train.RowCount} training row(s); at least 2 are needed.", nameof(train));
        if (options.WatchedRows.Any(row => row < 0 || row >= train.RowCount))
            throw new ArgumentException($"{nameof(options.WatchedRows)} must be rows from 0 to {train.RowCount - 1}, found {options.WatchedRows.First(row => row < 0 || row >= train.RowCount)}.", nameof(options));
        foreach (var task in tasks) task.CheckSources(tasks);
        MultiTaskModel.CheckLabels(tasks, train, training: true);
        train.Input.Modality.Check(options);
        options.PersonAugmentation?.Check(tasks, train.Input);
        if (validation is null) return;
        MultiTaskModel.CheckLabels(tasks, validation, training: false);
        if (validation.Input != train.Input)
            throw new ArgumentException(
                $"The validation rows have {validation.Input.Modality.ContentInWords(validation.Input)}, " +
                $"the training rows {train.Input.Modality.ContentInWords(train.Input)}.", nameof(validation));
    }
}
