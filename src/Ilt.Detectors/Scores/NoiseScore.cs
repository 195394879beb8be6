using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary><see cref="InstanceScores.NoiseScore"/>: the mean over the epochs of log(loss + 0.05), the n-th epoch weighing n.</summary>
public sealed class NoiseScore : IRowScore
{
    /// <inheritdoc/>
    public string Name => "noise-score";

    /// <inheritdoc/>
    public string Summary =>
        "the mean logarithm of the row's loss over the epochs, later ones counting more, joined with that of a network that had not seen the row where there is one; "
        + "a wrong label is learned late or never";

    /// <inheritdoc/>
    public bool AppliesTo(TaskDefinition task) => true;

    /// <inheritdoc/>
    public float Of(InstanceScores scores, int row, int task) => scores.NoiseScore(row, task);
}
