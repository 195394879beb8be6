using System.Security.Cryptography;

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

    private protected static ArgumentException WrongKind(TaskDefinition task, string found)
    {
        var (kind, needed) = task switch
        {
            ClassificationTask => ("a classification", "class labels"),
            RegressionTask => ("a regression", "number labels"),
            PixelClassificationTask => ("a classification of pixels", "masks"),
            DerivedTask => ("derived from other tasks", "labels derived from theirs (DerivedLabels)"),
            _ => ("a regression of pixels", "maps"),
        };
        return new ArgumentException($"Task '{task.Name}' is {kind}; it needs {needed}, found {found}.");
    }
}

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

/// <summary>Number labels in the user's units, row-major [rows x dimensions]; a row with any NaN component has no label.</summary>
public sealed class NumberLabels : TaskLabels
{
    private readonly float[] values;

    /// <summary>Makes labels over an array, which is kept, not copied.</summary>
    /// <param name="values">[rows x dimensions], row-major.</param>
    /// <param name="dimensions">Numbers per row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="dimensions"/>.</exception>
    public NumberLabels(float[] values, int dimensions = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.Length % dimensions != 0)
            throw new ArgumentException($"{values.Length} numbers are no whole number of rows of {dimensions}.", nameof(values));
        this.values = values;
        Dimensions = dimensions;
    }

    /// <summary>Numbers per row.</summary>
    public int Dimensions { get; }

    /// <summary>The numbers, row-major [rows x dimensions].</summary>
    public ReadOnlySpan<float> Values => values;

    /// <inheritdoc/>
    public override int Count => values.Length / Dimensions;

    /// <summary>The label of one row.</summary>
    public ReadOnlySpan<float> this[int row] => values.AsSpan(row * Dimensions, Dimensions);

    /// <inheritdoc/>
    public override bool IsLabelled(int row)
    {
        foreach (var value in this[row])
            if (float.IsNaN(value)) return false;
        return true;
    }

    internal override void AppendTo(IncrementalHash hash) => hash.Append<float>(values);

    internal override NumberLabels Subset(ReadOnlySpan<int> rows)
    {
        var chosen = new float[rows.Length * Dimensions];
        for (var i = 0; i < rows.Length; i++) this[rows[i]].CopyTo(chosen.AsSpan(i * Dimensions));
        return new NumberLabels(chosen, Dimensions);
    }

    internal override void Validate(TaskDefinition task, bool training)
    {
        if (task is not RegressionTask regression) throw WrongKind(task, "number labels");
        if (regression.Dimensions != Dimensions)
            throw new ArgumentException($"Task '{task.Name}' has {regression.Dimensions} dimension(s); its labels have {Dimensions}.");
        for (var i = 0; i < values.Length; i++)
            if (float.IsInfinity(values[i]))
                throw new ArgumentException($"Task '{task.Name}', data row {i / Dimensions + 1}: the label is infinite. Mend it, or leave it empty (NaN) for 'no label'.");
    }
}
