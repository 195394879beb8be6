using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>All that a fitted transformer knows; what a model file holds.</summary>
internal sealed record FittedModel
{
    public required TrainerSchema Schema { get; init; }

    public required MultiTaskModel Model { get; init; }

    public required InstanceTable Instances { get; init; }

    public required IReadOnlyList<EpochReport> History { get; init; }

    public required IReadOnlyList<TaskMetrics> ValidationMetrics { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required bool IsComplete { get; init; }

    public required long SkippedRows { get; init; }

    /// <summary>Not part of a model file.</summary>
    public TrainingOptions? EffectiveOptions { get; init; }

    /// <summary>Per task, how long it was trained, where that was found by holding out rows; else null. Not part of a model file.</summary>
    public IReadOnlyList<TaskLength>? Lengths { get; init; }

    /// <summary>Says where in an image the label does not fit; null without pixel tasks. Not part of a model file.</summary>
    public PixelExaminer? Pixels { get; init; }
}
