using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// A task's labels as plain numbers, so that models other than networks can learn them, and such models' predictions as losses on the scale of
/// the network's own.
/// </summary>
public sealed class PlainTargets
{
    private readonly TaskDefinition task;
    private readonly TaskLabels labels;
    private readonly TargetScaling? scale;

    internal PlainTargets(TaskDefinition task, TaskLabels labels, TargetScaling? scale, bool isClasses, float[] values)
    {
        (this.task, this.labels, this.scale, IsClasses, Values) = (task, labels, scale, isClasses, values);
    }

    /// <summary>The labels of a task; null where they are images or derived from other tasks.</summary>
    /// <param name="task">The task.</param>
    /// <param name="labels">Its labels; numbers are scaled by what all of them show.</param>
    /// <exception cref="ArgumentException">There are too few labels, or they are all one.</exception>
    public static PlainTargets? Of(TaskDefinition task, TaskLabels labels)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(labels);
        return task.CreatePlainTargets(labels, task.FitScale(labels));
    }

    /// <summary>Whether a label is one of several classes, whose probabilities are predicted; otherwise numbers are.</summary>
    public bool IsClasses { get; }

    /// <summary>Numbers that are predicted per row: one probability per class, or the components of a vector.</summary>
    public int Columns => task.Channels;

    /// <summary>Per row the class, from 0; or [rows x <see cref="Columns"/>] numbers, scaled to a deviation of about 1. NaN where there is no label.</summary>
    public float[] Values { get; }

    /// <summary>Rows, labelled or not.</summary>
    public int RowCount => labels.Count;

    /// <summary>The typical loss of the best constant prediction.</summary>
    public double ReferenceLoss => task.ScaledReferenceLoss(labels, scale) / task.Coefficient;

    /// <summary>Whether the row has a label.</summary>
    public bool IsLabelled(int row) => labels.IsLabelled(row);

    /// <summary>The loss of every row, as a network's with these predictions would be.</summary>
    /// <param name="predictions">[rows x <see cref="Columns"/>]: probabilities, or numbers on the scale of <see cref="Values"/>; NaN where there is none.</param>
    /// <returns>NaN where there is no label or no prediction.</returns>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public float[] Losses(float[] predictions)
    {
        CheckLength(predictions);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var buffer = task.CreateTargets(labels, scale, RowCount, default);
        var known = new bool[RowCount];
        for (var row = 0; row < known.Length; row++) known[row] = buffer.Write(row, row, null) && !float.IsNaN(predictions[row * Columns]);
        var output = Tensors.From(Array.ConvertAll(predictions, value => float.IsNaN(value) ? 0 : value), RowCount, Columns);
        var losses = Tensors.ToArray(RowLosses.Of(task, IsClasses ? Probabilities.ToLogits(output) : output, buffer.ToTensors()));
        for (var row = 0; row < known.Length; row++)
            if (!known[row]) losses[row] = float.NaN;
        return losses;
    }

    /// <summary>Predictions as users see them: probabilities as they are, numbers in the label's unit.</summary>
    /// <param name="predictions">As in <see cref="Losses"/>.</param>
    public float[] InUnits(float[] predictions)
    {
        CheckLength(predictions);
        var result = predictions.ToArray();
        scale?.Restore(result);
        return result;
    }

    private void CheckLength(float[] predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions.Length != RowCount * Columns)
            throw new ArgumentException($"Expected {RowCount} rows x {Columns} = {RowCount * Columns} predictions of task '{task.Name}'; found {predictions.Length}.", nameof(predictions));
    }
}
