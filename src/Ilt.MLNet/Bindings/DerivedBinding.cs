using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;

namespace Ilt.MLNet;

/// <summary>No column: numbers that are computed from what other tasks predict, and from their labels.</summary>
internal sealed class DerivedBinding : TaskBinding
{
    public override string Name => "Derived";

    public override bool HasColumn => false;

    public override void CheckNames(TaskColumn task, string option)
    {
        if (string.IsNullOrWhiteSpace(task.Name)) throw new ArgumentException("A derived task has no name; give it one.", option);
        if (!string.IsNullOrEmpty(task.LabelColumnName))
            throw new ArgumentException($"Task '{task.Name}' is derived, so it has no label column; '{task.LabelColumnName}' was given. Make it with TaskColumn.Derived.", option);
        if (task.Derivation is null) throw new ArgumentException($"Task '{task.Name}' is derived, and {nameof(TaskColumn.Derivation)} is null; give the computation.", option);
        if (task.Sources is null or []) throw new ArgumentException($"Task '{task.Name}' is derived from no task; name its sources, for example \"width\", \"height\".", option);
    }

    public override void CheckOptions(TaskColumn task, bool isOwn, string option)
    {
        if (!isOwn && (task.Derivation is not null || task.Sources is not []))
            throw new ArgumentException($"Task '{task.Name}': {nameof(TaskColumn.Derivation)} and {nameof(TaskColumn.Sources)} are for Derived, found {task.Kind}.", option);
    }

    public override void CheckSources(TaskColumn task, IReadOnlyList<TaskColumn> tasks, string option)
    {
        foreach (var name in task.Sources)
        {
            var source = tasks.FirstOrDefault(other => other.Name == name) ?? throw new ArgumentException(
                $"Task '{task.Name}' is derived from '{name}', which is no task of this trainer; there are {string.Join(", ", tasks.Where(other => other != task).Select(other => $"'{other.Name}'"))}. Sources are named by task, not by label column.", option);
            if (!source.Binding.IsSource)
                throw new ArgumentException($"Task '{task.Name}' is derived from '{name}', which is a {source.Kind}; expected a {TaskBindings.Sources}. Name tasks that have a label column and one label per row.", option);
        }
    }

    public override string Expected => throw Cannot("stand in a column");

    public override bool Fits(SchemaShape.Column column) => false;

    public override string Advice(SchemaShape.Column column) => throw Cannot("stand in a column");

    public override TaskSchema Read(TaskColumn task, DataViewSchema schema) => new(task, this, 0, null, null);

    public override TaskSchema Placeholder(TaskColumn task, SchemaShape shape) => new(task, this, 2, null, null);

    /// <summary>The numbers per row are those that the computation tells from the sizes of the sources.</summary>
    public override TaskSchema Measure(TaskSchema task, IReadOnlyList<TaskSchema> sources)
    {
        try
        {
            return task with { Size = ToDefinition(task, [.. sources.Select(source => source.ToDefinition([]))]).Channels };
        }
        catch (ArgumentException e)
        {
            var found = sources.Select(source => FormattableString.Invariant($"'{source.Task.Name}' (column '{source.LabelColumnName}', {source.Size} {source.Binding.SizeUnit})"));
            throw new ArgumentException($"Task '{task.Task.Name}' cannot be derived from {string.Join(" and ", found)} by '{task.Task.Derivation!.Name}': {(e.InnerException ?? e).Message} Check these columns and the order of the sources.", "input", e);
        }
    }

    /// <summary>
    /// The network's part of a file holds what computes the task; the columns are to say it too, so that they can be trained on again.
    /// </summary>
    public override TaskSchema Restore(TaskSchema task, TaskDefinition saved)
        => saved is DerivedTask derived ? task with { Task = task.Task with { Derivation = derived.Derivation } } : throw Broken();

    public override TaskDefinition ToDefinition(TaskSchema task, IReadOnlyList<TaskDefinition> sources)
        => new DerivedTask(task.Task.Name, task.Task.Derivation!, sources) { LossScale = task.Task.LossScale };

    public override LabelReader? CreateReader(DataViewRow row, TaskSchema task, ImageSize imageSize, PixelStores stores) => null;

    public override TaskLabels Derive(IReadOnlyList<TaskLabels> sources) => new DerivedLabels(sources);

    public override void Check(TaskSchema task, TaskLabels labels, List<string> warnings)
    {
        if (labels.CountLabelled() == 0)
            throw new InvalidOperationException($"Task '{task.Task.Name}' has no label in any training row: none has labels of all of {string.Join(", ", task.Task.Sources.Select(source => $"'{source}'"))}. Check their columns, or leave the task out.");
    }

    public override void AddPredictions(PredictionColumns columns, TaskSchema task) => columns.AddVector(task);
}
