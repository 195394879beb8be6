namespace Ilt.Weighting;

/// <summary>A weighting that also wants each task's gradient where the tasks still share the network.</summary>
/// <remarks>The loop asks torch for them only where the weighting has this interface: one backward pass per task, from its loss to one layer.</remarks>
public interface ITrunkGradientWeighting : ILossWeighting
{
    /// <summary>Sees the gradients of a batch, before <see cref="ILossWeighting.Weigh"/> of the same batch.</summary>
    /// <param name="batch">Losses of the batch.</param>
    /// <param name="gradients">
    /// [K x P] row-major: per task d L_k / d W, with W the P weights of the last layer on which every task depends; 0 for a task without a
    /// labelled row. P is the same throughout a run.
    /// </param>
    void Observe(in LossBatch batch, ReadOnlySpan<float> gradients);
}
