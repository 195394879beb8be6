using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>What a detector looks at.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Train">The rows, with the labels that are in doubt.</param>
/// <param name="Options">How networks are trained; its seed is that of folds and other models, too.</param>
public sealed record DetectorInput(IReadOnlyList<TaskDefinition> Tasks, TrainingData Train, TrainingOptions Options)
{
    /// <summary>The scores of a finished training on all rows by <see cref="Options"/>, for detectors that build on one; null: they train it themselves.</summary>
    public InstanceScores? Finished { get; init; }

    /// <summary>Tasks to score; null: all. Others may be left out of the result.</summary>
    public IReadOnlyList<int>? Wanted { get; init; }

    /// <summary>
    /// Per task the rows whose label is known to be right; null, and a null entry: none. Filled from <see cref="TrainingData.KnownRight"/>, which trainings go by. Their scores
    /// are what models say, as all are; whoever ranks puts them last.
    /// </summary>
    public IReadOnlyList<bool[]?>? KnownRight { get; init; } = Train.KnownRight;

    /// <summary>Told in a sentence each what was chosen or left out.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>Told after each fit.</summary>
    public Action<DetectorProgress>? OnProgress { get; init; }

    /// <summary>Whether another rank of the training fits what is no network: one is enough, and scores are asked of the first rank.</summary>
    internal bool IsLeftToFirstRank => Options.Replicas is { Rank: > 0 };

    /// <summary>Whether a task is to be scored.</summary>
    public bool Wants(int task) => Wanted is null || Wanted.Contains(task);
}

/// <summary>How far a detector has come.</summary>
/// <param name="Stage">What was done last, in a few words, for example "boosted trees of task price, fold 2".</param>
/// <param name="Done">Fits done.</param>
/// <param name="All">Fits altogether.</param>
public sealed record DetectorProgress(string Stage, int Done, int All);
