using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>One task as its label column defines it.</summary>
/// <param name="Task">Name, label column, kind.</param>
/// <param name="Label">What the label column holds.</param>
/// <param name="Size">Classes of a classification, 0 where they are yet to be counted in the masks; numbers of a regression or of what is derived.</param>
/// <param name="Names">Names of the classes; null where the key has none, and for numbers.</param>
/// <param name="SlotNames">Names of a vector's components; null where it has none.</param>
internal sealed record TaskSchema(TaskColumn Task, LabelKind Label, int Size, KeyNames? Names, IReadOnlyList<string>? SlotNames)
{
    /// <summary>Two classes behind a boolean column, false first.</summary>
    private static readonly string[] BooleanNames = ["false", "true"];

    /// <summary>The column of the labels; null where they are derived.</summary>
    public string? LabelColumnName => Label == LabelKind.Derived ? null : Task.LabelColumnName;

    /// <param name="sources">Definitions of the tasks that a derived one is computed from; not used for others.</param>
    /// <exception cref="ArgumentException">The computation does not take these sources.</exception>
    public TaskDefinition ToDefinition(IReadOnlyList<TaskDefinition> sources) => Task.Kind switch
    {
        TaskKind.Classification => new ClassificationTask(Task.Name, Size) { LossScale = Task.LossScale },
        TaskKind.PixelClassification => new PixelClassificationTask(Task.Name, Size) { LossScale = Task.LossScale },
        TaskKind.PixelRegression => new PixelRegressionTask(Task.Name) { LossScale = Task.LossScale, Loss = Task.PixelLoss },
        TaskKind.Derived => new DerivedTask(Task.Name, Task.Derivation!, sources) { LossScale = Task.LossScale },
        _ => new RegressionTask(Task.Name, Size) { LossScale = Task.LossScale, Scale = Task.Scale ?? TargetScale.Bent, Loss = Task.RegressionLoss },
    };

    /// <summary>The text of a class: its key value, or its number from 1 where the key has no values.</summary>
    public string ClassName(int index) => Label == LabelKind.Boolean
        ? BooleanNames[index]
        : Names?.Text(index) ?? (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Reads the schema of a label column that has passed the shape check.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The key column has fewer than two or too many classes, or rotations are no multiple of six numbers.</exception>
    public static TaskSchema Read(TaskColumn task, LabelKind label, DataViewSchema.Column column)
    {
        const int NumbersPerRotation = 6;
        if (task.RegressionLoss == RegressionLoss.RotationMatrices && (column.Type as VectorDataViewType)?.Size % NumbersPerRotation is not 0)
            throw SchemaErrors.Mismatch("label", column.Name, "six numbers per rotation, a Vector<Single> of a multiple of 6", column.Type.ToString()!, "input",
                $"The loss of task '{task.Name}' is taken between rotation matrices; turn the rotations into six numbers each, or leave {nameof(TaskColumn.RegressionLoss)} at Squared");
        switch (label)
        {
            case LabelKind.Key:
                var count = ((KeyDataViewType)column.Type).Count;
                if (count is < 2 or > 1_000_000)
                    throw new ArgumentOutOfRangeException("input", $"Task '{task.Name}': label column '{column.Name}' is a key of {count} value(s); classification needs 2 to 1000000 classes. Check the column, or leave the task out.");
                return new TaskSchema(task, label, (int)count, KeyNames.Read(column), null);
            case LabelKind.Boolean:
                return new TaskSchema(task, label, 2, null, null);
            case LabelKind.Number:
                return new TaskSchema(task, label, 1, null, null);
            case LabelKind.Mask:
                return new TaskSchema(task, label, task.ClassCount ?? 0, null, null);
            case LabelKind.Map:
                return new TaskSchema(task, label, 1, null, null);
            default:
                return new TaskSchema(task, label, ((VectorDataViewType)column.Type).Size, null, KeyNames.ReadSlotNames(column));
        }
    }
}
