using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors;

/// <summary>A score that is read off one finished training, without a fit of its own.</summary>
public interface IRowScore
{
    /// <summary>Short name, as on the command line, in experiments and in files, for example "last-loss".</summary>
    string Name { get; }

    /// <summary>One sentence: what it is, and why a wrong label has a high one.</summary>
    string Summary { get; }

    /// <summary>The only weighting whose trainings have it, where it is something that the weighting learns; null: those of every weighting.</summary>
    LossWeightingKind? OnlyUnder => null;

    /// <summary>Whether it says something of rows of this task.</summary>
    bool AppliesTo(TaskDefinition task);

    /// <summary>The score of one row: higher = the label is more likely wrong, comparable within a task only.</summary>
    /// <param name="scores">What the training found out.</param>
    /// <param name="row">Training row, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>NaN where the row has no label for the task.</returns>
    float Of(InstanceScores scores, int row, int task);
}
