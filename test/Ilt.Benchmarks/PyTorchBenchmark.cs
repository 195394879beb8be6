using System.Text.Json.Nodes;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Benchmarks;

/// <summary>
/// An epoch of our training beside the same network in a loop of PyTorch (<c>pytorch/loops.py</c>): equal weights, AdamW, the same batches, random data of the
/// same shapes, one thread each, turn by turn.
/// </summary>
internal static class PyTorchBenchmark
{
    private static readonly string[] Layouts = ["planes", "channels last"];

    public static void Run(bool quick)
    {
        Console.WriteLine();
        if (PyTorch.Find(out var missing) is not { } found)
        {
            Console.WriteLine(missing);
            return;
        }
        Console.WriteLine($"An epoch of the same network, epoch by epoch in turn; {Versions(found.Version)}");
        Console.WriteLine("| set | case | median s / epoch | time to the faster PyTorch |");
        Console.WriteLine("| --- | --- | ---: | ---: |");
        foreach (var set in Sets(quick))
        {
            var medians = Take(set, found.Python, quick ? 2 : set.Epochs + 1).Select(seconds => seconds.Order().ElementAt(seconds.Length / 2)).ToArray();
            var best = medians[1..].Min();
            for (var i = 0; i < medians.Length; i++)
                Console.WriteLine(FormattableString.Invariant($"| {set.Name} | {(i == 0 ? "ours, equal" : $"PyTorch, {set.Layouts[i - 1]}")} | {medians[i]:F4} | {medians[i] / best:F3} |"));
        }
    }

    /// <summary>Our training beside PyTorch's, where it is.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        if (PyTorch.Find(out var missing) is not { } found) return new([], missing);
        var ratios = new List<SpeedRatio>();
        foreach (var set in Sets(quick))
        {
            var seconds = Take(set, found.Python, quick ? 2 : set.Epochs / 2 + 1);
            for (var i = 1; i < seconds.Length; i++)
                ratios.Add(SpeedRatio.Of($"ours, equal weights, {set.Name}", seconds[0], $"PyTorch {found.Version}, {set.Layouts[i - 1]}", seconds[i]));
        }
        return new(ratios, Versions(found.Version) + ".");
    }

    private static string Versions(string version) =>
        $"PyTorch {version} as it was found, with the libtorch and the BLAS that it brings; ours on libtorch {SpeedPage.LibTorchVersion}, so that a ratio is of these, too";

    // The seconds of every epoch but the first, which warms up: ours, and PyTorch's by layout.
    private static double[][] Take(Set set, string python, int epochs)
    {
        var options = TrainingDefaults.Fill(
            new TrainingOptions { Epochs = epochs, Network = set.Network, BatchSize = set.BatchSize, Threads = 1, Weighting = LossWeightingKind.Equal }, set.Data.RowCount, set.Data.Input, set.Tasks);
        var seconds = Turns.Take<double[]>(
        [
            passOn => [.. Turns.Train(set.Tasks, set.Data, options, passOn).Select(epoch => epoch.Seconds)],
            .. set.Layouts.Select(layout => (Func<Action, double[]>)(passOn => Theirs(set, options, python, layout, passOn))),
        ]);
        return Array.ConvertAll(seconds, s => s[1..]);
    }

    private static double[] Theirs(Set set, TrainingOptions options, string python, string layout, Action passOn)
    {
        var arguments = (JsonObject)set.Options.DeepClone();
        (arguments["rows"], arguments["batch"], arguments["epochs"], arguments["layout"]) = (set.Data.RowCount, options.BatchSize!.Value, options.Epochs!.Value, layout);
        (arguments["rate"], arguments["decay"], arguments["clip"]) = (options.LearningRate!.Value, options.WeightDecay!.Value, options.GradientClipNorm!.Value);
        using var training = PyTorch.Begin(python, arguments);
        using var network = options.Network!.Create(set.Data.Input, [.. set.Tasks.Where(task => task.HasHead).Select(task => new HeadSpec(task.Name, task.Channels, task.IsPerPixel))], 1);
        var ours = network.parameters().Sum(parameter => parameter.NumberOfElements);
        if (ours != training.Parameters)
            throw new InvalidOperationException(FormattableString.Invariant($"The network of {set.Name} has {ours} parameters here and {training.Parameters} in pytorch/loops.py; they must be the same network."));
        var seconds = new double[options.Epochs!.Value];
        for (var epoch = 0; epoch < seconds.Length; epoch++)
        {
            seconds[epoch] = training.Epoch();
            if (epoch + 1 < seconds.Length) passOn();
        }
        return seconds;
    }

    private static IEnumerable<Set> Sets(bool quick)
    {
        foreach (var (rows, epochs) in quick ? new[] { (512, 2) } : [(1_000, 120), (10_000, 40), (100_000, 8)])
            yield return new(FormattableString.Invariant($"a table of {rows:N0} rows"), TableLoopBenchmark.Tasks, TableLoopBenchmark.Data(rows), null, null, epochs, Layouts[..1],
                new() { ["set"] = "tables", ["features"] = TableLoopBenchmark.Features, ["classes"] = TableLoopBenchmark.Classes });
        foreach (var set in quick ? ImageLoopBenchmark.Sets(quick)[..1] : ImageLoopBenchmark.Sets(quick))
            yield return new(set.Name, set.Tasks, set.Data, set.Network, set.BatchSize, 40, quick ? Layouts[..1] : Layouts, new()
            {
                ["set"] = set.Name, ["side"] = set.Data.Size.Height, ["classes"] = set.Tasks[0].Channels, ["body"] = Path.Combine(AppContext.BaseDirectory, "makehuman-cc0.npz"),
            });
    }

    private sealed record Set(
        string Name, TaskDefinition[] Tasks, TrainingData Data, NetworkDefinition? Network, int? BatchSize, int Epochs, string[] Layouts, JsonObject Options);
}
