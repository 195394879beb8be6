using System.Security.Cryptography;
using Ilt.Imaging;

namespace Ilt.Torch;

/// <summary>The labels of one task, one entry per row; a row may lack a label.</summary>
public abstract class TaskLabels
{
    /// <summary>Number of rows, labelled or not.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the row has a label for this task.</summary>
    /// <param name="row">0 .. <see cref="Count"/> - 1.</param>
    public abstract bool IsLabelled(int row);

    /// <summary>Number of rows that have a label.</summary>
    public int CountLabelled()
    {
        var labelled = 0;
        for (var row = 0; row < Count; row++)
            if (IsLabelled(row)) labelled++;
        return labelled;
    }

    /// <summary>Checks that these labels fit the task.</summary>
    /// <exception cref="ArgumentException">Kind, shape or values do not fit.</exception>
    internal abstract void Validate(TaskDefinition task, bool training);

    /// <summary>The labels of the given rows, in the given order.</summary>
    internal abstract TaskLabels Subset(ReadOnlySpan<int> rows);

    /// <summary>Adds all labels to a hash.</summary>
    internal abstract void AppendTo(IncrementalHash hash);

    /// <summary>The class of every row, -1 = no label; empty where labels are no classes.</summary>
    internal virtual ReadOnlyMemory<int> RowClasses => default;

    /// <summary>Size of the label images; null where labels are none.</summary>
    internal virtual ImageSize? ImageSize => null;

    /// <summary>Whether there is more than one label to tell apart.</summary>
    internal virtual bool CanBeLearned => CountLabelled() > 1;

    /// <summary>Whether a <see cref="DerivedTask"/> can be computed from them.</summary>
    internal virtual bool CanBeSource => false;

    /// <summary>Numbers per label that a derived task computes with; null where only the task knows it.</summary>
    internal virtual int? SourceDimensions => null;

    /// <summary>Writes what a derived task computes with for the label of a row: numbers, or 1 for the class and 0 (which is there already) for the others.</summary>
    internal virtual void CopySource(int row, Span<float> destination) => throw new InvalidOperationException($"Nothing can be derived from {GetType().Name}.");

    private protected static ArgumentException WrongKind(TaskDefinition task, string found) =>
        new($"Task '{task.Name}' is {task.InWords.Kind}; it needs {task.InWords.Labels}, found {found}.");
}
