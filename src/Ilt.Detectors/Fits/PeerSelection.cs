using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>
/// One network's side of co-teaching, as a weighting: of every batch and task, the rows with the smallest losses under the other network count alike, and the
/// others not at all. Both sides wait for each other at every batch, which must hold the same rows.
/// </summary>
internal sealed class PeerSelection(LossExchange exchange, int side, double forgetRate, int rampEpochs) : ILossWeighting
{
    private double share = 1; // of the rows that count

    public string Name => "co-teaching";

    /// <summary>R(T) = 1 - forget rate min(T / ramp, 1), T from 1: the share of rows that count in an epoch from 0.</summary>
    public static double KeptShare(int epoch, double forgetRate, int rampEpochs) => 1 - (forgetRate * Math.Min(1, (epoch + 1.0) / rampEpochs));

    /// <summary>The rows, of one task, that count: the share (rounded up, at least one) with the smallest losses of those that have one; ties by place.</summary>
    /// <param name="losses">[rows x tasks], NaN where there is no label.</param>
    /// <param name="task">Task, from 0.</param>
    /// <param name="tasks">Tasks.</param>
    /// <param name="share">The share.</param>
    public static int[] Smallest(float[] losses, int task, int tasks, double share)
    {
        int[] labelled = [.. Enumerable.Range(0, losses.Length / tasks).Where(i => !float.IsNaN(losses[(i * tasks) + task]))];
        // A hair less than exact, so that 0.8 x 10 rows are not nine.
        var count = Math.Min(labelled.Length, Math.Max(1, (int)Math.Ceiling((share * labelled.Length) - 1e-9)));
        return [.. labelled.OrderBy(i => losses[(i * tasks) + task]).ThenBy(i => i).Take(count)];
    }

    public double Objective(in LossBatch batch) => throw new NotSupportedException("Which rows count is known only while both networks see the batch.");

    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        var peers = exchange.Swap(side, batch.Losses);
        weights.Clear();
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var chosen = Smallest(peers, task, batch.TaskCount, share);
            foreach (var i in chosen) weights[(i * batch.TaskCount) + task] = 1f / chosen.Length;
        }
    }

    public void Learn(in LossBatch batch)
    {
    }

    public void BeginEpoch(int epoch) => share = KeptShare(epoch, forgetRate, rampEpochs);

    public void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
    }

    // Such trainings keep no checkpoints.
    public void Save(BinaryWriter writer) => throw new NotSupportedException();

    public void Restore(BinaryReader reader) => throw new NotSupportedException();
}
