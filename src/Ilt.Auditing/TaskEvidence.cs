using Ilt.Torch;

namespace Ilt.Auditing;

/// <summary>What a label is, as far as an audit has to know.</summary>
public enum LabelForm
{
    /// <summary>One of several classes.</summary>
    Classes,

    /// <summary>A number, or a vector of numbers.</summary>
    Numbers,

    /// <summary>A mask or a map: a class or a number per pixel. Only losses are known of it.</summary>
    Images,
}

/// <summary>What is known of the labels of one task: what an audit decides by.</summary>
public sealed record TaskEvidence
{
    /// <summary>The task's name, for messages.</summary>
    public required string Task { get; init; }

    /// <summary>What its labels are.</summary>
    public required LabelForm Form { get; init; }

    /// <summary>Numbers that are predicted per row: classes, or components of a vector; 1 for <see cref="LabelForm.Images"/>.</summary>
    public required int Columns { get; init; }

    /// <summary>
    /// [rows] class from 0, or [rows x <see cref="Columns"/>] numbers in the label's unit; NaN where there is no label. Of <see cref="LabelForm.Images"/> [rows]: 0 where
    /// there is a label.
    /// </summary>
    public required float[] Given { get; init; }

    /// <summary>[rows]: by what the rows are ranked; higher = more likely wrong, NaN where there is no label.</summary>
    public required float[] Scores { get; init; }

    /// <summary>
    /// [rows x <see cref="Columns"/>] class probabilities, or numbers in the label's unit, by models that had not seen the row; null where there are none, or for
    /// <see cref="LabelForm.Images"/>.
    /// </summary>
    public float[]? OutOfFold { get; init; }

    /// <summary>[rows x <see cref="Columns"/>] the same by the network that was trained on the row, as far as it learned it; null where there are none.</summary>
    public float[]? InSample { get; init; }

    /// <summary>[rows]: the loss under a network that had not seen the row; null where there is none.</summary>
    public float[]? OutOfFoldLosses { get; init; }

    /// <summary>[rows]: rows that a person found right: they are not wrong, whatever the models say. Null: nobody has looked.</summary>
    public bool[]? KnownRight { get; init; }

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What is known of the labels of a task on training rows.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The rows.</param>
    /// <param name="index">Which of their tasks it is, from 0.</param>
    /// <param name="scores">[rows]: by what they are ranked.</param>
    /// <param name="outOfFold">As <see cref="Ilt.Detectors.DetectorResult.OutOfFold"/>; null: there is none.</param>
    /// <param name="outOfFoldLosses">As <see cref="Ilt.Detectors.DetectorResult.OutOfFoldLosses"/>; null: there is none.</param>
    /// <param name="inSample">What the network predicts that was trained on the rows; null: it is not known.</param>
    /// <param name="seed">Seed of everything random.</param>
    public static TaskEvidence Of(TaskDefinition task, TrainingData data, int index, float[] scores, float[]? outOfFold, float[]? outOfFoldLosses, float[]? inSample, int seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(data);
        var labels = data.Labels[index];
        var plain = labels.CountLabelled() < 2 ? null : PlainTargets.Of(task, labels);
        return new TaskEvidence
        {
            Task = task.Name,
            Form = plain is null ? LabelForm.Images : plain.IsClasses ? LabelForm.Classes : LabelForm.Numbers,
            Columns = plain?.Columns ?? 1,
            Given = plain is null ? [.. Enumerable.Range(0, data.RowCount).Select(row => labels.IsLabelled(row) ? 0 : float.NaN)]
                : plain.IsClasses ? plain.Values : plain.InUnits(plain.Values),
            Scores = scores,
            OutOfFold = plain is null ? null : outOfFold,
            InSample = plain is null ? null : inSample,
            OutOfFoldLosses = outOfFoldLosses,
            KnownRight = data.KnownRight?[index],
            Seed = seed,
        };
    }

    /// <summary>Rows, labelled or not.</summary>
    public int RowCount => Scores.Length;

    /// <summary>Whether a row has a label.</summary>
    public bool IsLabelled(int row) => !float.IsNaN(Given[Form == LabelForm.Numbers ? row * Columns : row]);
}
