using System.Runtime.InteropServices;
using Ilt.Bodies;
using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Benchmarks;

/// <summary>
/// An epoch of our training beside the same network in a plain loop, both with the channels of a pixel side by side in memory and as planes:
/// what weights, statistics and reading cost, and what the order in memory brings.
/// </summary>
internal static class ImageLoopBenchmark
{
    public static void Run(bool quick)
    {
        Console.WriteLine();
        Console.WriteLine("An epoch of the same network, four trainings epoch by epoch in turn, many short epochs; ratios to the faster plain loop");
        Console.WriteLine("| set | case | median s / epoch | ratio | 10 % | ratio |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var set in Sets(quick)) Print(set, quick ? 2 : 60);
    }

    /// <summary>Our training, with the channels of a pixel side by side, beside the same network in a plain loop of either order.</summary>
    public static SpeedFigures Measure(bool quick)
    {
        var ratios = new List<SpeedRatio>();
        foreach (var set in Sets(quick))
        {
            var seconds = Take(set, quick ? 3 : 25);
            ratios.Add(SpeedRatio.Of($"ours, {set.Name}", seconds[3], Names[1], seconds[1]));
            ratios.Add(SpeedRatio.Of($"ours, {set.Name}", seconds[3], Names[0], seconds[0]));
            ratios.Add(SpeedRatio.Of($"ours, {set.Name}", seconds[3], Names[2], seconds[2]));
        }
        return new(ratios);
    }

    private static readonly string[] Names = ["plain loop, planes", "plain loop, channels last", "ours, planes", "ours, channels last"];

    internal static LoopSet[] Sets(bool quick) => [Pairs(quick), Scenes(quick), Bodies(quick)];

    internal static TrainingOptions Options(LoopSet set, int epochs) =>
        TrainingDefaults.Fill(new TrainingOptions { Epochs = epochs, Network = set.Network, BatchSize = set.BatchSize, Threads = 1 }, set.Data.RowCount, set.Data.Input, set.Tasks);

    private static void Print(LoopSet set, int epochs)
    {
        var seconds = Take(set, epochs);
        var medians = seconds.Select(s => s.Order().ElementAt(s.Length / 2)).ToArray();
        var fastest = seconds.Select(s => s.Order().ElementAt(s.Length / 10)).ToArray();
        var (median, best) = (medians.Take(2).Min(), fastest.Take(2).Min());
        for (var i = 0; i < Names.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"| {set.Name} | {Names[i]} | {medians[i]:F3} | {medians[i] / median:F3} | {fastest[i]:F3} | {fastest[i] / best:F3} |"));
    }

    // The seconds of every epoch but the first, which warms up.
    private static double[][] Take(LoopSet set, int epochs)
    {
        var options = Options(set, epochs);
        var seconds = Turns.Take<double[]>(
        [
            passOn => In(planes: true, () => Plain(set, options, passOn)),
            passOn => In(planes: false, () => Plain(set, options, passOn)),
            passOn => In(planes: true, () => [.. Turns.Train(set.Tasks, set.Data, options, passOn).Select(e => e.Seconds)]),
            passOn => In(planes: false, () => [.. Turns.Train(set.Tasks, set.Data, options, passOn).Select(e => e.Seconds)]),
        ]);
        return Array.ConvertAll(seconds, s => s[1..]);
    }

    private static double[] In(bool planes, Func<double[]> train)
    {
        ChannelsLast.Off = planes;
        try
        {
            return train();
        }
        finally
        {
            ChannelsLast.Off = false;
        }
    }

    private static double[] Plain(LoopSet set, TrainingOptions options, Action passOn)
    {
        using var scope = NewDisposeScope();
        set_num_threads(1);
        using var network = options.Network!.Create(set.Data.Input, [.. set.Tasks.Where(t => t is not DerivedTask).Select(t => new HeadSpec(t.Name, t.Channels, t.IsPerPixel))], 1);
        var (rows, size) = (set.Data.RowCount, set.Data.Size);
        var pixels = Read<byte>(set.Data.Images);
        var inputs = Tensors.From<float>([.. pixels.Select(p => (p - 127.5f) / 64)], rows, size.Height, size.Width, set.Data.Input.Channels).permute(0, 3, 1, 2).contiguous();
        return PlainLoop.Train(network, inputs, [.. set.Data.Labels.Where(l => l is not DerivedLabels).Select(l => Target(l, rows, size))], set.Loss, options, passOn);
    }

    private static Tensor Target(TaskLabels labels, int rows, ImageSize size) => labels switch
    {
        ClassLabels classes => Tensors.From<long>([.. Enumerable.Range(0, rows).Select(row => (long)classes.Classes[row])], rows),
        MaskLabels masks => Tensors.From<long>([.. Read<byte>(masks.Pixels).Select(p => (long)p)], rows, size.Height, size.Width),
        MapLabels maps => Tensors.From<float>(Read<float>(maps.Pixels), rows, 1, size.Height, size.Width),
        NumberLabels numbers => Tensors.From<float>([.. Enumerable.Range(0, rows).SelectMany(row => numbers[row].ToArray())], rows, numbers.Dimensions),
        _ => throw new ArgumentException($"No target of {labels}.", nameof(labels)),
    };

    private static T[] Read<T>(PixelStore store) where T : unmanaged
    {
        var bytes = new byte[store.Count * store.BytesPerRow];
        for (var row = 0; row < store.Count; row++) store.Read(row, bytes.AsSpan(row * store.BytesPerRow, store.BytesPerRow));
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    // What an epoch costs does not depend on what the images show.
    private static PixelStore Noise(Random random, int rows, int bytesPerRow, int values)
    {
        var store = new PixelStore(bytesPerRow);
        for (var row = 0; row < rows; row++) store.Append([.. Enumerable.Range(0, bytesPerRow).Select(_ => (byte)random.Next(values))]);
        return store;
    }

    private static LoopSet Pairs(bool quick)
    {
        var (random, rows, size) = (new Random(1), quick ? 32 : 256, new ImageSize(36, 36));
        TaskDefinition[] tasks = [new ClassificationTask("digit", 10), new ClassificationTask("garment", 10)];
        var data = new ImageData(Noise(random, rows, size.PixelCount, 256), size, 1, [Classes(), Classes()]);
        return new("pairs", tasks, data, new ResidualCnnDefinition(), 64, static (outputs, targets) => CrossEntropy(outputs[0], targets[0]).add(CrossEntropy(outputs[1], targets[1])));

        ClassLabels Classes() => new([.. Enumerable.Range(0, rows).Select(_ => random.Next(10))]);
    }

    private static LoopSet Scenes(bool quick) => new("scenes", ImageEpochBenchmark.Tasks, ImageEpochBenchmark.Scenes(quick ? 16 : 64), new UNetDefinition { BaseWidth = 8, Depth = 3 }, 16,
        static (outputs, targets) => CrossEntropy(outputs[0], targets[0]).add(Mse(outputs[1], targets[1])));

    private static LoopSet Bodies(bool quick)
    {
        var (random, rows, size) = (new Random(1), quick ? 16 : 64, new ImageSize(64, 64));
        var model = BodyModel.Read(Path.Combine(AppContext.BaseDirectory, "makehuman-cc0.npz"));
        var (shape, pose) = (new RegressionTask("shape", model.ShapeCount) { Scale = TargetScale.Common }, new RegressionTask("pose", 24 * 6) { Scale = TargetScale.Common });
        var derivation = new BodySurface(model, 700);
        TaskDefinition[] tasks = [new PixelClassificationTask("parts", BodyParts.ClassCount), shape, pose, new DerivedTask("surface", derivation, shape, pose)];
        var (shapes, poses) = (Numbers(model.ShapeCount), Numbers(24 * 6));
        var masks = new MaskLabels(Noise(random, rows, size.PixelCount, BodyParts.ClassCount), size);
        var data = new ImageData(Noise(random, rows, size.PixelCount * 3, 256), size, 3, [masks, shapes, poses, new DerivedLabels(shapes, poses)]);
        return new("bodies", tasks, data, UNetDefinition.BodySmall, 16, (outputs, targets) =>
            CrossEntropy(outputs[0], targets[0]).add(Mse(outputs[1], targets[1])).add(Mse(outputs[2], targets[2]))
                .add(Mse(derivation.Compute([outputs[1], outputs[2]]), derivation.Compute([targets[1], targets[2]]))));

        NumberLabels Numbers(int dimensions) => new([.. Enumerable.Range(0, rows * dimensions).Select(_ => random.NextSingle())], dimensions);
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor classes) => nn.functional.cross_entropy(logits, classes);

    private static Tensor Mse(Tensor output, Tensor target) => nn.functional.mse_loss(output, target);

    internal sealed record LoopSet(string Name, TaskDefinition[] Tasks, ImageData Data, NetworkDefinition Network, int BatchSize, Func<Tensor[], Tensor[], Tensor> Loss);
}
