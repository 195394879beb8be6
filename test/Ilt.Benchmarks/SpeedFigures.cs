namespace Ilt.Benchmarks;

/// <summary>What one benchmark gives to the page of all ratios.</summary>
/// <param name="Ratios">Its ratios; none where it could not be run.</param>
/// <param name="Note">A line below the table: what it ran on, or why it did not.</param>
internal sealed record SpeedFigures(IReadOnlyList<SpeedRatio> Ratios, string? Note = null);
