using Ilt.Weighting;

namespace Ilt.Examples.RobustWeighting;

// <readme>
/// <summary>
/// The generalized cross entropy of Zhang and Sabuncu (2018) as a weighting: a row counts (1 - exp(-q loss)) / q in place of its loss. With q = 0 it is
/// the loss itself; the higher q, the less a row with a large loss is believed. q rises over the epochs.
/// </summary>
public sealed class GeneralizedWeighting(WeightingContext run, double highest) : ILossWeighting
{
    private double q;

    public string Name => "generalized";

    // sum_k 1/n_k sum_i (1 - exp(-q loss_ik)) / q over the n_k rows that have a label for task k; the others' losses are NaN.
    public double Objective(in LossBatch batch)
    {
        var sum = 0.0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            batch.Mean(task, out var labelled);
            for (var at = task; at < batch.Losses.Length; at += batch.TaskCount)
                if (batch.Losses[at] is var loss && !float.IsNaN(loss)) sum += (q == 0 ? loss : (1 - Math.Exp(-q * loss)) / q) / labelled;
        }
        return sum;
    }

    // Its derivative in each loss, exp(-q loss_ik) / n_k.
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        for (var task = 0; task < batch.TaskCount; task++)
        {
            batch.Mean(task, out var labelled);
            for (var at = task; at < weights.Length; at += batch.TaskCount)
                weights[at] = float.IsNaN(batch.Losses[at]) ? 0 : (float)(Math.Exp(-q * batch.Losses[at]) / labelled);
        }
    }

    public void BeginEpoch(int epoch) => q = highest * epoch / Math.Max(1, run.Epochs - 1);

    // For checkpoints: all that changes while a run goes on.
    public void Save(BinaryWriter writer) => writer.Write(q);

    public void Restore(BinaryReader reader) => q = reader.ReadDouble();
}
// </readme>
