using System.Runtime.InteropServices;
using Ilt.Imaging;

namespace Ilt.Torch.Tests;

/// <summary>Small seeded pictures: a bright square on a dark, noisy ground; its place is the mask, its brightness and place are the other labels.</summary>
internal static class TestImages
{
    public const int Side = 8;
    public static readonly ImageSize Size = new(Side, Side);

    public static readonly TaskDefinition[] AllKinds =
    [
        new PixelClassificationTask("mask", 2), new PixelRegressionTask("map"), new ClassificationTask("half", 2), new RegressionTask("brightness"),
    ];

    public static readonly TrainingOptions Quick = new()
    {
        Epochs = 3, BatchSize = 8, LearningRate = 5e-3, Network = new UNetDefinition { BaseWidth = 4, Depth = 1, BranchWidth = 8 },
    };

    /// <summary>All four kinds of labels; every seventh row lacks the mask, every fifth pixel the map.</summary>
    public static ImageData Make(int rows, int seed, MemoryBudget? budget = null)
    {
        var random = new Random(seed);
        var (images, masks, maps) = (new PixelStore(Side * Side * 3, budget), new PixelStore(Side * Side, budget), new PixelStore(Side * Side * 4, budget));
        var (halves, brightness) = (new int[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            var (top, left, bright) = (random.Next(5), random.Next(5), 120 + random.Next(120));
            var (image, mask, map) = (new byte[Side * Side * 3], new byte[Side * Side], new float[Side * Side]);
            for (var pixel = 0; pixel < mask.Length; pixel++)
            {
                var (y, x) = (pixel / Side, pixel % Side);
                var inside = y >= top && y < top + 4 && x >= left && x < left + 4;
                for (var c = 0; c < 3; c++) image[(pixel * 3) + c] = (byte)((inside ? bright : 20) + random.Next(15) - (5 * c));
                mask[pixel] = row % 7 == 6 ? PixelClassificationTask.Ignored : (byte)(inside ? 1 : 0);
                map[pixel] = pixel % 5 == 4 ? float.NaN : (inside ? bright / 100f : 0.5f);
            }
            images.Append(image);
            masks.Append(mask);
            maps.Append(MemoryMarshal.AsBytes(map.AsSpan()));
            (halves[row], brightness[row]) = (left < 2 ? 0 : 1, bright);
        }
        return new ImageData(images, Size, 3, [new MaskLabels(masks, Size), new MapLabels(maps, Size), new ClassLabels(halves), new NumberLabels(brightness)]);
    }
}
