using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary><see cref="InstanceScores.MeanLoss"/>: the mean of the row's losses over all epochs.</summary>
public sealed class MeanLoss : IRowScore
{
    /// <inheritdoc/>
    public string Name => "mean-loss";

    /// <inheritdoc/>
    public string Summary => "the mean of the row's losses over all epochs; it remembers the early ones, when wrong labels had not been learned by heart";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => true;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => scores.MeanLoss(row, task);
}
