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
        var training = arguments.Training with { Epochs = arguments.Training.Epochs ?? 20 };
        return new Experiment("pairs", tasks, ToImages(train), ToImages(test), training,
            [new("digit-flips", 0, (fraction, seed) => Flip(train.Digits, fraction, seed)), new("garment-flips", 1, (fraction, seed) => Flip(train.Garments, fraction, seed))]);

        static ImageData ToImages(PairsSet set) => new(Store(set.Images, set.Count), set.Size, 1, [new ClassLabels(set.Digits), new ClassLabels(set.Garments)]);

        static (TaskLabels, bool[]) Flip(int[] classes, double fraction, int seed)
        {
            var flipped = classes.ToArray();
            var mask = new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = fraction, Seed = seed }.CorruptClasses(flipped, 10);
            return (new ClassLabels(flipped), mask);
        }
    }

    public static Experiment Scenes(Arguments arguments) => throw new FormatException("later");
    public static Experiment Nuclei(DataFolder data, Arguments arguments) => throw new FormatException("later");
    public static Experiment Streets(DataFolder data, Arguments arguments) => throw new FormatException("later");

    internal static PixelStore Store<T>(T[] values, int rows) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var store = new PixelStore(bytes.Length / rows);
        for (var row = 0; row < rows; row++) store.Append(bytes.Slice(row * store.BytesPerRow, store.BytesPerRow));
        return store;
    }
}
