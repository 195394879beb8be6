using System.Diagnostics;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>The training loop: every task kind, every weighting and every caller goes through it.</summary>
internal static class TrainingRun
{
    /// <summary>Trains from the beginning, or from where a checkpoint says.</summary>
    /// <exception cref="InvalidOperationException">
    /// A loss became infinite or NaN, or a training with another number of threads, or another one with a custom network, is under way.
    /// </exception>
    public static TrainingResult Go(TrainingJob job, Checkpoints checkpoints, CancellationToken cancellation)
    {
        var (tasks, train, _, options) = job;
        using var generator = TorchGenerator.TakeFor(options.Network!);
        var replicas = options.Ranks();
        var parts = new BatchParts(replicas, tasks.Count);
        RankCheck.Job(replicas, job);
        using var state = replicas.Alike(() => new TrainingState(job).Share(parts.Peers));
        var (model, completed) = (state.Model, false);
        var kept = options.KeepPartialOnFailure ? new LastEpoch(state) : null;
        Exception? failure = null;
        try
        {
            try
            {
                completed = replicas.Together(() => Train(job, state, parts, kept, checkpoints, cancellation));
            }
            catch (Exception e) when (kept is { Exists: true } && e is not OperationCanceledException)
            {
                kept.Restore();
                failure = e;
            }
            state.Best?.Restore(state.Network);
            state.Network.eval();
            return new TrainingResult
            {
                Model = model,
                Pixels = tasks.Any(task => task.IsPerPixel) ? new PixelExaminer(model, state.Snapshots) : null,
                Scores = new InstanceScores(state.Statistics, state.Parameters, train.Labels, job.Length) { Instances = state.Instances },
                History = state.History,
                LogVarianceHistory = state.Variances,
                EffectiveOptions = options,
                Lengths = job.Length?.Tasks,
                Completed = completed,
                Failure = failure,
                BestEpoch = state.Best is null ? state.History.Count : state.BestEpoch,
                Warnings = TrainingWarnings.Find(tasks, train.Labels, state.References, state.Statistics, completed, failure, state.History.Count, options.Epochs!.Value),
            };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <returns>False where it was cancelled.</returns>
    private static bool Train(TrainingJob job, TrainingState state, BatchParts parts, LastEpoch? kept, Checkpoints checkpoints, CancellationToken cancellation)
    {
        var (tasks, train, validation, options) = job;
        var (epochs, batchSize, clock) = (options.Epochs!.Value, Math.Min(options.BatchSize!.Value, train.RowCount), Stopwatch.StartNew());
        var (model, network, compute, replicas, completed) = (state.Model, state.Network, job.Compute, options.Ranks(), true);
        checkpoints.Begin(job.Fit, state);
        using var threads = new TorchThreads(options.Threads);
        using var batches = train.OpenBatches(new BatchOptions
        {
            Tasks = tasks, TargetScalings = [.. tasks.Select((_, k) => model.ScalingOf(k))], InputScaling = model.InputScaling,
            Augmentation = options.Augmentation, PersonAugmentation = options.PersonAugmentation, Seed = options.Seed,
        });
        var order = train.OrderOf(batchSize, options.Seed);
        var snapshotEpochs = PixelExaminer.SnapshotEpochs(tasks, epochs, options.PixelSnapshots);
        var losses = new float[(batchSize + 1) * tasks.Count];
        var (weights, margins) = (new float[losses.Length], new float[losses.Length]);
        var requests = new WeightingRequests(state, tasks, compute, parts, losses.Length);
        var gradients = new GradientSum(replicas, network.parameters(), compute);

        if (state.History.Count > 0) kept?.Keep(); // of a checkpoint
        while (state.Epoch < epochs && !state.Ended)
        {
            var (epoch, start, waitedBefore) = (state.Epoch, clock.Elapsed, batches.Waited);
            var plan = order.Of(epoch);
            if (state.Step == 0) state.Weighting.BeginEpoch(epoch);
            network.train();
            batches.Begin(epoch, Array.ConvertAll(plan[state.Step..], parts.Of));

            for (var done = plan.Take(state.Step).Sum(rows => rows.Length); state.Step < plan.Length;)
            {
                if (replicas.Any(cancellation.IsCancellationRequested))
                {
                    completed = false;
                    break;
                }
                var rows = plan[state.Step];
                var own = parts.Begin(rows);                                                  // b of the B rows: all, where there is one rank
                state.RequestPages(plan);
                var cells = rows.Length * tasks.Count;
                using var scope = NewDisposeScope();

                var (inputs, given, found) = compute.Move(Next());                            // [b, D] or [b, C, H, W]
                state.BeginStep(replicas.Rank);
                requests.BeginStep();
                var outputs = model.Values.Outputs(network.call(inputs));                     // K x [b, C_k] or [b, C_k, H, W]
                var targets = model.Values.Targets(given);
                var rowLosses = RowLosses.Compute(tasks, outputs, targets);                   // [b, K]
                compute.ToHost(rowLosses, parts.Own(losses));
                RowLosses.Margins(tasks, train.Labels, own, outputs, parts.Own(margins), compute);
                var labelled = parts.Gather(losses, margins, found);                          // from here on all B rows, on every rank
                MaskMissing(tasks, labelled, losses, epoch);

                var batch = new LossBatch(rows, tasks.Count, losses.AsSpan(0, cells));
                var learned = requests.Temper(own, outputs, targets, rowLosses);              // [b, K], the same unless it asks for temperatures
                var judged = requests.Judged(batch, learned);
                requests.Observe(batch, outputs, targets);                                    // gradients at the trunk, if it asks for them
                state.Weighting.Weigh(judged, weights.AsSpan(0, cells));                      // w = d total / d loss
                var total = learned.mul(compute.Move(Tensors.From<float>(parts.Own(weights), own.Length, tasks.Count))).sum();

                state.Optimiser.ForgetGradients();
                total.backward();
                parts.Peers.Throw();
                gradients.Sum();                                                              // over the ranks
                if (options.GradientClipNorm is { } norm) nn.utils.clip_grad_norm_(network.parameters(), norm);
                state.Optimiser.Step(LearningRateSchedule.At(options.LearningRate!.Value, (epoch + done / (double)train.RowCount) / epochs));

                state.Statistics.Record(epoch, batch, margins.AsSpan(0, cells));
                state.Weighting.Learn(judged);                                                // s, from the losses before the step
                requests.EndStep(batch, judged, inputs, targets);                             // temperatures; the losses after the step, if it asks
                state.Sums.Add(batch);
                (done, state.Step) = (done + rows.Length, state.Step + 1);
                options.OnBatch?.Invoke(new BatchProgress(epoch + 1, epochs, done, train.RowCount, state.Before + clock.Elapsed) { Fit = job.Fit, Fits = job.Fits });
                if (state.Step < plan.Length) checkpoints.AfterStep(clock.Elapsed);
            }
            if (!completed) break;

            state.Weighting.EndEpoch(state.Sums.Means);
            RankCheck.State(replicas, state);
            network.eval(); // metrics are measured without dropout
            var metrics = validation is null ? null : model.Evaluate(validation, replicas);
            var seconds = (clock.Elapsed - start).TotalSeconds;
            state.History.Add(new EpochReport
            {
                Epoch = epoch + 1,
                Epochs = epochs,
                Fit = job.Fit,
                Fits = job.Fits,
                TrainLoss = state.Sums.Means,
                LogVariances = state.Variances?.Record(state.Parameters!),
                Validation = metrics,
                Seconds = seconds,
                WaitSeconds = (batches.Waited - waitedBefore).TotalSeconds,
                RowsPerSecond = train.RowCount / Math.Max(1e-9, seconds),
            });
            if (snapshotEpochs.Contains(epoch)) state.Snapshots.Add(NetworkState.Capture(network));
            options.OnEpoch?.Invoke(state.History[^1]);

            if (metrics is not null && options.EarlyStoppingPatience > 0 && metrics.Any(m => m.Count > 0))
            {
                var loss = metrics.Select((m, k) => m.Count == 0 ? 0 : tasks[k].Coefficient * m.Loss / state.References[k]).Sum();
                loss = replicas.Broadcast(loss);
                if (loss < state.BestLoss) state.KeepBest(loss);
                else state.Ended = epoch + 1 - state.BestEpoch >= options.EarlyStoppingPatience;
            }
            else if (epoch + 1 == job.Length?.ModelEpochs && epoch + 1 < epochs) state.KeepBest();
            state.Ended |= replicas.Broadcast(job.GoOn?.Invoke(epoch, model) == false);
            state.EndEpoch();
            kept?.Keep();
            checkpoints.AfterEpoch(epoch + 1, clock.Elapsed);
        }
        checkpoints.End(completed, clock.Elapsed);
        return completed;

        // A row that cannot be read leaves the state as it was after the last step, and that is worth keeping.
        Batch Next()
        {
            try
            {
                return replicas.Alike(batches.Next);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                checkpoints.End(completed: false, clock.Elapsed);
                throw;
            }
        }
    }

    // NaN tells every weighting "no label here"; a loss that is not finite although there is a label means the run is lost.
    private static void MaskMissing(IReadOnlyList<TaskDefinition> tasks, bool[] labelled, float[] losses, int epoch)
    {
        for (var i = 0; i < labelled.Length; i++)
        {
            if (!labelled[i]) losses[i] = float.NaN;
            else if (!float.IsFinite(losses[i]))
                throw new TrainingDivergedException(tasks[i % tasks.Count].Name, epoch + 1, losses[i]);
        }
    }
}
