using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>One task as its label column defines it.</summary>
/// <param name="Task">Name, label column, kind.</param>
/// <param name="Binding">What the label column holds.</param>
/// <param name="Size">Classes of a classification, 0 where they are yet to be counted in the masks; numbers of a regression, a count or of what is derived.</param>
/// <param name="Names">Names of the classes; null where the key has none, and for numbers.</param>
/// <param name="SlotNames">Names of a vector's components; null where it has none.</param>
internal sealed record TaskSchema(TaskColumn Task, TaskBinding Binding, int Size, KeyNames? Names, IReadOnlyList<string>? SlotNames)
{
    /// <summary>The column of the labels; null where they are derived.</summary>
    public string? LabelColumnName => Binding.HasColumn ? Task.LabelColumnName : null;

    /// <param name="sources">Definitions of the tasks that a derived one is computed from; not used for others.</param>
    /// <exception cref="ArgumentException">The computation does not take these sources.</exception>
    public TaskDefinition ToDefinition(IReadOnlyList<TaskDefinition> sources) => Binding.ToDefinition(this, sources);
}
