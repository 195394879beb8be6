using System.Diagnostics;
using Ilt.Torch;

namespace Ilt.Benchmarks;

/// <summary>What writing a checkpoint costs: trainings that write one after every step beside the same ones that write none, and the share of five minutes, the default interval.</summary>
internal static class CheckpointBenchmark
{
    private const double DefaultIntervalSeconds = 300;

    public static void Run(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine("Writing a checkpoint, by the difference of steps with and without one; share of the time at the default interval");
        Console.WriteLine("| training | step s | checkpoint s | MB | share |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        Print("table of 10,000 rows, 2 tasks", Table(10_000), new MlpDefinition([128, 128], 0), 128, quick);
        if (!quick) Print("table of 1,000,000 rows, 2 tasks", Table(1_000_000), new MlpDefinition([128, 128], 0), 256, quick);
        Print("256 scenes, UNet of width 8", (ImageEpochBenchmark.Tasks, ImageEpochBenchmark.Scenes(quick ? 16 : 256)), UNetDefinition.Small, 16, quick);
        if (!quick) Print("64 scenes, UNet of the paper (31 million parameters)", (ImageEpochBenchmark.Tasks, ImageEpochBenchmark.Scenes(64)), UNetDefinition.Paper, 2, quick);
    }

    /// <summary>Steps each followed by a checkpoint beside the same ones without, and five minutes with one beside five minutes.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        var ratios = new List<SpeedRatio>();
        Add("table of 10,000 rows, 2 tasks", Table(10_000), new MlpDefinition([128, 128], 0), 128);
        if (!quick) Add("table of 1,000,000 rows, 2 tasks", Table(1_000_000), new MlpDefinition([128, 128], 0), 256);
        Add("scenes, UNet of width 8", (ImageEpochBenchmark.Tasks, ImageEpochBenchmark.Scenes(quick ? 16 : 256)), UNetDefinition.Small, 16);
        return new(ratios);

        void Add(string name, (TaskDefinition[], TrainingData) set, NetworkDefinition network, int batch)
        {
            var pairs = Enumerable.Range(0, quick ? 1 : 5).Select(_ => Both(set, network, batch, quick ? 1 : 4)).ToArray();
            double[] plain = [.. pairs.Select(pair => pair.Plain)], kept = [.. pairs.Select(pair => pair.Kept)];
            ratios.Add(SpeedRatio.Of($"a step and a checkpoint, {name}", kept, "a step", plain));
            double[] five = [.. plain.Select(_ => DefaultIntervalSeconds)];
            ratios.Add(SpeedRatio.Of($"five minutes and a checkpoint, {name}", [.. pairs.Select(pair => DefaultIntervalSeconds + Math.Max(0, pair.Kept - pair.Plain))], "five minutes", five, OfFiveMinutes));
        }
    }

    // What is asked of it: a hundredth of the time.
    private const double OfFiveMinutes = 1.01;

    private static void Print(string name, (TaskDefinition[] Tasks, TrainingData Data) set, NetworkDefinition network, int batch, bool quick)
    {
        var (plain, kept, bytes) = Both(set, network, batch, quick ? 1 : 4);
        var cost = Math.Max(0, kept - plain);
        Console.WriteLine(FormattableString.Invariant($"| {name} | {plain:F3} | {cost:F3} | {bytes / 1e6:F1} | {cost / DefaultIntervalSeconds:P2} |"));
    }

    private static (double Plain, double Kept, long Bytes) Both((TaskDefinition[] Tasks, TrainingData Data) set, NetworkDefinition network, int batch, int steps)
    {
        var folder = Directory.CreateTempSubdirectory("ilt-checkpoint-benchmark-").FullName;
        try
        {
            var (plain, _) = Time(set, network, batch, steps, null);
            var (kept, bytes) = Time(set, network, batch, steps, folder);
            return (plain, kept, bytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The fastest step after the first, which warms up and looks at all of the data for its fingerprint.
    private static (double Seconds, long Bytes) Time((TaskDefinition[] Tasks, TrainingData Data) set, NetworkDefinition network, int batch, int steps, string? folder)
    {
        var (last, fastest, count, bytes) = (Stopwatch.GetTimestamp(), double.PositiveInfinity, 0, 0L);
        using var enough = new CancellationTokenSource();
        var options = new TrainingOptions
        {
            Epochs = 4,
            BatchSize = batch,
            Network = network,
            Checkpoint = folder is null ? null : new(folder) { Interval = TimeSpan.Zero },
            OnBatch = _ =>
            {
                if (count++ > 1) fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(last).TotalSeconds);
                last = Stopwatch.GetTimestamp();
                if (folder is not null && File.Exists(Path.Combine(folder, "checkpoint"))) bytes = new FileInfo(Path.Combine(folder, "checkpoint")).Length;
                if (count == steps + 2) enough.Cancel();
            },
        };
        MultiTaskTraining.Train(set.Tasks, set.Data, null, options, enough.Token).Model.Dispose();
        return (fastest, bytes);
    }

    private static (TaskDefinition[], TrainingData) Table(int rows)
    {
        var random = new Random(1);
        float[] features = [.. Enumerable.Range(0, rows * 16).Select(_ => random.NextSingle())];
        return ([new ClassificationTask("class", 4), new RegressionTask("number")],
            new TableData(features, 16, [new ClassLabels([.. Enumerable.Range(0, rows).Select(_ => random.Next(4))]), new NumberLabels([.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())])]));
    }
}
