namespace Ilt.Weighting;

/// <summary>Every task counts the same: objective sum_k L_k, weight 1 / n_k.</summary>
public sealed class EqualWeighting : ILossWeighting
{
    /// <inheritdoc/>
    public string Name => LossWeightings.ShortName(LossWeightingKind.Equal);

    /// <inheritdoc/>
    public double Objective(in LossBatch batch)
    {
        var sum = 0.0;
        for (var task = 0; task < batch.TaskCount; task++)
        {
            var mean = batch.Mean(task, out var labelled);
            if (labelled > 0)
                sum += mean;
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Weigh(in LossBatch batch, Span<float> weights)
    {
        TaskWeights.CheckLength(batch, weights);
        for (var task = 0; task < batch.TaskCount; task++)
        {
            batch.Mean(task, out var labelled);
            TaskWeights.Spread(batch, task, 1, labelled, weights);
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
}
