using System.Security.Cryptography;

namespace Ilt.Torch;

/// <summary>Class labels, counted from 0; -1 where the row has none.</summary>
/// <param name="classes">One class per row; kept, not copied.</param>
public sealed class ClassLabels(int[] classes) : TaskLabels
{
    /// <summary>The classes, -1 = no label.</summary>
    public ReadOnlySpan<int> Classes => classes;

    /// <inheritdoc/>
    public override int Count => classes.Length;

    /// <inheritdoc/>
    public override bool IsLabelled(int row) => classes[row] >= 0;

    internal override ReadOnlyMemory<int> RowClasses => classes;

    internal override bool CanBeLearned => classes.Where(c => c >= 0).Distinct().Skip(1).Any();

    internal override bool CanBeSource => true;

    internal override void CopySource(int row, Span<float> destination) => destination[classes[row]] = 1;

    internal override void AppendTo(IncrementalHash hash) => hash.Append<int>(classes);

    internal override ClassLabels Subset(ReadOnlySpan<int> rows)
    {
        var chosen = new int[rows.Length];
        for (var i = 0; i < chosen.Length; i++) chosen[i] = classes[rows[i]];
        return new ClassLabels(chosen);
    }

    internal override void Validate(TaskDefinition task, bool training)
    {
        if (task is not ClassificationTask classification) throw WrongKind(task, "class labels");
        var seen = new HashSet<int>();
        for (var row = 0; row < classes.Length; row++)
        {
            if (classes[row] < -1 || classes[row] >= classification.ClassCount)
                throw new ArgumentException($"Task '{task.Name}', data row {row + 1}: class {classes[row]} is outside 0 .. {classification.ClassCount - 1} (-1 = no label).");
            if (classes[row] >= 0) seen.Add(classes[row]);
        }
        if (training && seen.Count < 2)
            throw new ArgumentException($"Task '{task.Name}': the training rows hold {(seen.Count == 0 ? "no label at all" : "only one class")}; there is nothing to learn. Check the label column, or leave the task out.");
    }
}
