using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary><see cref="InstanceScores.LogVariance"/>: s of Instance-Level Task Parameters (Vasu, Saxena and Tuzel 2021), by which the paper ranks (Table 7).</summary>
public sealed class LogVariance : IRowScore
{
    /// <inheritdoc/>
    public string Name => "log-variance";

    /// <inheritdoc/>
    public string Summary => "the log-variance s that the weighting ilt learned for the row and task; it rises where the loss stays high";

    /// <inheritdoc/>
    public LossWeightingKind? OnlyUnder => LossWeightingKind.InstanceLevel;

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => true;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => scores.LogVariance(row, task);
}
