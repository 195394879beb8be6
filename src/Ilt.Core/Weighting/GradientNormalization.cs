using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// GradNorm (Chen, Badrinarayanan, Lee and Rabinovich, 2018, Eq. 1 and 2, Algorithm 1): objective sum_k w_k L_k, where the w_k are moved to bring the norms
/// G_k = |w_k d L_k / d W| of the tasks' gradients at the last shared weights W near Gmean r_k^alpha. r_k = (L_k / L_k(0)) / mean_j (L_j / L_j(0)) says
/// how slowly a task learns beside the others. The balancing loss sum_k |G_k - Gmean r_k^alpha|, with its second term held constant, has the derivative
/// sign(G_k - Gmean r_k^alpha) |d L_k / d W| in w_k.
/// </summary>
/// <remarks>
/// The w_k start at 1, are moved by Adam after the network's step and scaled to sum to K. Departures: L_k(0) is the mean loss of the first epoch, during
/// which w stays 1, since the first batch alone says it too roughly; and w_k is kept above <see cref="SmallestWeight"/>. Means are taken over the
/// tasks that have a labelled row in the batch; the others do not move. W: see <see cref="ITrunkGradientWeighting"/>.
/// </remarks>
public sealed class GradientNormalization : ITrunkGradientWeighting
{
    /// <summary>No w_k falls below this, before they are scaled to sum to K.</summary>
    public const double SmallestWeight = 0.01;

    private const double SmallestLoss = 1e-12; // of a first epoch, so that a task that is fitted does not divide by zero

    private readonly double[] weights;
    private readonly double[] norms; // |d L_k / d W| of the batch under way
    private readonly AdamSteps adam;
    private readonly GradientNormalizationOptions options;
    private double[] initial = []; // L_k(0); empty during the first epoch
    private bool seen;

    /// <summary>Creates the weighting with w_k = 1.</summary>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="options">alpha and step; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public GradientNormalization(int tasks, GradientNormalizationOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        this.options = options ?? new GradientNormalizationOptions();
        this.options.Validate();
        (weights, norms, adam) = (new double[tasks], new double[tasks], new AdamSteps(tasks));
        Array.Fill(weights, 1);
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.GradientNormalization);

    /// <summary>w_k of a task.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>Above 0; the mean over the tasks is 1.</returns>
    public double Coefficient(int task) => weights[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch) => TaskWeights.Total(batch, weights);

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights) => TaskWeights.SpreadAll(batch, this.weights, weights);

    /// <inheritdoc/>
    public void Observe(in LossBatch batch, ReadOnlySpan<float> gradients)
    {
        TaskWeights.CheckTasks(batch, weights.Length);
        seen = true;
        var size = gradients.Length / norms.Length;
        for (var task = 0; task < norms.Length; task++)
        {
            var sum = 0.0;
            foreach (var gradient in gradients.Slice(task * size, size))
                sum += (double)gradient * gradient;
            norms[task] = Math.Sqrt(sum);
        }
    }

    /// <summary>One Adam step on every w_k, by the gradients that were observed; none during the first epoch.</summary>
    /// <param name="batch">Losses of the batch.</param>
    public void Learn(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, weights.Length);
        if (initial.Length == 0 || !seen)
            return;
        var gradients = new double[weights.Length];
        Gradients(batch, gradients);
        for (var task = 0; task < weights.Length; task++)
            if (double.IsFinite(gradients[task]))
                weights[task] = Math.Max(SmallestWeight, weights[task] - adam.Move(task, gradients[task], options.StepSize));
        var scale = weights.Length / weights.Sum();
        for (var task = 0; task < weights.Length; task++)
            weights[task] *= scale;
        seen = false;
    }

    /// <summary>Keeps the mean losses of the first epoch as L_k(0).</summary>
    /// <param name="meanLosses">Per task the mean loss of the epoch; NaN for a task without labels, whose w_k stays as it is.</param>
    public void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
        if (initial.Length == 0)
            initial = meanLosses.ToArray();
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(weights);
        writer.WriteArray<double>(initial);
        adam.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(weights);
        initial = reader.ReadArray<double>();
        adam.Restore(reader);
    }

    /// <summary>Gmean r_k^alpha of each task; NaN for one that is not in the batch.</summary>
    internal void Targets(in LossBatch batch, Span<double> targets)
    {
        var (normSum, ratioSum, present) = (0.0, 0.0, 0);
        for (var task = 0; task < weights.Length; task++)
        {
            targets[task] = batch.Mean(task, out _) / Math.Max(initial[task], SmallestLoss); // NaN without labels
            if (!double.IsFinite(targets[task]))
                continue;
            normSum += weights[task] * norms[task];
            ratioSum += targets[task];
            present++;
        }

        for (var task = 0; task < weights.Length; task++)
            targets[task] = normSum / present * Math.Pow(targets[task] / (ratioSum / present), options.Alpha);
    }

    /// <summary>d sum_k |G_k - target_k| / d w_k, NaN for a task that is not in the batch.</summary>
    internal void Gradients(in LossBatch batch, Span<double> gradients)
    {
        Targets(batch, gradients);
        for (var task = 0; task < weights.Length; task++)
        {
            var above = (weights[task] * norms[task]) - gradients[task];
            gradients[task] = double.IsNaN(above) ? double.NaN : Math.Sign(above) * norms[task];
        }
    }
}
