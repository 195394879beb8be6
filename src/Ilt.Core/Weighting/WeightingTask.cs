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
    /// <summary>Whether the loss is the cross entropy of logits, per row or per pixel, which a temperature can divide.</summary>
    public bool HasLogits { get; init; }

    /// <summary>Number of classes, of which each row has one; 0 for a task without, and for one of pixels.</summary>
    public int ClassCount { get; init; }

    /// <summary>The class of each training row, from 0, -1 where there is no label; empty where <see cref="ClassCount"/> is 0.</summary>
    public ReadOnlyMemory<int> Classes { get; init; }

    /// <summary>
    /// Training rows whose label is known to be right: what a weighting learns of rows it does not learn of these, so that no label that a person has seen is
    /// taken for a wrong one. Empty: none is known.
    /// </summary>
    public ReadOnlyMemory<bool> KnownRight { get; init; }

    /// <summary>Whether the row's label is known to be right.</summary>
    internal bool IsKnownRight(int row) => !KnownRight.IsEmpty && KnownRight.Span[row];

    internal static void CheckRows(IReadOnlyList<WeightingTask> tasks, int rows)
    {
        foreach (var task in tasks)
            if (!task.KnownRight.IsEmpty && task.KnownRight.Length != rows)
                throw new ArgumentException($"Task '{task.Name}' says of {task.KnownRight.Length} rows whether they are known to be right; there are {rows}.", nameof(tasks));
    }

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
