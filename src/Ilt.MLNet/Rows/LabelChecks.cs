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
        for (var k = 0; k < tasks.Count; k++) tasks[k].Binding.Check(tasks[k], labels[k], warnings);
        return warnings;
    }
}
