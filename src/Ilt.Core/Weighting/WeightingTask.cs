namespace Ilt.Weighting;

/// <summary>What a weighting needs to know of a task.</summary>
/// <param name="Name">The task's name, for messages.</param>
/// <param name="Coefficient">c_k of Eq. 2 and 4: 1 for classification, 0.5 for regression; above 0.</param>
/// <param name="ReferenceLoss">
/// ref_k, the loss c_k l of a network that has learned nothing: the entropy of the label frequencies (classification), half the median
/// of the mean squared standardised target (regression). NaN or 0: unknown, then s of this task is not pulled to its median.
/// </param>
public sealed record WeightingTask(string Name, double Coefficient, double ReferenceLoss)
{
    internal static void Validate(IReadOnlyList<WeightingTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0)
            throw new ArgumentException("At least one task is needed.", nameof(tasks));
        foreach (var task in tasks)
            if (!(task.Coefficient > 0) || double.IsInfinity(task.Coefficient))
                throw new ArgumentException(FormattableString.Invariant(
                    $"The coefficient of task '{task.Name}' must be a finite number above 0 (1 for classification, 0.5 for regression); found {task.Coefficient}."), nameof(tasks));
    }
}
