using Ilt.State;

namespace Ilt.Weighting;

/// <summary>
/// STCH (Lin et al., "Smooth Tchebycheff Scalarization for Multi-Objective Optimization", 2024, Eq. 6, as in its multi-task experiments): a smooth
/// maximum over the K tasks in the batch, objective K mu log sum_k exp(f_k / mu) with f_k = log(L_k / nadir_k), coefficient of L_k:
/// K softmax(f / mu)_k / L_k. The smaller mu, the more the task that is worst off counts alone.
/// </summary>
/// <remarks>
/// During the warm-up the objective is sum_k log L_k; nadir_k is the mean loss of its last epoch. All tasks are equally preferred, and the ideal is 0 on
/// this scale. Losses count as L_k + <see cref="LossOffset"/>. A task without labels in that epoch has the nadir 1.
/// </remarks>
public sealed class SmoothTchebycheff : ILossWeighting
{
    /// <summary>Added to a task's loss before its logarithm, so that a loss of zero stays finite.</summary>
    public const double LossOffset = 1e-8;

    private readonly int tasks;
    private readonly SmoothTchebycheffOptions options;
    private double[] logNadirs = []; // empty during the warm-up
    private int endedEpochs;

    /// <summary>Creates the weighting.</summary>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="options">mu and warm-up; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public SmoothTchebycheff(int tasks, SmoothTchebycheffOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        this.options = options ?? new SmoothTchebycheffOptions();
        this.options.Validate();
        this.tasks = tasks;
    }

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.SmoothTchebycheff);

    /// <summary>nadir_k of a task; NaN during the warm-up.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <returns>A loss, above 0.</returns>
    public double Nadir(int task) => logNadirs.Length == 0 ? double.NaN : Math.Exp(logNadirs[task]);

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        var (values, present) = Values(batch);
        if (present == 0)
            return 0;
        if (logNadirs.Length == 0)
            return values.Where(double.IsFinite).Sum();
        var largest = values.Max();
        return present * (largest + (options.Mu * Math.Log(values.Sum(value => Math.Exp((value - largest) / options.Mu)))));
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckLength(batch, weights);
        var (shares, present) = Values(batch);
        for (var task = 0; task < tasks; task++)
            shares[task] /= options.Mu;
        Softmax.InPlace(shares);
        for (var task = 0; task < tasks; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, (logNadirs.Length == 0 ? 1 : present * shares[task]) / (mean + LossOffset), labelled, weights);
        }
    }

    /// <summary>At the end of the warm-up, keeps the mean losses of the epoch as the nadirs.</summary>
    /// <param name="meanLosses">Per task the mean loss of the epoch; NaN for a task without labels.</param>
    public void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
        if (++endedEpochs == options.WarmupEpochs)
            logNadirs = Array.ConvertAll(meanLosses.ToArray(), loss => double.IsNaN(loss) ? 0 : Math.Log(loss + LossOffset));
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.WriteArray<double>(logNadirs);
        writer.Write(endedEpochs);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        logNadirs = reader.ReadArray<double>();
        endedEpochs = reader.ReadInt32();
    }

    // f_k, or log L_k during the warm-up; negative infinity for a task that is not in the batch.
    private (double[] Values, int Present) Values(in LossBatch batch)
    {
        TaskWeights.CheckTasks(batch, tasks);
        var (values, present) = (new double[tasks], 0);
        for (var task = 0; task < tasks; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            values[task] = labelled == 0 ? double.NegativeInfinity : Math.Log(mean + LossOffset) - (logNadirs.Length == 0 ? 0 : logNadirs[task]);
            present += labelled > 0 ? 1 : 0;
        }

        return (values, present);
    }
}
