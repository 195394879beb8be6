using Ilt.State;

namespace Ilt.Weighting;

/// <summary>Turns the losses of a batch into the weights by which the network learns from them.</summary>
/// <remarks>
/// A weighting sees numbers only. L_k stands for the mean loss of task k over the n_k rows of the batch that have a label for it.
/// The weights are the derivative of <see cref="Objective"/>, so the gradient that reaches the network is that of sum(w * loss)
/// with w held constant. Per batch: <see cref="Weigh"/>, then the network's backward pass, then <see cref="Learn"/>.
/// Not thread-safe.
/// <para>
/// What a weighting wants beyond that it says by a second interface, which costs nothing where it is not there: <see cref="ITrunkGradientWeighting"/> for the tasks'
/// gradients at the last shared layer, <see cref="IAfterStepWeighting"/> for the losses after the step, <see cref="ITemperatureWeighting"/> for dividing logits.
/// <see cref="IInstanceWeighting"/> hands on what it has learned of each row.
/// </para>
/// </remarks>
public interface ILossWeighting : IStateful
{
    /// <summary>Short name, as used on the command line for the built-in ones: those of <see cref="LossWeightings.ShortNames"/>.</summary>
    string Name { get; }

    /// <summary>The number to minimise for this batch.</summary>
    /// <param name="batch">Losses of the batch.</param>
    /// <returns>The objective; tasks without a labelled row contribute nothing.</returns>
    double Objective(in LossBatch batch);

    /// <summary>Weights w = d Objective / d loss. Does not change the weighting.</summary>
    /// <param name="batch">Losses of the batch.</param>
    /// <param name="weights">Receives [B x K] weights, row-major; 0 where there is no label.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    void Weigh(in LossBatch batch, Span<float> weights);

    /// <summary>Moves the weighting's own parameters, if it has any, by the losses of this batch (those of the forward pass before the network's step).</summary>
    /// <param name="batch">Losses of the batch.</param>
    void Learn(in LossBatch batch)
    {
    }

    /// <summary>Announces an epoch.</summary>
    /// <param name="epoch">Epoch, from 0.</param>
    void BeginEpoch(int epoch)
    {
    }

    /// <summary>Ends an epoch.</summary>
    /// <param name="meanLosses">Per task the mean of the per-row losses over the epoch; NaN for a task without labels.</param>
    void EndEpoch(ReadOnlySpan<double> meanLosses)
    {
    }
}
