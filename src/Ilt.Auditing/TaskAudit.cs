namespace Ilt.Auditing;

/// <summary>How many labels of a task are wrong.</summary>
/// <param name="Estimate">Share of the labelled rows, 0 to 1; null: it cannot be told.</param>
/// <param name="Low">Lower end of the 95 % interval; 0 where nothing can be told.</param>
/// <param name="High">Upper end of it; 1 where nothing can be told.</param>
/// <param name="CannotTell">Why it cannot be told, in one sentence without a full stop; null: it can.</param>
public sealed record WrongShare(double? Estimate, double Low, double High, string? CannotTell)
{
    /// <summary>
    /// Classes: share of the labels, 0 to 1, beyond <see cref="Estimate"/> for which models that have not seen the row find another class more probable. It is taken for overlap of the
    /// classes; mistakes that many rows share, such as all those next to a boundary, or one class given for another, look the same. Null: not of classes, or not known.
    /// </summary>
    public double? Overlap { get; init; }

    /// <summary>Nothing can be told.</summary>
    public static WrongShare Unknown(string why) => new(null, 0, 1, why);
}

/// <summary>What an audit says of the labels of one task. Arrays have an entry per row.</summary>
public sealed record TaskAudit
{
    /// <summary>How many are wrong.</summary>
    public required WrongShare Share { get; init; }

    /// <summary>The probability that the row's label is wrong, 0 to 1, not falling with its score; NaN where there is no label or nothing can be told.</summary>
    public required float[] ProbabilityWrong { get; init; }

    /// <summary>
    /// [rows]: the natural logarithm of the odds that the label is wrong, by the model of the labels alone, before it is made to rise with the score; NaN where there is
    /// no label, where a person found it right, or nothing can be told. Also there where the share of wrong labels cannot be told: the order is worth something then,
    /// the size is not.
    /// </summary>
    public float[]? LogOdds { get; init; }

    /// <summary>Whether the row is flagged: those of the highest probabilities, as many as make the expected F1 largest.</summary>
    public required bool[] IsFlagged { get; init; }

    /// <summary>[rows] class from 0, or [rows x columns] numbers in the label's unit: what the label should be; NaN where that is not known. Null: there is none.</summary>
    public float[]? Suggested { get; init; }

    /// <summary>
    /// [rows] for classes the probability of the suggested one; for numbers [rows x columns] half the width of the 90 % interval around the suggested one, in the
    /// label's unit. Null as <see cref="Suggested"/>.
    /// </summary>
    public float[]? Confidence { get; init; }

    /// <summary>
    /// How hard the row is whatever its label, 0 to 1: the share of all rows whose right label can be told at least as well. High where classes overlap or numbers scatter; a
    /// row can be hard and right. NaN where it is not known.
    /// </summary>
    public required float[] Difficulty { get; init; }
}
