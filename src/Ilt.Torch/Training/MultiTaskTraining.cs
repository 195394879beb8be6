using System.Diagnostics;
using Ilt.Detection;
using Ilt.Parameters;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>The training loop: every task kind, every weighting and every caller goes through it.</summary>
public static class MultiTaskTraining
{
    /// <summary>Trains one network for all tasks.</summary>
    /// <param name="tasks">At least one task; names are unique.</param>
    /// <param name="train">Training rows. A row without a label for a task contributes nothing to that task.</param>
    /// <param name="validation">Rows kept out of training, or null.</param>
    /// <param name="options">What is left null is chosen from the data.</param>
    /// <param name="cancellation">When cancelled, training stops after the step under way and returns what was learned so far.</param>
    /// <exception cref="ArgumentException">Options, tasks or data do not fit.</exception>
    /// <exception cref="InvalidOperationException">A loss became infinite or NaN, or a training with another number of threads is under way.</exception>
    /// <remarks>
    /// Trainings at the same time give what they give one after another. Two things are torch's, one per process: the number of threads, so
    /// trainings side by side must ask for the same; and the generator of torch's own dropout. A <see cref="CustomNetworkDefinition"/> with such
    /// layers seeds it, and repeats exactly only while nothing else draws from it.
    /// </remarks>
    public static TrainingResult Train(IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingData? validation, TrainingOptions options, CancellationToken cancellation = default)
    {
        LibTorch.Load();
        Check(tasks, train, validation, options);
        var filled = TrainingDefaults.Fill(options, train.RowCount, train.Input, tasks);
        if (filled.Augmentation?.Crop is { } crop) filled.Network!.CheckInput(train.Input with { Height = crop.Height, Width = crop.Width });
        // On images two more fits would cost hours, and networks there have not been seen to learn wrong labels by heart within the default epochs.
        if (options.Epochs is not null || train.Input.IsImage) return Run(new(tasks, train, validation, filled), cancellation);
        TrainingResult? interrupted = null;
        var length = TrainingLength.Find(tasks, train, filled, References(tasks, train), (half, fit, measure) =>
        {
            // Watched rows are rows of the whole.
            var result = Run(new(tasks, half, null, filled with { WatchedRows = [] }) { Fit = fit, Fits = 3, GoOn = measure }, cancellation);
            if (!result.Completed) interrupted = result;
            else result.Model.Dispose();
            return result.Completed;
        });
        if (interrupted is not null) return OfHalf(interrupted, length!, tasks, train, filled);
        if (length is null) return Run(new(tasks, train, validation, filled), cancellation);
        filled = TrainingDefaults.Fill(options with { Epochs = length.Epochs }, train.RowCount, train.Input, tasks);
        return Run(new(tasks, train, validation, filled) { Fit = 3, Fits = 3, Length = length }, cancellation);
    }

    // Cancelled while the length was being found: the network of half of the rows, and scores of the rows that it has not seen.
    private static TrainingResult OfHalf(TrainingResult half, TrainingLength length, IReadOnlyList<TaskDefinition> tasks, TrainingData train, TrainingOptions options) => new()
    {
        Model = half.Model,
        Scores = new InstanceScores(new LossStatistics(train.RowCount, tasks.Count), null, train.Labels, length),
        History = half.History,
        EffectiveOptions = options,
        Completed = false,
        BestEpoch = half.BestEpoch,
        Warnings = ["Training was cancelled while the number of epochs was being found: the model has learned from half of the rows, and only rows that it has not seen have a score."],
    };

    private sealed record Job(IReadOnlyList<TaskDefinition> Tasks, TrainingData Train, TrainingData? Validation, TrainingOptions Options)
    {
        public int Fit { get; init; } = 1;
        public int Fits { get; init; } = 1;
        public TrainingLength? Length { get; init; }
        public Func<int, MultiTaskModel, bool>? GoOn { get; init; } // after each epoch
    }

    private static double[] References(IReadOnlyList<TaskDefinition> tasks, TrainingData train) =>
        [.. tasks.Select((task, k) => ReferenceLosses.Compute(task, train.Labels[k], TargetScaling.Fit(task, train.Labels[k])))];

    private static TrainingResult Run(Job job, CancellationToken cancellation)
    {
        var (tasks, train, validation, options) = job;
        var length = job.Length;
        var (epochs, batchSize) = (options.Epochs!.Value, Math.Min(options.BatchSize!.Value, train.RowCount));

        var scalings = tasks.Select((task, k) => TargetScaling.Fit(task, train.Labels[k])).ToArray();
        var references = tasks.Select((task, k) => ReferenceLosses.Compute(task, train.Labels[k], scalings[k])).ToArray();
        var weightingTasks = tasks.Select((task, k) => new WeightingTask(task.Name, task.Coefficient, references[k])).ToArray();
        var weighting = LossWeightings.Create(options.Weighting, train.RowCount, weightingTasks, epochs, options.InstanceLevel, options.DwaTemperature);
        var parameters = (weighting as InstanceLevelWeighting)?.Parameters;
        var variances = parameters is null ? null : new LogVarianceHistory([.. options.WatchedRows]);
        var statistics = new LossStatistics(train.RowCount, tasks.Count, length?.Tasks.Select(task => task.Epochs).ToArray());
        var model = new MultiTaskModel(tasks, options.Network!, train.Input, train.FitInputScaling(), scalings, RunSeeds.Derive(options.Seed, "weights"));
        var network = model.Network;
        if (network is MultiHeadMlp mlp) mlp.SeedDropout(RunSeeds.Derive(options.Seed, "dropout"));
        else if (options.Network is CustomNetworkDefinition) random.manual_seed(RunSeeds.Derive(options.Seed, "dropout"));
        var history = new List<EpochReport>();
        var snapshots = new List<NetworkState>();
        var snapshotEpochs = PixelExaminer.SnapshotEpochs(tasks, epochs, options.PixelSnapshots);
        NetworkState? best = null;
        var (bestEpoch, bestLoss, completed) = (0, double.PositiveInfinity, true);
        try
        {
            using var threads = new TorchThreads(options.Threads);
            using var batches = train.OpenBatches(new BatchOptions
            {
                Tasks = tasks, TargetScalings = scalings, InputScaling = model.InputScaling, Augmentation = options.Augmentation,
                PersonAugmentation = options.PersonAugmentation, Seed = options.Seed,
            });
            using var optimiser = new AdamW(network.parameters(), options.WeightDecay!.Value);
            var order = Enumerable.Range(0, train.RowCount).ToArray();
            var losses = new float[(batchSize + 1) * tasks.Count];
            var weights = new float[losses.Length];
            var margins = new float[losses.Length];
            var clock = Stopwatch.StartNew();

            for (var epoch = 0; epoch < epochs && completed; epoch++)
            {
                var epochStart = clock.Elapsed;
                var sums = new LossSums(tasks.Count);
                new Random(RunSeeds.Derive(options.Seed, "shuffle", epoch)).Shuffle(order);
                weighting.BeginEpoch(epoch);
                network.train();

                var plan = Pieces(order, batchSize);
                batches.Begin(epoch, plan);
                var waitedBefore = batches.Waited;

                for (var (step, done) = (0, 0); step < plan.Count; step++)
                {
                    if (cancellation.IsCancellationRequested)
                    {
                        completed = false;
                        break;
                    }
                    var rows = plan[step];
                    var cells = rows.Length * tasks.Count;
                    using var scope = NewDisposeScope();

                    var (inputs, targets, labelled) = batches.Next();                             // [B, D] or [B, C, H, W]
                    var outputs = model.Values.Outputs(network.call(inputs));                     // K x [B, C_k] or [B, C_k, H, W]
                    var rowLosses = RowLosses.Compute(tasks, model.Values.InLossSpace(outputs), model.Values.InLossSpace(model.Values.Targets(targets))); // [B, K]
                    rowLosses.data<float>().CopyTo(losses.AsSpan(0, cells));
                    MaskMissing(tasks, labelled, losses, epoch);

                    var batch = new LossBatch(rows, tasks.Count, losses.AsSpan(0, cells));
                    weighting.Weigh(batch, weights.AsSpan(0, cells));                             // w = d total / d loss
                    var total = rowLosses.mul(Tensors.From<float>(weights.AsSpan(0, cells), rows.Length, tasks.Count)).sum();

                    optimiser.ForgetGradients();
                    total.backward();
                    if (options.GradientClipNorm is { } norm) nn.utils.clip_grad_norm_(network.parameters(), norm);
                    var rate = LearningRateSchedule.At(options.LearningRate!.Value, (epoch + done / (double)order.Length) / epochs);
                    optimiser.Step(rate);

                    RowLosses.Margins(tasks, train.Labels, rows, outputs, margins);
                    statistics.Record(epoch, batch, margins.AsSpan(0, cells));
                    weighting.Learn(batch);                                                       // s, from the losses before the step
                    sums.Add(batch);
                    done += rows.Length;
                    options.OnBatch?.Invoke(new BatchProgress(epoch + 1, epochs, done, order.Length, clock.Elapsed) { Fit = job.Fit, Fits = job.Fits });
                }
                if (!completed) break;

                weighting.EndEpoch(sums.Means);
                network.eval(); // metrics are measured without dropout
                var metrics = validation is null ? null : model.Evaluate(validation);
                var seconds = (clock.Elapsed - epochStart).TotalSeconds;
                history.Add(new EpochReport
                {
                    Epoch = epoch + 1,
                    Epochs = epochs,
                    Fit = job.Fit,
                    Fits = job.Fits,
                    TrainLoss = sums.Means,
                    LogVariances = variances?.Record(parameters!),
                    Validation = metrics,
                    Seconds = seconds,
                    WaitSeconds = (batches.Waited - waitedBefore).TotalSeconds,
                    RowsPerSecond = order.Length / Math.Max(1e-9, seconds),
                });
                if (snapshotEpochs.Contains(epoch)) snapshots.Add(NetworkState.Capture(network));
                options.OnEpoch?.Invoke(history[^1]);

                if (metrics is not null && options.EarlyStoppingPatience > 0 && metrics.Any(m => m.Count > 0))
                {
                    var loss = metrics.Select((m, k) => m.Count == 0 ? 0 : tasks[k].Coefficient * m.Loss / references[k]).Sum();
                    if (loss < bestLoss) (best, bestEpoch, bestLoss) = (NetworkState.Capture(network), epoch + 1, loss);
                    else if (epoch + 1 - bestEpoch >= options.EarlyStoppingPatience) break;
                }
                else if (epoch + 1 == length?.ModelEpochs && epoch + 1 < epochs) (best, bestEpoch) = (NetworkState.Capture(network), epoch + 1);
                if (job.GoOn?.Invoke(epoch, model) == false) break;
            }
            best?.Restore(network);
            network.eval();
            return new TrainingResult
            {
                Model = model,
                Pixels = tasks.Any(task => task.IsPerPixel) ? new PixelExaminer(model, snapshots) : null,
                Scores = new InstanceScores(statistics, parameters, train.Labels, length),
                History = history,
                LogVarianceHistory = variances,
                EffectiveOptions = options,
                Lengths = length?.Tasks,
                Completed = completed,
                BestEpoch = best is null ? history.Count : bestEpoch,
                Warnings = TrainingWarnings.Find(tasks, train.Labels, references, statistics, completed, history.Count, epochs),
            };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

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
        foreach (var derived in tasks.OfType<DerivedTask>()) derived.CheckSources(tasks);
        MultiTaskModel.CheckLabels(tasks, train, training: true);
        if (!train.Input.IsImage && options.Augmentation is { IsIdentity: false })
            throw new ArgumentException($"{nameof(TrainingOptions.Augmentation)} is for images; the rows are features. Leave it null.", nameof(options));
        if (train.Input.IsImage) options.ValidateForImages();
        options.PersonAugmentation?.Check(tasks, train.Input);
        if (validation is null) return;
        MultiTaskModel.CheckLabels(tasks, validation, training: false);
        if (validation.Input != train.Input)
            throw new ArgumentException($"The validation rows have {MultiTaskModel.Describe(validation.Input)}, the training rows {MultiTaskModel.Describe(train.Input)}.", nameof(validation));
    }

    // A last batch of a single row joins the one before it: one row is no estimate of a gradient.
    private static List<int[]> Pieces(int[] order, int batchSize)
    {
        var pieces = new List<int[]>();
        for (var (start, end) = (0, 0); start < order.Length; start = end)
        {
            end = order.Length - start <= batchSize + 1 ? order.Length : start + batchSize;
            pieces.Add(order[start..end]);
        }
        return pieces;
    }

    // NaN tells every weighting "no label here"; a loss that is not finite although there is a label means the run is lost.
    private static void MaskMissing(IReadOnlyList<TaskDefinition> tasks, bool[] labelled, float[] losses, int epoch)
    {
        for (var i = 0; i < labelled.Length; i++)
        {
            if (!labelled[i]) losses[i] = float.NaN;
            else if (!float.IsFinite(losses[i]))
                throw new InvalidOperationException($"Training diverged: in epoch {epoch + 1} the loss of task '{tasks[i % tasks.Count].Name}' became {losses[i]}. Lower {nameof(TrainingOptions.LearningRate)}, keep {nameof(TrainingOptions.GradientClipNorm)} at 1, and check the inputs for huge values.");
        }
    }

    private sealed class LossSums(int tasks)
    {
        private readonly double[] sums = new double[tasks];
        private readonly int[] counts = new int[tasks];

        public void Add(in LossBatch batch)
        {
            for (var i = 0; i < batch.Losses.Length; i++)
            {
                if (float.IsNaN(batch.Losses[i])) continue;
                sums[i % sums.Length] += batch.Losses[i];
                counts[i % sums.Length]++;
            }
        }

        public double[] Means => [.. sums.Select((sum, k) => sum / counts[k])];
    }
}
