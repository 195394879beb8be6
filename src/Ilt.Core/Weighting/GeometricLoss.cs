namespace Ilt.Weighting;

/// <summary>
/// GLS: the geometric mean of the task losses, (prod_k L_k)^(1/K), over the K tasks that have a labelled row in the batch.
/// </summary>
/// <remarks>
/// Computed as exp(mean_k log(L_k + <see cref="LossOffset"/>)), so products neither overflow nor vanish. The coefficient of L_k is the
/// true derivative, GLS / (K (L_k + offset)): for losses (1, 4) it is (1, 0.25). It grows without bound as one task's loss nears 0.
/// </remarks>
public sealed class GeometricLoss : ILossWeighting
{
    /// <summary>Added to a task's loss before its logarithm, so that a loss of zero stays finite.</summary>
    public const double LossOffset = 1e-8;

    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.GeometricLoss);

    /// <inheritdoc/>
    public double Objective(in LossBatch batch) => Mean(batch, out _);

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckLength(batch, weights);
        var objective = Mean(batch, out var present);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, objective / (present * (mean + LossOffset)), labelled, weights);
        }
    }

    /// <summary>Nothing to learn.</summary>
    /// <param name="batch">Ignored.</param>
    public void Learn(in LossBatch batch)
    {
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

    private static double Mean(in LossBatch batch, out int present)
    {
        var sumOfLogs = 0.0;
        present = 0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled == 0)
                continue;
            sumOfLogs += Math.Log(mean + LossOffset);
            present++;
        }

        return present == 0 ? 0 : Math.Exp(sumOfLogs / present);
    }
}
