using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Experiments;

/// <summary>Digits and garments on one canvas: two classification tasks of ten classes each.</summary>
/// <param name="Size">36 x 36.</param>
/// <param name="Images">[Count, 36, 36], gray.</param>
/// <param name="Digits">[Count], the digit of each image.</param>
/// <param name="Garments">[Count], the kind of garment.</param>
internal sealed record PairsSet(ImageSize Size, byte[] Images, int[] Digits, int[] Garments)
{
    public int Count => Digits.Length;
}

/// <summary>
/// Pairs in the manner of Multi-MNIST (Sabour, Frosst and Hinton, 2017; Sener and Koltun, 2018), with a garment in place of the second digit:
/// the digit at rows and columns 0 .. 27 of a canvas of 36 x 36, the garment at 8 .. 35, the brighter pixel where they overlap.
/// </summary>
internal static class PairsFiles
{
    private const int Item = 28, Canvas = 36, Shift = Canvas - Item;

    /// <summary>Reads the first digits for training and the last ones for testing; every digit and every garment is used once.</summary>
    /// <param name="digitFolder">Holds the digits' idx files, train-*.</param>
    /// <param name="garmentFolder">Holds the garments', train-* and t10k-*.</param>
    /// <param name="trainCount">1 .. 10,000.</param>
    /// <param name="testCount">1 .. 2,000.</param>
    /// <param name="seed">Decides which garment goes with which digit.</param>
    public static (PairsSet Train, PairsSet Test) Load(string digitFolder, string garmentFolder, int trainCount = 10_000, int testCount = 2_000, int seed = 1)
    {
        var digits = Read(digitFolder, "train");
        var random = new SeededGenerator(seed);
        return (Pair(digits, 0, Read(garmentFolder, "train"), trainCount, random),
            Pair(digits, digits.Classes.Length - testCount, Read(garmentFolder, "t10k"), testCount, random));
    }

    private static PairsSet Pair((byte[] Pixels, byte[] Classes) digits, int firstDigit, (byte[] Pixels, byte[] Classes) garments, int count, SeededGenerator random)
    {
        var order = Enumerable.Range(0, garments.Classes.Length).ToArray();
        random.Shuffle<int>(order);
        if (count > order.Length || count > digits.Classes.Length) throw new FormatException($"{count} pairs need as many digits and garments; found {digits.Classes.Length} and {order.Length}.");
        var images = new byte[count * Canvas * Canvas];
        for (var i = 0; i < count; i++)
        {
            var canvas = images.AsSpan(i * Canvas * Canvas, Canvas * Canvas);
            Draw(digits.Pixels, firstDigit + i, canvas, 0);
            Draw(garments.Pixels, order[i], canvas, Shift);
        }
        return new PairsSet(new ImageSize(Canvas, Canvas), images,
            [.. Enumerable.Range(0, count).Select(i => (int)digits.Classes[firstDigit + i])],
            [.. Enumerable.Range(0, count).Select(i => (int)garments.Classes[order[i]])]);
    }

    private static void Draw(byte[] items, int index, Span<byte> canvas, int shift)
    {
        for (var y = 0; y < Item; y++)
            for (var x = 0; x < Item; x++)
            {
                ref var pixel = ref canvas[(y + shift) * Canvas + x + shift];
                pixel = Math.Max(pixel, items[(index * Item + y) * Item + x]);
            }
    }

    private static (byte[] Pixels, byte[] Classes) Read(string folder, string part)
    {
        var (size, pixels) = IdxFile.ReadImages(Path.Combine(folder, $"{part}-images-idx3-ubyte.gz"));
        var classes = IdxFile.ReadLabels(Path.Combine(folder, $"{part}-labels-idx1-ubyte.gz"));
        if (size != new ImageSize(Item, Item) || pixels.Length != classes.Length * size.PixelCount)
            throw new FormatException($"{folder}: {classes.Length} labels and {pixels.Length / size.PixelCount} images of {size}; expected as many images, of {Item}x{Item}.");
        return (pixels, classes);
    }
}
