using Ilt.State;
using Ilt.Parameters;

namespace Ilt.Torch;

/// <summary>The losses, epoch by epoch, of rows that a network does not train on.</summary>
internal sealed class HeldOutCurve : IStateful
{
    // A loss may rise for some epochs and fall again: waiting costs time, ending early costs the slow tasks.
    private const int ShortestPatience = 10;
    private const double PatienceShare = 0.25;

    private readonly TrainingData data;
    private readonly double[] references;
    private readonly IReadOnlyList<TaskDefinition> tasks;
    private readonly IReplicas replicas; // each measures a part of the rows
    private readonly int patience;
    private readonly double[] bestLoss;
    private readonly int[] bestEpoch; // from 1
    private readonly double[] unexplained;
    private readonly float[][] running, best; // per task: the noise score of every row so far, and as it was at the best epoch
    private double bestTotal = double.PositiveInfinity;

    public HeldOutCurve(TrainingData data, int epochs, double[] references, IReadOnlyList<TaskDefinition> tasks, IReplicas replicas)
    {
        (this.data, this.references, this.tasks, this.replicas) = (data, references, tasks, replicas);
        patience = Math.Max(ShortestPatience, (int)Math.Ceiling(PatienceShare * epochs));
        bestLoss = [.. tasks.Select(_ => double.PositiveInfinity)];
        bestEpoch = new int[tasks.Count];
        unexplained = [.. tasks.Select(_ => 1.0)];
        running = [.. tasks.Select(_ => new float[data.RowCount])];
        best = [.. tasks.Select(_ => Enumerable.Repeat(float.NaN, data.RowCount).ToArray())];
    }

    /// <summary>Epochs measured.</summary>
    public int Count { get; private set; }

    /// <summary>The epoch, from 1, at which the sum over the tasks of loss by constant prediction's loss was lowest.</summary>
    public int BestOfAll { get; private set; }

    /// <summary>The epoch, from 1, at which the task's mean loss was lowest.</summary>
    public int BestEpoch(int task) => Math.Max(1, bestEpoch[task]);

    /// <summary>The task's mean loss then.</summary>
    public double BestLoss(int task) => bestLoss[task];

    /// <summary>Then, the typical (median) loss as a share of a constant prediction's, at most 1: what the network cannot say of a row it has not seen.</summary>
    public double Unexplained(int task) => unexplained[task];

    /// <summary>Rows with a label for the task.</summary>
    public int Rows(int task) => Enumerable.Range(0, data.RowCount).Count(data.Labels[task].IsLabelled);

    /// <summary>Measures after an epoch, from 0.</summary>
    /// <returns>False when no task has improved for a while.</returns>
    public bool Measure(int epoch, MultiTaskModel model)
    {
        var losses = model.Losses(data, replicas);
        var total = 0.0;
        for (var k = 0; k < losses.Length; k++)
        {
            var (sum, count) = (0.0, 0);
            var share = 2f / (epoch + 2); // what makes epoch e weigh e + 1, as in LossStatistics
            for (var row = 0; row < losses[k].Length; row++)
            {
                var loss = losses[k][row];
                if (float.IsNaN(loss))
                {
                    running[k][row] = float.NaN;
                    continue;
                }
                sum += loss;
                count++;
                running[k][row] += share * ((float)Math.Log(loss + LossStatistics.LogLossOffset) - running[k][row]);
            }
            if (count == 0) continue;
            total += tasks[k].Coefficient * sum / count / references[k];
            if (!(sum / count < bestLoss[k])) continue;
            (bestLoss[k], bestEpoch[k]) = (sum / count, epoch + 1);
            unexplained[k] = Math.Min(1, tasks[k].Coefficient * Median(losses[k]) / references[k]);
            running[k].CopyTo(best[k], 0);
        }
        if (total < bestTotal) (bestTotal, BestOfAll) = (total, epoch + 1);
        Count = epoch + 1;
        return epoch + 1 - bestEpoch.Max() < patience;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(BestOfAll);
        writer.Write(bestTotal);
        writer.WriteArray<double>(bestLoss);
        writer.WriteArray<int>(bestEpoch);
        writer.WriteArray<double>(unexplained);
        foreach (var scores in running.Concat(best)) writer.WriteArray<float>(scores);
    }

    public void Restore(BinaryReader reader)
    {
        (Count, BestOfAll, bestTotal) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
        reader.ReadInto<double>(bestLoss);
        reader.ReadInto<int>(bestEpoch);
        reader.ReadInto<double>(unexplained);
        foreach (var scores in running.Concat(best)) reader.ReadInto<float>(scores);
    }

    private static double Median(float[] losses)
    {
        var labelled = losses.Where(loss => !float.IsNaN(loss)).Order().ToArray();
        return labelled[labelled.Length / 2];
    }

    /// <summary>Puts the held-out noise scores into [rows x tasks].</summary>
    /// <param name="rows">Where each row of the data stands there.</param>
    /// <param name="scores">The destination.</param>
    public void CopyScores(ReadOnlySpan<int> rows, Span<float> scores)
    {
        for (var k = 0; k < best.Length; k++)
            for (var row = 0; row < rows.Length; row++) scores[rows[row] * best.Length + k] = best[k][row];
    }
}
