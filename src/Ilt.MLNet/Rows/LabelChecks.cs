using System.Globalization;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Finds labels from which nothing can be learned, and says so in terms of the user's columns.</summary>
internal static class LabelChecks
{
    /// <summary>Checks the training labels of every task.</summary>
    /// <returns>Warnings: oddities that do not stop the training.</returns>
    /// <exception cref="InvalidOperationException">A task has no labels, one class only, or a constant target.</exception>
    public static IReadOnlyList<string> Check(IReadOnlyList<TaskSchema> tasks, IReadOnlyList<TaskLabels> labels)
    {
        var warnings = new List<string>();
        for (var k = 0; k < tasks.Count; k++)
            switch (labels[k])
            {
                case ClassLabels classes:
                    CheckClasses(tasks[k], classes, warnings);
                    break;
                case NumberLabels numbers:
                    CheckNumbers(tasks[k], numbers);
                    break;
                case DerivedLabels derived when derived.CountLabelled() == 0:
                    throw new InvalidOperationException($"Task '{tasks[k].Task.Name}' has no label in any training row: none has labels of all of {string.Join(", ", tasks[k].Task.Sources.Select(source => $"'{source}'"))}. Check their columns, or leave the task out.");
                // Whether label images hold anything to learn is found out with their scale and classes, where training begins.
                case var images when images.CountLabelled() == 0:
                    throw NoLabels(tasks[k]);
            }
        return warnings;
    }

    private static void CheckClasses(TaskSchema task, ClassLabels labels, List<string> warnings)
    {
        var counts = new int[task.Size];
        foreach (var label in labels.Classes)
            if (label >= 0) counts[label]++;
        var present = Enumerable.Range(0, task.Size).Where(c => counts[c] > 0).ToArray();
        if (present.Length == 0) throw NoLabels(task);
        if (present.Length == 1)
            throw new InvalidOperationException($"{Name(task)} has labels of one class only ('{task.ClassName(present[0])}', {counts[present[0]]} rows); at least two classes are needed. Check the column, or leave the task out.");
        foreach (var c in present)
            if (counts[c] == 1)
                warnings.Add($"{Name(task)}: class '{task.ClassName(c)}' has one row only; it cannot be told from a wrong label.");
    }

    private static void CheckNumbers(TaskSchema task, NumberLabels labels)
    {
        var first = -1;
        var varies = new bool[task.Size];
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            if (first < 0) first = row;
            for (var d = 0; d < varies.Length; d++) varies[d] |= labels[row][d] != labels[first][d];
        }
        if (first < 0) throw NoLabels(task);
        var constant = Array.IndexOf(varies, false);
        // On a common scale one component may be constant, such as the rotation of a joint that never moves.
        if (constant < 0 || (task.Task.Scale == TargetScale.Common && Array.IndexOf(varies, true) >= 0)) return;
        var place = task.Size > 1 ? $" in slot {constant + 1}" : "";
        throw new InvalidOperationException($"{Name(task)} has the constant target {labels[first][constant].ToString(CultureInfo.InvariantCulture)}{place} in all {labels.CountLabelled()} labelled row(s); there is nothing to learn. Check the column, or leave {(task.Size > 1 ? "the slot" : "the task")} out.");
    }

    private static InvalidOperationException NoLabels(TaskSchema task)
        => new($"{Name(task)} has no label in any training row. Check the column, or leave the task out.");

    private static string Name(TaskSchema task) => $"Task '{task.Task.Name}' (label column '{task.Task.LabelColumnName}')";
}
