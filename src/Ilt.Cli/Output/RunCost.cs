using System.Diagnostics;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Output;

/// <summary>What a run cost, and what would make it faster.</summary>
/// <param name="ReadingSeconds">Of the table.</param>
/// <param name="PreparingSeconds">In which columns become features, images are decoded and libraries are loaded.</param>
/// <param name="TrainingSeconds">Of all steps of the training, those that find the number of epochs included.</param>
/// <param name="ScoringSeconds">Of fits of other models, and of what is found out from them.</param>
/// <param name="RowsPerSecond">In the training of the network that is kept; null: no epoch was finished.</param>
/// <param name="PeakMemoryMiB">The most memory that the process held.</param>
/// <param name="Faster">What would make it faster, the largest gain first.</param>
internal sealed record RunCost(double ReadingSeconds, double PreparingSeconds, double TrainingSeconds, double ScoringSeconds, double? RowsPerSecond, long PeakMemoryMiB, IReadOnlyList<string> Faster)
{
    // What takes less than this is not worth a change, and neither is a run that is over before one has read so.
    private const double LargeShare = 0.4, SmallShare = 0.1, ShortRun = 20;

    /// <summary>What it cost so far.</summary>
    /// <param name="clock">The time by phase.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="data">Its rows.</param>
    /// <param name="result">What it learned.</param>
    public static RunCost Of(PhaseClock clock, FlagOptions options, FlagData data, FlagResult result)
    {
        var (fitted, seconds) = (result.Fitted, result.Fitted.History.Sum(epoch => epoch.Seconds));
        var (reading, training, scoring) = (clock.Seconds(RunPhase.Reading), clock.Seconds(RunPhase.Training), clock.Seconds(RunPhase.Scoring));
        return new RunCost(
            Math.Round(reading, 3), Math.Round(clock.Seconds(RunPhase.Preparing), 3), Math.Round(training, 3), Math.Round(scoring, 3),
            seconds > 0 ? Math.Round(fitted.History.Sum(epoch => epoch.RowsPerSecond * epoch.Seconds) / seconds, 1) : null,
            PeakMemory() >> 20,
            [.. Advice(new RunShape(reading, training, scoring)
            {
                Total = clock.Total,
                OtherFits = fitted.Scoring?.Fits ?? 0,
                IsOfImages = data.Images is not null,
                WaitShare = RunRecords.WaitShare(fitted),
                FindsEpochs = fitted.TaskLengths is not null,
                Threads = fitted.EffectiveOptions?.Threads ?? 1,
                Processors = Environment.ProcessorCount,
                IsOnCpu = fitted.EffectiveOptions?.Device.IsCuda != true,
                IsParquet = data.Table.Format.Kind == TableFileKind.Parquet,
            })]);
    }

    /// <summary>What would make a run faster, the largest part of its time first.</summary>
    public static IEnumerable<string> Advice(RunShape run)
    {
        var total = run.Total;
        if (total < ShortRun) yield break;
        if (run.Scoring > LargeShare * total && run.OtherFits > 0)
            yield return FormattableString.Invariant($"--fast ranks by the one training, without the {run.OtherFits} further fits, which took {run.Scoring / total:P0} of the time");
        if (run.IsOfImages && run.WaitShare > SmallShare)
            yield return FormattableString.Invariant($"pictures stored in the size of the training (--size), for it waited {run.WaitShare:P0} of its time for them");
        if (run.Training > LargeShare * total)
        {
            if (run.FindsEpochs) yield return "--epochs N trains once; without it two fits on halves of the rows find the number first";
            if (run.Threads == 1 && run.Processors > 1 && run.IsOnCpu) yield return FormattableString.Invariant($"--threads auto measures whether several of the {run.Processors} processors are faster than one");
        }
        if (run.Reading > LargeShare * total && !run.IsOfImages && !run.IsParquet) yield return "the table as Parquet, which is read faster than text";
    }

    /// <summary>The cost in one line.</summary>
    /// <param name="clock">The time by phase, writing included.</param>
    public string InWords(PhaseClock clock)
    {
        var total = clock.Total;
        var phases = string.Join(", ", Enum.GetValues<RunPhase>().Select(phase => FormattableString.Invariant($"{Name(phase)} {clock.Seconds(phase) / total:P0}")));
        var speed = RowsPerSecond is { } rows ? FormattableString.Invariant($", {rows:N0} rows/s in training") : "";
        return FormattableString.Invariant($"cost: {total:F1} s ({phases}){speed}, {PeakMemoryMiB:N0} MiB of memory at most");
    }

    private static string Name(RunPhase phase) => phase == RunPhase.Scoring ? "scores" : phase.ToString().ToLowerInvariant();

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

/// <summary>What decides how a run could be faster: seconds by phase, and how it ran.</summary>
/// <param name="Reading">Seconds of reading.</param>
/// <param name="Training">Of training.</param>
/// <param name="Scoring">Of scoring.</param>
internal sealed record RunShape(double Reading, double Training, double Scoring)
{
    /// <summary>Seconds altogether.</summary>
    public double Total { get; init; } = Reading + Training + Scoring;

    /// <summary>Fits beside the training.</summary>
    public int OtherFits { get; init; }

    /// <summary>Whether the rows are images.</summary>
    public bool IsOfImages { get; init; }

    /// <summary>Share of the training's time in which it waited for images.</summary>
    public double WaitShare { get; init; }

    /// <summary>Whether the number of epochs was found by fits on halves.</summary>
    public bool FindsEpochs { get; init; }

    /// <summary>Threads of the network.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Processors of the machine.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>Whether the network was trained on the processor.</summary>
    public bool IsOnCpu { get; init; } = true;

    /// <summary>Whether the table is Parquet.</summary>
    public bool IsParquet { get; init; }
}
