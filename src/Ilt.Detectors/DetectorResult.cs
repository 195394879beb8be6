namespace Ilt.Detectors;

/// <summary>What a detector says.</summary>
public sealed record DetectorResult
{
    /// <summary>Per task one score per row: higher = the label is more likely wrong, comparable within a task only, NaN where there is no label. Null for tasks to which
    /// the detector does not apply.</summary>
    public required IReadOnlyList<float[]?> Scores { get; init; }

    /// <summary>
    /// Per task what models that had not seen the row's label predict: [rows x outputs], class probabilities or numbers in the label's unit. Null where there is
    /// no such prediction.
    /// </summary>
    public IReadOnlyList<float[]?>? OutOfFold { get; init; }

    /// <summary>Per task the loss of every row under models that had not seen it: NaN where there is no label. Null where there is none.</summary>
    public IReadOnlyList<float[]?>? OutOfFoldLosses { get; init; }

    /// <summary>Fits that it took, of networks and of other models, beside <see cref="DetectorInput.Finished"/>.</summary>
    public required int Fits { get; init; }

    /// <summary>Per task how strongly each part of a combination counted, or what else was decided, in one sentence; null: nothing was.</summary>
    public IReadOnlyList<string?>? Reasons { get; init; }
}
