namespace Ilt.Weighting;

/// <summary>A weighting that also wants to know what the network's step has made of the losses.</summary>
/// <remarks>
/// The loop passes the batch through the network a second time, without gradients, only where the weighting has this interface. Both passes drop
/// the same units, and the second one leaves no trace in running statistics, so that the losses differ by the step alone.
/// </remarks>
public interface IAfterStepWeighting : ILossWeighting
{
    /// <summary>Learns from the losses of one batch before and after the network's step; follows <see cref="ILossWeighting.Learn"/>.</summary>
    /// <param name="before">Losses of the pass before the step.</param>
    /// <param name="after">Losses of the same rows after it, NaN in the same cells.</param>
    void LearnAfterStep(in LossBatch before, in LossBatch after);
}
