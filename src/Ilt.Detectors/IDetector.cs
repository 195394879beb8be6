using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>A way to rank training rows by how likely their labels are wrong, with as many fits as it needs.</summary>
public interface IDetector
{
    /// <summary>Short name, as on the command line, in experiments and in files, for example "out-of-fold".</summary>
    string Name { get; }

    /// <summary>One sentence: what it is, and why a wrong label has a high score.</summary>
    string Summary { get; }

    /// <summary>Whether it says something of this task on such rows.</summary>
    bool AppliesTo(TaskDefinition task, InputShape input);

    /// <summary>Why it has nothing to say after trainings by such options, in a sentence; null: it has.</summary>
    string? Problem(TrainingOptions options) => null;

    /// <summary>Scores every row for every task to which it applies. Equal for equal input.</summary>
    /// <param name="input">Rows, labels and options.</param>
    /// <param name="cancellation">Stops at the next step of the fit under way.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default);
}
