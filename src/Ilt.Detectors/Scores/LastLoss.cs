using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary><see cref="InstanceScores.LastLoss"/>: the loss at the row's last visit.</summary>
public sealed class LastLoss : IRowScore
{
    /// <inheritdoc/>
    public string Name => "last-loss";

    /// <inheritdoc/>
    public string Summary => "the loss at the row's last visit in training; what a network has not learned by then is likely wrong";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => true;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => scores.LastLoss(row, task);
}
