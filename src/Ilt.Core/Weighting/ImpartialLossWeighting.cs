using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// IMTL-L (Liu et al., "Towards Impartial Multi-Task Learning", 2021, section 3.2): objective sum_k [exp(s_k) L_k - s_k] with a learned s_k per
/// task, coefficient of L_k: exp(s_k). At rest exp(s_k) L_k = 1, so that every task's loss counts as 1 whatever its scale.
/// </summary>
/// <remarks>
/// s_k starts at 0. Departures: it is moved by Adam, as the network is, and kept between <see cref="Minimum"/> and <see cref="Maximum"/>, so that a task
/// whose loss vanishes does not take over. Tasks without a labelled row in the batch contribute nothing and do not move.
/// </remarks>
public sealed class ImpartialLossWeighting : ILossWeighting
{
    /// <summary>Lower clamp of s_k.</summary>
    public const double Minimum = -10;

    /// <summary>Upper clamp of s_k.</summary>
    public const double Maximum = 10;

    private readonly double[] logScales;
    private readonly AdamSteps adam;
    private readonly double stepSize;

    /// <summary>Creates the weighting with s_k = 0.</summary>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="options">Step; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ImpartialLossWeighting(int tasks, ImpartialLossOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        options ??= new ImpartialLossOptions();
        options.Validate();
        (logScales, adam, stepSize) = (new double[tasks], new AdamSteps(tasks), options.StepSize);
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.ImpartialLoss);

    /// <summary>s_k of a task.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>Dimensionless, between the clamps.</returns>
    public double LogScale(int task) => logScales[task];

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, logScales.Length);
        var sum = 0.0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled > 0)
                sum += (Math.Exp(logScales[task]) * mean) - logScales[task];
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights) => TaskWeights.SpreadAll(batch, Array.ConvertAll(logScales, Math.Exp), weights);

    /// <summary>One Adam step on every s_k that has a labelled row in the batch.</summary>
    /// <param name="batch">Losses of the batch.</param>
    public void Learn(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, logScales.Length);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var gradient = Gradient(batch, task);
            if (double.IsFinite(gradient))
                logScales[task] = Math.Clamp(logScales[task] - adam.Move(task, gradient, stepSize), Minimum, Maximum);
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(logScales);
        adam.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        reader.ReadInto<double>(logScales);
        adam.Restore(reader);
    }

    /// <summary>d Objective / d s_k; NaN without a labelled row.</summary>
    internal double Gradient(in LossBatch batch, int task) => (Math.Exp(logScales[task]) * batch.Mean(task, out _)) - 1;

    /// <summary>Lets tests move s_k for finite differences.</summary>
    internal void SetLogScale(int task, double value) => logScales[task] = value;
}
