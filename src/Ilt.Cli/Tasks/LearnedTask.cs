using Ilt.Torch;

namespace Ilt.Cli.Tasks;

/// <summary>A task as the training takes it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Labels">The labels of all rows.</param>
/// <param name="ClassNames">Names of the classes; null: the labels are no classes.</param>
internal sealed record LearnedTask(TaskDefinition Task, TaskLabels Labels, IReadOnlyList<string>? ClassNames = null);
