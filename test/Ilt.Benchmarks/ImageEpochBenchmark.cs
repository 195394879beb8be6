using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch;
using Ilt.Weighting;
using System.Runtime.InteropServices;

namespace Ilt.Benchmarks;

/// <summary>An epoch on images with log-variances beside one with equal weights, and how long the training waits for images.</summary>
internal static class ImageEpochBenchmark
{
    internal static readonly TaskDefinition[] Tasks = [new PixelClassificationTask("mask", SceneGenerator.ClassNames.Count), new PixelRegressionTask("depth")];

    public static void Run(bool quick)
    {
        var data = Scenes(quick ? 16 : 256);
        var options = new TrainingOptions
        {
            Epochs = quick ? 2 : 16,
            BatchSize = 16,
            Network = quick ? new UNetDefinition { BaseWidth = 2, Depth = 1 } : UNetDefinition.Small,
            Augmentation = new AugmentationOptions { HorizontalFlip = 0.5, Brightness = 0.2, Contrast = 0.2, ScaleMax = 1.3 },
        };
        var histories = Turns.Take<IReadOnlyList<EpochReport>>([passOn => Turns.Train(Tasks, data, options with { Weighting = LossWeightingKind.Equal }, passOn), passOn => Turns.Train(Tasks, data, options, passOn)]);
        var (equal, ilt) = (histories[0], histories[1]);

        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"An epoch of {data.RowCount} scenes of 64 x 64 (image, mask, map; flip, scale, colour), two trainings epoch by epoch in turn"));
        Console.WriteLine("| case | median s / epoch | ratio | fastest | ratio | share waited after the first epoch |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (name, history) in new[] { ("equal", equal), ("ilt", ilt) })
            Console.WriteLine(FormattableString.Invariant($"| {name} | {Median(history):F2} | {Median(history) / Median(equal):F3} | {Fastest(history):F2} | {Fastest(history) / Fastest(equal):F3} | {Waited(history):P2} |"));
    }

    internal static ImageData Scenes(int count)
    {
        var generator = new SceneGenerator(new SceneOptions());
        var size = new ImageSize(generator.Options.Height, generator.Options.Width);
        var pixels = size.Height * size.Width;
        var (images, masks, maps) = (new PixelStore(pixels * 3), new PixelStore(pixels), new PixelStore(pixels * sizeof(float)));
        for (var i = 0; i < count; i++)
        {
            var scene = generator.Generate(i);
            images.Append(scene.Image.Pixels);
            masks.Append(scene.Mask.Pixels);
            maps.Append(MemoryMarshal.AsBytes(scene.InverseDepth.Values.AsSpan()));
        }
        return new ImageData(images, size, 3, [new MaskLabels(masks, size), new MapLabels(maps, size)]);
    }

    private static double Median(IReadOnlyList<EpochReport> history) => history.Select(e => e.Seconds).Order().ElementAt(history.Count / 2);

    private static double Fastest(IReadOnlyList<EpochReport> history) => history.Min(e => e.Seconds);

    private static double Waited(IReadOnlyList<EpochReport> history) => history.Skip(1).Sum(e => e.WaitSeconds) / history.Skip(1).Sum(e => e.Seconds);
}
