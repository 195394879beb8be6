namespace Ilt.Weighting;

/// <summary>A weighting that divides the logits of rows by temperatures before their loss is taken.</summary>
/// <remarks>
/// Asked for tasks with <see cref="WeightingTask.HasLogits"/> only. The losses that the weighting then sees are those of the divided logits;
/// scores and reports keep to the losses of the logits as they are. Per batch: <see cref="Temper"/>, <see cref="ILossWeighting.Weigh"/>, the
/// network's backward pass, <see cref="ILossWeighting.Learn"/>, <see cref="LearnTemperatures"/>.
/// </remarks>
public interface ITemperatureWeighting : ILossWeighting
{
    /// <summary>The temperatures of a batch.</summary>
    /// <param name="rows">Training row of each batch row, length B.</param>
    /// <param name="temperatures">Receives [B x K] temperatures, row-major, above 0; those of tasks without logits are ignored.</param>
    void Temper(ReadOnlySpan<int> rows, Span<float> temperatures);

    /// <summary>Moves the temperatures.</summary>
    /// <param name="batch">Losses of the batch, as <see cref="ILossWeighting.Weigh"/> saw them.</param>
    /// <param name="gradients">[B x K] row-major: d Objective / d temperature with the weights held constant; 0 for tasks without logits and where there is no label.</param>
    void LearnTemperatures(in LossBatch batch, ReadOnlySpan<float> gradients);
}
