using System.Runtime.InteropServices;
using Ilt.Imaging;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Arrays of many images as the training reads them.</summary>
internal static class ImageSets
{
    /// <summary>A store of so many rows of equal length.</summary>
    public static PixelStore Store<T>(T[] values, int rows) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        var store = new PixelStore(bytes.Length / rows);
        for (var row = 0; row < rows; row++) store.Append(bytes.Slice(row * store.BytesPerRow, store.BytesPerRow));
        return store;
    }

    /// <summary>The first rows only, where there are more.</summary>
    public static TrainingData First(this TrainingData data, int? count) =>
        count is { } most && most < data.RowCount ? data.Subset(Enumerable.Range(0, most).ToArray()) : data;

    // Half the size: what differs between masks that are right and wrong is far larger than a pixel.

    /// <summary>Half the size, rounded down.</summary>
    public static ImageSize Half(ImageSize size) => new(size.Height / 2, size.Width / 2);

    /// <summary>Images [N, H, W, 3] at half their size.</summary>
    public static byte[] HalfImages(byte[] images, ImageSize size) =>
        [.. images.Chunk(size.PixelCount * 3).SelectMany(image => PixelResize.BilinearImage(new ByteImage(size.Height, size.Width, 3, image), Half(size)).Pixels)];

    /// <summary>Masks [N, H, W] at half their size.</summary>
    public static byte[] HalfMasks(byte[] masks, ImageSize size) =>
        [.. masks.Chunk(size.PixelCount).SelectMany(mask => PixelResize.NearestMask(new ByteImage(size.Height, size.Width, 1, mask), Half(size)).Pixels)];

    /// <summary>Maps [N, H, W] at half their size.</summary>
    public static float[] HalfMaps(float[] maps, ImageSize size) =>
        [.. maps.Chunk(size.PixelCount).SelectMany(map => PixelResize.NearestMap(new FloatMap(size.Height, size.Width, map), Half(size)).Values)];

    /// <summary>The small network for images of 64 to 128 pixels that fits a core.</summary>
    public static TrainingOptions SmallUNet(int epochs) => new() { Network = new UNetDefinition { BaseWidth = 8, Depth = 3 }, Epochs = epochs };
}
