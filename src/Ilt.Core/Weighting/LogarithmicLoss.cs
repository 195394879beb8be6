namespace Ilt.Weighting;

/// <summary>
/// The scale-invariant sum of logarithms, objective sum_k log L_k (the baseline SI of Navon et al., "Multi-Task Learning as a Bargaining Game",
/// 2022): coefficient of L_k: 1 / L_k. A task's loss may be multiplied by any number without a change of the gradient.
/// </summary>
/// <remarks>
/// Computed as log(L_k + <see cref="LossOffset"/>), the weight its true derivative. It is <see cref="GeometricLoss"/> by the logarithm: that one's gradient is
/// this one's times the geometric mean by the number of tasks.
/// </remarks>
public sealed class LogarithmicLoss : ILossWeighting
{
    /// <summary>Added to a task's loss before its logarithm, so that a loss of zero stays finite.</summary>
    public const double LossOffset = 1e-8;

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.Logarithmic);

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        var sum = 0.0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled > 0)
                sum += Math.Log(mean + LossOffset);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckLength(batch, weights);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, 1 / (mean + LossOffset), labelled, weights);
        }
    }

    /// <summary>Nothing to keep.</summary>
    /// <param name="writer">Not used.</param>
    public void Save(BinaryWriter writer)
    {
    }

    /// <summary>Nothing to take back.</summary>
    /// <param name="reader">Not used.</param>
    public void Restore(BinaryReader reader)
    {
    }
}
