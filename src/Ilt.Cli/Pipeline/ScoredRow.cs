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
    string Id, string Task, int Rank, float NoiseScore, float LogVariance, string GivenLabel, string PredictedLabel, float Loss);
