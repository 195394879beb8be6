using System.Runtime.ExceptionServices;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>
/// Co-teaching (Han et al., Co-teaching: Robust Training of Deep Neural Networks with Extremely Noisy Labels, 2018): two networks see the same batches, and each
/// learns from the rows that have small losses under the other one. The score is the mean of both finished networks' losses.
/// </summary>
/// <remarks>
/// The two are trainings side by side, in step (<see cref="PeerSelection"/>). Departures: rows are picked for each task by itself; numbers and label images are picked by
/// the same rule; the paper trains a classifier and ranks nothing.
/// </remarks>
public sealed class CoTeaching : IDetector
{
    /// <summary>tau: the share of rows that are left out of each batch once the ramp has ended; the paper takes the share of wrong labels.</summary>
    /// <value>At least 0 and below 1; the default is 0.2.</value>
    public double ForgetRate { get; init; } = 0.2;

    /// <summary>T_k: epochs over which the share of rows left out grows to <see cref="ForgetRate"/>; at most half of the run.</summary>
    /// <value>At least 1; the default is 10.</value>
    public int RampEpochs { get; init; } = 10;

    /// <inheritdoc/>
    public string Name => "co-teaching";

    /// <inheritdoc/>
    public string Summary => "the mean loss of two networks, each of which learned from the rows of small loss under the other; they leave wrong labels out, and so do not fit them";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task, InputShape input) => true;

    /// <inheritdoc/>
    public string? Problem(TrainingOptions options) =>
        options.Replicas is { Count: > 1 } ? $"{Name} trains two networks at the same time, and ranks one after the other" : null;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
    {
        if (!(ForgetRate is >= 0 and < 1)) throw new ArgumentException(FormattableString.Invariant($"{nameof(ForgetRate)} must be at least 0 and below 1, found {ForgetRate}."), nameof(ForgetRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(RampEpochs, 1);
        var (tasks, train, _) = input;
        using var fits = NetworkFits.Open(input, LossWeightingKind.Equal, LossExchange.Sides, cancellation);
        var results = TrainBoth(input, fits, cancellation);
        try
        {
            var losses = Array.ConvertAll(results, result => result.Model.Losses(train));
            return new DetectorResult
            {
                Scores = [.. tasks.Select((_, k) => input.Wants(k) ? losses[0][k].Zip(losses[1][k], (a, b) => (a + b) / 2).ToArray() : null)],
                Fits = fits.Done,
            };
        }
        finally
        {
            foreach (var result in results) result.Model.Dispose();
        }
    }

    private TrainingResult[] TrainBoth(DetectorInput input, NetworkFits fits, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var exchange = new LossExchange(ended.Token);
        var ramp = Math.Max(1, Math.Min(RampEpochs, fits.Options.Epochs!.Value / 2));
        var sides = Enumerable.Range(0, LossExchange.Sides).Select(side => Task.Factory.StartNew(
            () => TrainOne(side, new PeerSelection(exchange, side, ForgetRate, ramp)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(sides);
            return Array.ConvertAll(sides, side => side.Result);
        }
        catch (AggregateException e)
        {
            foreach (var side in sides)
                if (side.IsCompletedSuccessfully) side.Result.Model.Dispose();
            cancellation.ThrowIfCancellationRequested();
            // The other one only stopped waiting.
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions.FirstOrDefault(inner => inner is not OperationCanceledException) ?? e.InnerExceptions[0]);
            throw;
        }

        TrainingResult TrainOne(int side, PeerSelection selection)
        {
            try
            {
                return fits.Fit(FormattableString.Invariant($"co-teaching, network {side + 1} of {LossExchange.Sides}"), input.Tasks, input.Train, job => job with
                {
                    Weighting = selection,
                    NetworkSeed = RunSeeds.Derive(job.Options.Seed, "peer", side),
                }, ended.Token);
            }
            catch
            {
                ended.Cancel();
                throw;
            }
        }
    }
}
