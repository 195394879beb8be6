namespace Ilt.Cli.Pipeline;

/// <summary>One row of <c>noise-scores.csv</c>.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Task">The task.</param>
/// <param name="Rank">From 1 within the task, the most suspicious first.</param>
/// <param name="NoiseScore">Higher = more likely wrong.</param>
/// <param name="LogVariance">The learned s; <see cref="float.NaN"/> where none was learned.</param>
/// <param name="GivenLabel">The label as the file has it.</param>
/// <param name="PredictedLabel">The class or number that the network predicts.</param>
/// <param name="Loss">The loss when the row was last seen.</param>
internal sealed record ScoredRow(
    string Id, string Task, int Rank, float NoiseScore, float LogVariance, string GivenLabel, string PredictedLabel, float Loss)
{
    /// <summary>The probability that the label is wrong; NaN where it cannot be told.</summary>
    public float ProbabilityWrong { get; init; } = float.NaN;

    /// <summary>Whether the row is flagged.</summary>
    public bool IsFlagged { get; init; }

    /// <summary>What the label should be; empty where that is not known.</summary>
    public string SuggestedLabel { get; init; } = "";

    /// <summary>Of a suggested class its probability, of a suggested number half the 90 % interval; NaN where there is none.</summary>
    public float Confidence { get; init; } = float.NaN;

    /// <summary>How hard the row is whatever its label, 0 to 1; NaN where it is not known.</summary>
    public float Difficulty { get; init; } = float.NaN;

    /// <summary>"right" or "corrected" where a person has looked; else empty.</summary>
    public string Reviewed { get; init; } = "";
}
