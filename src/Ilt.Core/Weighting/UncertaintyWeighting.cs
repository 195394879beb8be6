using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// MTU (Kendall, Gal and Cipolla, 2018): one learned log-variance s_k per task, objective
/// sum_k [c_k L_k exp(-s_k) + s_k / 2], coefficient of L_k: c_k exp(-s_k).
/// </summary>
/// <remarks>
/// s_k starts at 0, is moved by Adam (the optimiser of the network, so that no scale of loss needs its own step) and clamped to
/// [<see cref="Minimum"/>, <see cref="Maximum"/>]. Tasks without a labelled row in the batch contribute nothing and do not move.
/// </remarks>
public sealed class UncertaintyWeighting : ILossWeighting
{
    /// <summary>Lower clamp of s_k.</summary>
    public const double Minimum = -4;

    /// <summary>Upper clamp of s_k.</summary>
    public const double Maximum = 4;

    private readonly double[] coefficients;
    private readonly double[] logVariances;
    private readonly AdamSteps adam;
    private readonly UncertaintyWeightingOptions options;

    /// <summary>Creates the weighting with s_k = 0.</summary>
    /// <param name="tasks">The tasks; their <see cref="WeightingTask.Coefficient"/> is c_k.</param>
    /// <param name="options">Step and form of the objective; null for the defaults.</param>
    /// <exception cref="ArgumentException">No task, or an option out of range.</exception>
    public UncertaintyWeighting(IReadOnlyList<WeightingTask> tasks, UncertaintyWeightingOptions? options = null)
    {
        WeightingTask.Validate(tasks);
        this.options = options ?? new UncertaintyWeightingOptions();
        this.options.Validate();
        coefficients = [.. tasks.Select(task => task.Coefficient)];
        logVariances = new double[tasks.Count];
        adam = new AdamSteps(tasks.Count);
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.Uncertainty);

    /// <summary>s_k of a task.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>The log-variance, dimensionless, between the clamps.</returns>
    public double LogVariance(int task) => logVariances[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, coefficients.Length);
        var sum = 0.0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled > 0)
                sum += (Precision(task) * mean) + (options.LogVarianceFactor * logVariances[task]);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckTasks(batch, coefficients.Length);
        TaskWeights.CheckLength(batch, weights);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, Precision(task), labelled, weights);
        }
    }

    /// <summary>One Adam step on every s_k that has a labelled row in the batch.</summary>
    /// <param name="batch">Losses of the batch.</param>
    public void Learn(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, coefficients.Length);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var gradient = Gradient(batch, task);
            if (double.IsFinite(gradient))
                logVariances[task] = Math.Clamp(logVariances[task] - adam.Move(task, gradient, options.StepSize), Minimum, Maximum);
        }
    }

    /// <summary>Nothing to prepare.</summary>
    /// <param name="epoch">Ignored.</param>
    public void BeginEpoch(int epoch)
    {
    }

    /// <summary>Nothing to keep.</summary>
    /// <param name="meanLosses">Ignored.</param>
    public void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(logVariances);
        adam.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(logVariances);
        adam.Restore(reader);
    }

    /// <summary>d Objective / d s_k; NaN without a labelled row.</summary>
    internal double Gradient(in LossBatch batch, int task) =>
        options.LogVarianceFactor - (Precision(task) * batch.Mean(task, out _));

    /// <summary>Lets tests move s_k for finite differences.</summary>
    internal void SetLogVariance(int task, double value) => logVariances[task] = value;

    private double Precision(int task) => coefficients[task] * Math.Exp(-logVariances[task]);
}
