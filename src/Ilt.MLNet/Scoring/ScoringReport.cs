namespace Ilt.MLNet;

/// <summary>By what the rows of a training were ranked, and what that cost.</summary>
/// <param name="Detector">The name of the score or detector, as in <see cref="Ilt.Detectors.DetectorCatalog"/>.</param>
/// <param name="ByTask">Per task the name of that whose scores the rows have: where the one asked for says nothing of a task, "noise-score".</param>
/// <param name="Fits">Fits that it took beside the training: 0 for a score that is read off it.</param>
/// <param name="Seconds">Seconds that it took, beside the training.</param>
/// <param name="Notes">What it decided, and where another one took its place, in sentences.</param>
public sealed record ScoringReport(string Detector, IReadOnlyList<string> ByTask, int Fits, double Seconds, IReadOnlyList<string> Notes);
