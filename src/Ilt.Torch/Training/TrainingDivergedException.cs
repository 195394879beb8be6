namespace Ilt.Torch;

/// <summary>A loss became infinite or NaN, and nothing can be learned any more.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    internal TrainingDivergedException(string task, int epoch, float loss)
        : base($"Training diverged: in epoch {epoch} the loss of task '{task}' became {loss}. Lower {nameof(TrainingOptions.LearningRate)}, keep {nameof(TrainingOptions.GradientClipNorm)} at 1, and check the inputs for huge values.")
    {
        (TaskName, Epoch) = (task, epoch);
    }

    /// <summary>The task.</summary>
    public string TaskName { get; }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }
}
