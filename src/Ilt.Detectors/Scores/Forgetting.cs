using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary><see cref="InstanceScores.ForgettingEvents"/> (Toneva et al. 2019): how often the label was predicted and then no longer.</summary>
public sealed class Forgetting : IRowScore
{
    /// <inheritdoc/>
    public string Name => "forgetting";

    /// <inheritdoc/>
    public string Summary => "how often the label was predicted at one visit and no longer at the next, and the number of epochs where it never was; what contradicts other rows is forgotten again";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => task is ClassificationTask;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => scores.ForgettingEvents(row, task);
}
