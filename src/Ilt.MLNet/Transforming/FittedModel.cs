using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>All that a fitted transformer knows; what a model file holds.</summary>
internal sealed record FittedModel : IDisposable
{
    private bool disposed;

    public required TrainerSchema Schema { get; init; }

    public required MultiTaskModel Model { get; init; }

    public required InstanceTable Instances { get; init; }

    public required IReadOnlyList<EpochReport> History { get; init; }

    public required IReadOnlyList<TaskMetrics> ValidationMetrics { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required bool IsComplete { get; init; }

    public required long SkippedRows { get; init; }

    /// <summary>By what the rows are ranked. Not part of a model file.</summary>
    public ScoringReport? Scoring { get; init; }

    /// <summary>Why training broke off; null where it did not. Not part of a model file.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Not part of a model file.</summary>
    public TrainingOptions? EffectiveOptions { get; init; }

    /// <summary>What was found beside wrong labels; null: nobody has looked. Not part of a model file.</summary>
    public IReadOnlyList<DataFinding>? Findings { get; init; }

    /// <summary>How log-variances went over the epochs; null unless they are learned. Not part of a model file.</summary>
    public LogVarianceHistory? Variances { get; init; }

    /// <summary>Per task, how long it was trained, where that was found by holding out rows; else null. Not part of a model file.</summary>
    public IReadOnlyList<TaskLength>? Lengths { get; init; }

    /// <summary>Says where in an image the label does not fit; null without pixel tasks. Not part of a model file.</summary>
    public PixelExaminer? Pixels { get; init; }

    /// <summary>Predicts every task, see <see cref="MultiTaskModel.Predict"/>.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public float[][] Predict(ReadOnlySpan<float> inputs)
    {
        RequireAlive();
        return Model.Predict(inputs);
    }

    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void RequireAlive()
    {
        if (disposed)
            throw new ObjectDisposedException(
                nameof(MultiTaskTransformer),
                "The transformer was disposed; it can neither predict nor be saved. A pipeline disposes its transformers, and a PredictionEngine "
                + "its pipeline: dispose them later, or create the engine with PredictionEngineOptions.OwnsTransformer = false.");
    }

    public void Dispose()
    {
        disposed = true;
        Model.Dispose();
    }
}
