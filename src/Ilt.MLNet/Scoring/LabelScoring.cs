using System.Diagnostics;
using Ilt.Detectors;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Scores the labels of the training rows by the detector of the options, or the default one: the only place that does.</summary>
/// <param name="detector">The detector asked for; null: the default.</param>
/// <param name="tasks">The tasks.</param>
/// <param name="data">The training rows.</param>
internal sealed class LabelScoring(IDetector? detector, IReadOnlyList<TaskDefinition> tasks, TrainingData data)
{
    private static readonly IDetector Fallback = new RowScoreDetector(new NoiseScore());

    private readonly IDetector chosen = detector ?? DetectorCatalog.OfOneTraining;
    private readonly bool isNamed = detector is not null;

    /// <summary>Told after each fit.</summary>
    public Action<DetectorProgress>? OnProgress { get; init; }

    /// <summary>Told in a sentence each what was chosen.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>Checks, before the training, that the detector says something of a task.</summary>
    /// <exception cref="DetectorMismatchException">It says nothing of any.</exception>
    public void Check()
    {
        if (!isNamed || tasks.Any(task => chosen.AppliesTo(task, data.Input))) return;
        var others = DetectorCatalog.Plain.Where(other => tasks.Any(task => other.AppliesTo(task, data.Input))).Select(other => other.Name);
        throw new DetectorMismatchException(
            $"{chosen.Name} says nothing of {(tasks.Count == 1 ? "task" : "tasks")} {string.Join(", ", tasks.Select(task => $"'{task.Name}'"))}: {chosen.Summary}. Expected one of {string.Join(", ", others)}.");
    }

    /// <summary>Scores the rows.</summary>
    /// <param name="result">The training on all rows.</param>
    /// <param name="asked">The options that it was given.</param>
    /// <param name="cancellation">Stops the detector's fits.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public LabelScores Score(TrainingResult result, TrainingOptions asked, CancellationToken cancellation)
    {
        // A training that was cancelled is no reason to begin others; what is read off it still is.
        if (!result.Completed && chosen is not RowScoreDetector { Weighting: null }) return Without(result, "the training was cancelled");
        var started = Stopwatch.GetTimestamp();
        var effective = result.EffectiveOptions;
        var options = asked with { Device = effective.Device, Threads = effective.Threads };
        var found = chosen.Detect(new DetectorInput(tasks, data, options) { Finished = result.Scores, OnProgress = OnProgress, OnNote = OnNote }, cancellation);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var notes = new List<string>();
        for (var k = 0; k < tasks.Count; k++)
        {
            if (found.Scores[k] is null) notes.Add($"task '{tasks[k].Name}': {chosen.Name} says nothing of it, its rows are ranked by {Fallback.Name}");
            else if (found.Reasons?[k] is { } reason) notes.Add($"task '{tasks[k].Name}': {reason}");
        }
        return new LabelScores(
            [.. tasks.Select((_, k) => found.Scores[k] ?? result.Scores.NoiseScores(k))],
            [.. tasks.Select((_, k) => found.Scores[k] is null ? null : found.OutOfFold?[k])],
            [.. tasks.Select((_, k) => found.Scores[k] is null ? null : found.OutOfFoldLosses?[k])],
            new ScoringReport(chosen.Name, [.. tasks.Select((_, k) => found.Scores[k] is null ? Fallback.Name : chosen.Name)], found.Fits, seconds, notes));
    }

    /// <summary>The noise scores in its place, where it cannot have its fits.</summary>
    /// <param name="result">The training on all rows.</param>
    /// <param name="why">Why it cannot, in words.</param>
    public LabelScores Without(TrainingResult result, string why) => new(
        [.. tasks.Select((_, k) => result.Scores.NoiseScores(k))],
        new float[]?[tasks.Count],
        new float[]?[tasks.Count],
        new ScoringReport(chosen.Name, [.. tasks.Select(_ => Fallback.Name)], 0, 0, [$"{why} before {chosen.Name} had its fits: rows are ranked by {Fallback.Name}"]));
}

/// <summary>What is known of the labels of the training rows.</summary>
/// <param name="Scores">Per task one score per row, higher = more likely wrong; NaN where there is no label.</param>
/// <param name="OutOfFold">Per task [rows x outputs] predictions of models that had not seen the row; null where there are none.</param>
/// <param name="OutOfFoldLosses">Per task one loss per row under such models; null where there are none.</param>
/// <param name="Report">By what, and at what cost.</param>
internal sealed record LabelScores(IReadOnlyList<float[]> Scores, IReadOnlyList<float[]?> OutOfFold, IReadOnlyList<float[]?> OutOfFoldLosses, ScoringReport Report);
