using Ilt.Torch;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Benchmarks;

/// <summary>An epoch of our training on a table, with log-variances and with equal weights, beside the same network in a plain loop.</summary>
internal static class TableLoopBenchmark
{
    internal const int Features = 20, Classes = 5;

    internal static readonly TaskDefinition[] Tasks = [new ClassificationTask("kind", Classes), new RegressionTask("size")];

    public static void Run(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine("An epoch on a table of 20 features and 2 tasks, the same network of 128-128 units, three trainings epoch by epoch in turn");
        Console.WriteLine("| rows | batch | case | rows/s (median epoch) | time to plain | time to equal |");
        Console.WriteLine("| ---: | ---: | --- | ---: | ---: | ---: |");
        foreach (var (rows, epochs) in quick ? new[] { (512, 2) } : [(1_000, 120), (10_000, 40), (100_000, 9), (1_000_000, 3)]) Print(rows, epochs + 1);
    }

    /// <summary>Our training beside a plain loop, and log-variances beside equal weights.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        var ratios = new List<SpeedRatio>();
        foreach (var (rows, epochs) in quick ? new[] { (512, 2) } : [(1_000, 60), (10_000, 24), (100_000, 7)])
        {
            var (_, seconds) = Take(rows, epochs + 1);
            var set = FormattableString.Invariant($"{rows:N0} rows, 20 features, 2 tasks");
            ratios.Add(SpeedRatio.Of($"ours, equal weights, {set}", seconds[1], "a plain loop", seconds[0]));
            ratios.Add(SpeedRatio.Of($"ours, log-variances, {set}", seconds[2], "a plain loop", seconds[0]));
            ratios.Add(SpeedRatio.Of($"ours, log-variances, {set}", seconds[2], "ours, equal weights", seconds[1], BesideEqual));
        }
        return new(ratios);
    }

    // What is asked of it: log-variances cost little beside the network.
    private const double BesideEqual = 1.02;

    private static void Print(int rows, int epochs)
    {
        var (batch, seconds) = Take(rows, epochs);
        var medians = seconds.Select(s => s.Order().ElementAt(s.Length / 2)).ToArray();
        var names = new[] { "plain loop", "ours, equal", "ours, ilt" };
        for (var i = 0; i < names.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"| {rows:N0} | {batch} | {names[i]} | {rows / medians[i]:N0} | {medians[i] / medians[0]:F3} | {medians[i] / medians[1]:F3} |"));
    }

    // The seconds of every epoch but the first, which warms up.
    private static (int BatchSize, double[][] Seconds) Take(int rows, int epochs)
    {
        var data = Data(rows);
        var options = TrainingDefaults.Fill(new TrainingOptions { Epochs = epochs, Threads = 1 }, rows, data.Input, Tasks);
        var seconds = Turns.Take<double[]>(
        [
            passOn => Plain(data, options, passOn),
            passOn => [.. Turns.Train(Tasks, data, options with { Weighting = LossWeightingKind.Equal }, passOn).Select(epoch => epoch.Seconds)],
            passOn => [.. Turns.Train(Tasks, data, options, passOn).Select(epoch => epoch.Seconds)],
        ]);
        return (options.BatchSize!.Value, Array.ConvertAll(seconds, s => s[1..]));
    }

    private static double[] Plain(TableData data, TrainingOptions options, Action passOn)
    {
        using var scope = NewDisposeScope();
        set_num_threads(1);
        using var network = options.Network!.Create(data.Input, [.. Tasks.Select(task => new HeadSpec(task.Name, task.Channels, false))], 1);
        var classes = (ClassLabels)data.Labels[0];
        var numbers = (NumberLabels)data.Labels[1];
        Tensor[] targets =
        [
            Tensors.From<long>([.. Enumerable.Range(0, data.RowCount).Select(row => (long)classes.Classes[row])], data.RowCount),
            Tensors.From<float>([.. Enumerable.Range(0, data.RowCount).Select(row => numbers[row][0])], data.RowCount, 1),
        ];
        return PlainLoop.Train(network, Tensors.From(data.Features, data.RowCount, Features), targets,
            static (outputs, targets) => nn.functional.cross_entropy(outputs[0], targets[0]).add(nn.functional.mse_loss(outputs[1], targets[1])), options, passOn);
    }

    // What an epoch costs does not depend on what the labels say.
    internal static TableData Data(int rows)
    {
        var random = new Random(1);
        return new TableData([.. Enumerable.Range(0, rows * Features).Select(_ => random.NextSingle())], Features,
            [new ClassLabels([.. Enumerable.Range(0, rows).Select(_ => random.Next(Classes))]), new NumberLabels([.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())])]);
    }
}
