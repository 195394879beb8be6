using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// Minus <see cref="InstanceScores.MeanMargin"/>: the area under the margin of Pleiss, Zhang, Elenberg and Weinberger (2020), without threshold
/// samples; the detector aum has them.
/// </summary>
public sealed class Margin : IRowScore
{
    /// <inheritdoc/>
    public string Name => "margin";

    /// <inheritdoc/>
    public string Summary => "minus the mean over the epochs of the label's logit less the largest other one; a wrong label is held against the class that similar rows have";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => task is ClassificationTask;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => -scores.MeanMargin(row, task);
}
