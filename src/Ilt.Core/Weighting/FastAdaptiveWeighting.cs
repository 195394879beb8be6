using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// FAMO (Liu, Feng, Stone and Liu, "Fast Adaptive Multitask Optimization", 2023, Eq. 5 to 7): coefficients c z_k / L_k with z = softmax(xi) and
/// c = 1 / sum_j (z_j / L_j), which makes the coefficients sum to 1. After the network's step, xi moves along the derivative of
/// sum_k z_k (log L_k - log L'_k) + gamma / 2 |xi|^2, with the losses L' after the step: a task whose loss fell less than the others' gains weight.
/// </summary>
/// <remarks>
/// The objective is c sum_k z_k log(L_k + <see cref="LossOffset"/>); the weights are its derivative with c held constant. xi starts at 0 and is moved by Adam.
/// The softmax is taken over the tasks that have a labelled row in the batch; the xi of the others does not move. The lower bounds of the losses
/// are 0.
/// </remarks>
public sealed class FastAdaptiveWeighting : IAfterStepWeighting
{
    /// <summary>Added to a task's loss before its logarithm, so that a loss of zero stays finite.</summary>
    public const double LossOffset = 1e-8;

    private readonly double[] logits;
    private readonly AdamSteps adam;
    private readonly FastAdaptiveOptions options;

    /// <summary>Creates the weighting with xi_k = 0.</summary>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="options">Step and decay; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public FastAdaptiveWeighting(int tasks, FastAdaptiveOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        this.options = options ?? new FastAdaptiveOptions();
        this.options.Validate();
        (logits, adam) = (new double[tasks], new AdamSteps(tasks));
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.FastAdaptive);

    /// <summary>xi_k of a task.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>Dimensionless.</returns>
    public double Logit(int task) => logits[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        var shares = Shares(batch);
        var sum = 0.0;
        for (var task = 0; task < shares.Length; task++)
            if (batch.Mean(task, out var labelled) is var mean && labelled > 0)
                sum += shares[task] * Math.Log(mean + LossOffset);
        return sum == 0 ? 0 : Scale(batch) * sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckLength(batch, weights);
        var (shares, scale) = (Shares(batch), Scale(batch));
        for (var task = 0; task < shares.Length; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, scale * shares[task] / (mean + LossOffset), labelled, weights);
        }
    }

    /// <inheritdoc/>
    public void LearnAfterStep(in LossBatch before, in LossBatch after)
    {
        var gradients = new double[logits.Length];
        Gradients(before, after, gradients);
        for (var task = 0; task < logits.Length; task++)
            if (double.IsFinite(gradients[task]))
                logits[task] -= adam.Move(task, gradients[task], options.StepSize);
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(logits);
        adam.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(logits);
        adam.Restore(reader);
    }

    /// <summary>c of the batch.</summary>
    internal double Scale(in LossBatch batch)
    {
        var shares = Shares(batch);
        var sum = 0.0;
        for (var task = 0; task < shares.Length; task++)
            if (shares[task] > 0)
                sum += shares[task] / (batch.Mean(task, out _) + LossOffset);
        return 1 / sum;
    }

    /// <summary>d / d xi of what a step in xi lowers, z_k (delta_k - sum_j z_j delta_j) + gamma xi_k; NaN for a task that is not in the batch.</summary>
    internal void Gradients(in LossBatch before, in LossBatch after, Span<double> gradients)
    {
        var shares = Shares(before);
        var mean = 0.0;
        for (var task = 0; task < shares.Length; task++)
        {
            gradients[task] = Math.Log(before.Mean(task, out var labelled) + LossOffset) - Math.Log(after.Mean(task, out _) + LossOffset);
            if (labelled > 0)
                mean += shares[task] * gradients[task];
        }

        for (var task = 0; task < shares.Length; task++)
            gradients[task] = (shares[task] * (gradients[task] - mean)) + (options.Gamma * logits[task]);
    }

    /// <summary>Lets tests move xi_k for finite differences.</summary>
    internal void SetLogit(int task, double value) => logits[task] = value;

    // z; 0 for a task that is not in the batch.
    private double[] Shares(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, logits.Length);
        var shares = new double[logits.Length];
        for (var task = 0; task < shares.Length; task++)
        {
            batch.Mean(task, out var labelled);
            shares[task] = labelled > 0 ? logits[task] : double.NegativeInfinity;
        }

        Softmax.InPlace(shares);
        return shares;
    }
}
