using System.Diagnostics;
using System.Globalization;
using Ilt.Experiments;

namespace Ilt.Cli.Output;

/// <summary>A line for each finished cell, with the time left.</summary>
internal sealed class ExperimentProgress(CliContext context, IReadOnlyList<Cell> cells, int cores)
{
    private readonly List<Cell> left = [.. cells];
    private readonly List<(Cell Cell, double Seconds)> known = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Tells what became of a cell.</summary>
    public void Report(CellOutcome outcome)
    {
        left.Remove(outcome.Cell);
        if (outcome.Failure is null) known.Add((outcome.Cell, outcome.Seconds));
        var done = cells.Count - left.Count;
        var line = string.Create(CultureInfo.InvariantCulture, $"[{done}/{cells.Count}] {outcome.Cell}: {(outcome.Failure is null ? $"{outcome.Seconds:F1} s" : $"failed: {outcome.Failure}")}");
        if (left.Count > 0 && known.Count > 0)
        {
            // What the processes spend beside the cells, on starting and reading, is in the clock and not in the cells' own seconds.
            var busy = Math.Max(1, clock.Elapsed.TotalSeconds * Math.Min(cores, cells.Count) / Math.Max(0.001, known.Sum(pair => pair.Seconds)));
            var seconds = left.Sum(cell => ExperimentRun.SecondsOf(cell, known)) * Math.Min(busy, 10) / Math.Min(cores, left.Count);
            line += $"; about {Duration(seconds)} left";
        }
        context.Out.WriteLine(line);
        context.Out.Flush();
    }

    /// <summary>A time in words, "3 min".</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 90 => FormattableString.Invariant($"{Math.Max(1, seconds):F0} s"),
        < 5400 => FormattableString.Invariant($"{seconds / 60:F0} min"),
        _ => FormattableString.Invariant($"{seconds / 3600:F1} h"),
    };
}
