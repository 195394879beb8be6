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

    /// <summary>Rows, labelled or not.</summary>
    public int RowCount => Scores.Length;

    /// <summary>Whether a row has a label.</summary>
    public bool IsLabelled(int row) => !float.IsNaN(Given[Form == LabelForm.Numbers ? row * Columns : row]);
}
