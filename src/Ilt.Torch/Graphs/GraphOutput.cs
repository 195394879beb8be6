namespace Ilt.Torch;

/// <summary>What is predicted for a task, in a graph.</summary>
/// <param name="Task">The task.</param>
/// <param name="Value">
/// As <see cref="MultiTaskModel.Predict"/> gives it: [classes] probabilities, [dimensions] numbers in the user's units, [classes, H, W] probabilities
/// or [H, W] numbers.
/// </param>
/// <param name="IsProbability">Whether its numbers are probabilities of classes; else they are in the user's units.</param>
public sealed record GraphOutput(TaskDefinition Task, GraphValue Value, bool IsProbability);
