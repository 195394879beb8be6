using Ilt.Weighting;

namespace Ilt.Torch;

/// <summary>What one fit is to do.</summary>
/// <param name="Tasks">The tasks.</param>
/// <param name="Train">Rows to train on.</param>
/// <param name="Validation">Rows to measure on, or null.</param>
/// <param name="Options">Complete options.</param>
internal sealed record TrainingJob(IReadOnlyList<TaskDefinition> Tasks, TrainingData Train, TrainingData? Validation, TrainingOptions Options)
{
    /// <summary>Where and how it is computed.</summary>
    public ComputeDevice Compute { get; init; } = ComputeDevice.Open(Options.Device, Options.Precision);

    /// <summary>Which fit it is, from 1.</summary>
    public int Fit { get; init; } = 1;

    /// <summary>Fits altogether.</summary>
    public int Fits { get; init; } = 1;

    /// <summary>How long each task is trained; null: as long as the run.</summary>
    public TrainingLength? Length { get; init; }

    /// <summary>What weighs the losses; null: the weighting of the options.</summary>
    public ILossWeighting? Weighting { get; init; }

    /// <summary>What the initial weights and the dropout follow from; null: as all else, the seed of the options.</summary>
    public int? NetworkSeed { get; init; }

    /// <summary>Asked after each epoch, from 0, whether to go on.</summary>
    public Func<int, MultiTaskModel, bool>? GoOn { get; init; }
}
