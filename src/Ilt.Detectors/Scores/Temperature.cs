using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary><see cref="InstanceScores.Learned"/> under Data Parameters (Saxena, Tuzel and DeCoste 2019): the logarithm of the temperature learned for the row.</summary>
public sealed class Temperature : IRowScore
{
    /// <inheritdoc/>
    public string Name => "temperature";

    /// <inheritdoc/>
    public string Summary => "the temperature that the weighting dp learned for the row and task, which divides its logits; it rises where the label is not expected";

    /// <inheritdoc/>
    public LossWeightingKind? OnlyUnder => LossWeightingKind.DataParameters;

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => true;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => scores.Learned(row, task);
}
