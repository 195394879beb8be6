using Ilt.Detectors;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>The scores that are read off every training.</summary>
internal static class Scores
{
    /// <summary>All of them, in the order of tables.</summary>
    public static IReadOnlyList<IRowScore> All { get; } =
    [
        new Score("noise-score", "The tool's own score: losses of all epochs in logarithms, late ones weighing more.", _ => true, (scores, row, task) => scores.NoiseScore(row, task)),
        new Score("log-variance", "The log-variance: a row that does not fit has learned a large one.", _ => true, (scores, row, task) => scores.LogVariance(row, task)),
        new Score("last-loss", "The loss at the last visit.", _ => true, (scores, row, task) => scores.LastLoss(row, task)),
        new Score("mean-loss", "The mean of the losses over all epochs.", _ => true, (scores, row, task) => scores.MeanLoss(row, task)),
        new Score("margin", "How far, on the mean over all epochs, the label's logit lies below the largest other.", task => task is ClassificationTask, (scores, row, task) => -scores.MeanMargin(row, task)),
    ];

    private sealed record Score(string Name, string Summary, Func<TaskDefinition, bool> Applies, Func<InstanceScores, int, int, float> Value) : IRowScore
    {
        public bool AppliesTo(TaskDefinition task) => Applies(task);

        public float Of(InstanceScores scores, int row, int task) => Value(scores, row, task);
    }
}
