using System.Runtime.InteropServices;
using Ilt.Corruption;
using Ilt.Datasets;
using Ilt.Examples.ImageTables.Data;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Examples.ImageTables;

/// <summary>The experiments: data, tasks, network and corruptions.</summary>
internal static class Experiments
{
    public static Experiment Pairs(DataFolder data, Arguments arguments)
    {
        var (train, test) = PairsData.Load(data, arguments.Rows ?? 10_000);
        TaskDefinition[] tasks = [new ClassificationTask("digit", 10), new ClassificationTask("garment", 10)];
        return new Experiment("pairs", tasks, ToImages(train), ToImages(test), arguments.Training(20),
            [new("digit-flips", 0, (fraction, seed) => Flip(train.Digits, fraction, seed)), new("garment-flips", 1, (fraction, seed) => Flip(train.Garments, fraction, seed))]);

        static ImageData ToImages(PairsSet set) => new(Store(set.Images, set.Count), set.Size, 1, [new ClassLabels(set.Digits), new ClassLabels(set.Garments)]);

        static (TaskLabels, bool[]) Flip(int[] classes, double fraction, int seed)
        {
            var flipped = classes.ToArray();
            var wrong = new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = fraction, Seed = seed }.CorruptClasses(flipped, 10);
            return (new ClassLabels(flipped), wrong);
        }
    }

    public static Experiment Scenes(Arguments arguments)
    {
        var generator = new SceneGenerator(new SceneOptions { Difficulty = arguments.Difficulty });
        var rows = arguments.Rows ?? 1000;
        var scenes = new Scene[rows + 200]; // the last 200 are the test scenes
        Parallel.For(0, scenes.Length, index => scenes[index] = generator.Generate(index));
        TaskDefinition[] tasks = [new PixelClassificationTask("mask", SceneGenerator.ClassNames.Count), new PixelRegressionTask("depth")];
        var (train, test) = (ToImages(scenes[..rows]), ToImages(scenes[rows..]));
        var farthest = scenes.Max(scene => scene.InverseDepth.Values.Max());
        return new Experiment("scenes", tasks, train, test, SmallUNet(arguments, 30),
        [
            Permute("permuted-masks", 0, train, tasks),
            Region("renamed-regions", MaskCorruptionKind.RenameRegion, 0, train, tasks),
            Region("dropped-regions", MaskCorruptionKind.DropRegion, 0, train, tasks),
            new("noisy-depth", 1, (fraction, seed) =>
            {
                var noise = new MapCorruption { Kind = MapCorruptionKind.UniformNoise, Fraction = fraction, Seed = seed, Low = 0, High = farthest };
                return Corrupted.Maps(noise, (MapLabels)train.Labels[1]);
            }),
        ]);

        static ImageData ToImages(Scene[] scenes)
        {
            var size = new ImageSize(scenes[0].Image.Height, scenes[0].Image.Width);
            return new ImageData(Store([.. scenes.SelectMany(s => s.Image.Pixels)], scenes.Length), size, 3,
                [new MaskLabels(Store([.. scenes.SelectMany(s => s.Mask.Pixels)], scenes.Length), size), new MapLabels(Store([.. scenes.SelectMany(s => s.InverseDepth.Values)], scenes.Length), size)]);
        }
    }

    public static Experiment Nuclei(DataFolder data, Arguments arguments, bool all)
    {
        var (trainSet, testSet) = NucleiData.Load(data);
        TaskDefinition[] tasks = [new PixelClassificationTask("mask", 2), new RegressionTask("log count"), new ClassificationTask("type", NucleiSet.TypeNames.Length)];
        var (train, test) = (ToImages(trainSet), ToImages(testSet));
        if (all)
        {
            // The question is where the masks that were corrected later rank, so every image is trained on.
            var both = new ImageData(Concat(train.Images, test.Images), train.Size, 3,
            [
                new MaskLabels(Concat(((MaskLabels)train.Labels[0]).Pixels, ((MaskLabels)test.Labels[0]).Pixels), train.Size),
                new NumberLabels([.. trainSet.LogCounts, .. testSet.LogCounts]),
                new ClassLabels([.. trainSet.Types, .. testSet.Types]),
            ]);
            bool[] corrected = [.. trainSet.CorrectedMasks.Concat(testSet.CorrectedMasks).Select(mask => mask is not null)];
            bool[] removed = [.. trainSet.Removed, .. testSet.Removed];
            return new Experiment("nuclei-original", tasks, both, test, SmallUNet(arguments, 20), []) { KnownWrong = [("corrected", 0, corrected), ("removed", 0, removed)] };
        }
        return new Experiment("nuclei", tasks, train, test, SmallUNet(arguments, 20), [Permute("permuted-masks", 0, train, tasks), Swap("swapped-masks", 0, train, tasks)]);

        static ImageData ToImages(NucleiSet set) =>
            new(Store(HalfImages(set.Images, set.Size), set.Count), Half(set.Size), 3,
                [new MaskLabels(Store(HalfMasks(set.Masks, set.Size), set.Count), Half(set.Size)), new NumberLabels(set.LogCounts), new ClassLabels(set.Types)]);
    }

    public static Experiment Streets(DataFolder data, Arguments arguments)
    {
        var (trainSet, testSet) = CamVidData.Load(data);
        TaskDefinition[] tasks = [new PixelClassificationTask("mask", CamVidSet.ClassNames.Length), new PixelRegressionTask("distance")];
        var (train, test) = (ToImages(trainSet), ToImages(testSet));
        return new Experiment("streets", tasks, train, test, SmallUNet(arguments, 20), [Permute("permuted-masks", 0, train, tasks), Swap("swapped-masks", 0, train, tasks)]);

        static ImageData ToImages(CamVidSet set)
        {
            var half = Half(set.Size);
            return new(Store(HalfImages(set.Images, set.Size), set.Count), half, 3,
                [new MaskLabels(Store(HalfMasks(set.Masks, set.Size), set.Count), half), new MapLabels(Store(HalfMaps(set.Distances, set.Size), set.Count), half)]);
        }
    }

    // Half the size: what differs between masks that are right and wrong is far larger than a pixel.
    private static ImageSize Half(ImageSize size) => new(size.Height / 2, size.Width / 2);

    private static byte[] HalfImages(byte[] images, ImageSize size) =>
        [.. images.Chunk(size.PixelCount * 3).SelectMany(image => PixelResize.BilinearImage(new ByteImage(size.Height, size.Width, 3, image), Half(size)).Pixels)];

    private static byte[] HalfMasks(byte[] masks, ImageSize size) =>
        [.. masks.Chunk(size.PixelCount).SelectMany(mask => PixelResize.NearestMask(new ByteImage(size.Height, size.Width, 1, mask), Half(size)).Pixels)];

    private static float[] HalfMaps(float[] maps, ImageSize size) =>
        [.. maps.Chunk(size.PixelCount).SelectMany(map => PixelResize.NearestMap(new FloatMap(size.Height, size.Width, map), Half(size)).Values)];

    private static TrainingOptions SmallUNet(Arguments arguments, int epochs) => arguments.Training(epochs, new UNetDefinition { BaseWidth = 8, Depth = 3 });

    internal static ExperimentCorruption Permute(string name, int task, ImageData train, TaskDefinition[] tasks) => new(name, task, (fraction, seed) =>
        Corrupted.Masks(new MaskCorruption { Kind = MaskCorruptionKind.PermuteClasses, Fraction = fraction, Seed = seed }, (MaskLabels)train.Labels[task], tasks[task].Channels));

    private static ExperimentCorruption Region(string name, MaskCorruptionKind kind, int task, ImageData train, TaskDefinition[] tasks) => new(name, task, (fraction, seed) =>
        Corrupted.Masks(new MaskCorruption { Kind = kind, Fraction = fraction, Seed = seed }, (MaskLabels)train.Labels[task], tasks[task].Channels), inRegions: true);

    private static ExperimentCorruption Swap(string name, int task, ImageData train, TaskDefinition[] tasks) => new(name, task, (fraction, seed) =>
        Corrupted.Masks(new MaskCorruption { Kind = MaskCorruptionKind.Swap, Fraction = fraction, Seed = seed }, (MaskLabels)train.Labels[task], tasks[task].Channels));

    internal static PixelStore Store<T>(T[] values, int rows) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var store = new PixelStore(bytes.Length / rows);
        for (var row = 0; row < rows; row++) store.Append(bytes.Slice(row * store.BytesPerRow, store.BytesPerRow));
        return store;
    }

    private static PixelStore Concat(PixelStore first, PixelStore second)
    {
        var both = new PixelStore(first.BytesPerRow);
        var row = new byte[first.BytesPerRow];
        foreach (var store in (PixelStore[])[first, second])
            for (var i = 0; i < store.Count; i++)
            {
                store.Read(i, row);
                both.Append(row);
            }
        return both;
    }
}
