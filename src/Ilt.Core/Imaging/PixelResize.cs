namespace Ilt.Imaging;

/// <summary>
/// Changes the size of images, masks and maps. All functions agree on where a pixel lies: pixel i covers [i, i + 1) of its axis, its
/// centre is i + 0.5, and the axes of source and result are laid over each other end to end.
/// </summary>
public static class PixelResize
{
    /// <summary>The mask in another size: each pixel takes the class of the nearest source pixel.</summary>
    /// <param name="mask">A mask; an image of several channels is resized the same way.</param>
    /// <param name="size">The wanted size, 1x1 or more.</param>
    /// <returns>The same object where the size is right already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is empty.</exception>
    public static ByteImage NearestMask(ByteImage mask, ImageSize size)
    {
        if (mask.Size == size) return mask;
        Check(size);
        var result = new byte[size.PixelCount * mask.Channels];
        Nearest<byte>(mask.Pixels, mask.Size, mask.Channels, result, size);
        return new ByteImage(size.Height, size.Width, mask.Channels, result);
    }

    /// <summary>The map in another size: each pixel takes the value of the nearest source pixel, so that no value is invented at edges.</summary>
    /// <param name="map">A map; NaN stays NaN.</param>
    /// <param name="size">The wanted size, 1x1 or more.</param>
    /// <returns>The same object where the size is right already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is empty.</exception>
    public static FloatMap NearestMap(FloatMap map, ImageSize size)
    {
        if (map.Size == size) return map;
        Check(size);
        var result = new float[size.PixelCount];
        Nearest<float>(map.Values, map.Size, 1, result, size);
        return new FloatMap(size.Height, size.Width, result);
    }

    /// <summary>
    /// The image in another size: bilinear where it grows; where it shrinks, the average over the pixels that fall together, weighed by a
    /// triangle as wide as the shrinking (so fine patterns do not turn into coarse ones).
    /// </summary>
    /// <param name="image">An image, not a mask: class ids must not be averaged.</param>
    /// <param name="size">The wanted size, 1x1 or more.</param>
    /// <returns>The same object where the size is right already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is empty.</exception>
    public static ByteImage BilinearImage(ByteImage image, ImageSize size)
    {
        if (image.Size == size) return image;
        Check(size);
        var channels = image.Channels;
        var columns = ResizeWeights.Triangle(image.Width, size.Width);
        var rows = ResizeWeights.Triangle(image.Height, size.Height);
        var narrow = new float[image.Height * size.Width * channels]; // all source rows, already as wide as the result
        for (var y = 0; y < image.Height; y++)
        {
            var source = image.Pixels.AsSpan(y * image.Width * channels);
            var target = narrow.AsSpan(y * size.Width * channels);
            for (var x = 0; x < size.Width; x++)
            {
                var (first, weights) = columns[x];
                for (var c = 0; c < channels; c++)
                {
                    var sum = 0f;
                    for (var i = 0; i < weights.Length; i++) sum += weights[i] * source[(first + i) * channels + c];
                    target[x * channels + c] = sum;
                }
            }
        }
        var stride = size.Width * channels;
        var result = new byte[size.Height * stride];
        var line = new float[stride];
        for (var y = 0; y < size.Height; y++)
        {
            var (first, weights) = rows[y];
            Array.Clear(line);
            for (var i = 0; i < weights.Length; i++)
            {
                var source = narrow.AsSpan((first + i) * stride, stride);
                for (var x = 0; x < stride; x++) line[x] += weights[i] * source[x];
            }
            for (var x = 0; x < stride; x++) result[y * stride + x] = (byte)Math.Clamp(line[x] + 0.5f, 0, 255);
        }
        return new ByteImage(size.Height, size.Width, channels, result);
    }

    /// <summary>Nearest neighbour on spans, for callers with their own buffers.</summary>
    /// <typeparam name="T">Type of a channel.</typeparam>
    /// <param name="source">[from.Height, from.Width, channels].</param>
    /// <param name="from">Size of the source.</param>
    /// <param name="channels">Elements per pixel.</param>
    /// <param name="target">[to.Height, to.Width, channels]; overwritten.</param>
    /// <param name="to">Size of the result.</param>
    public static void Nearest<T>(ReadOnlySpan<T> source, ImageSize from, int channels, Span<T> target, ImageSize to)
    {
        Span<int> columns = to.Width <= 1024 ? stackalloc int[to.Width] : new int[to.Width];
        for (var x = 0; x < to.Width; x++) columns[x] = NearestIndex(x, from.Width, to.Width) * channels;
        var (sourceStride, targetStride) = (from.Width * channels, to.Width * channels);
        for (var y = 0; y < to.Height; y++)
        {
            var line = source.Slice(NearestIndex(y, from.Height, to.Height) * sourceStride, sourceStride);
            var result = target.Slice(y * targetStride, targetStride);
            if (channels == 1)
                for (var x = 0; x < columns.Length; x++) result[x] = line[columns[x]];
            else
                for (var x = 0; x < columns.Length; x++) line.Slice(columns[x], channels).CopyTo(result[(x * channels)..]);
        }
    }

    /// <summary>The source pixel that holds the centre of pixel <paramref name="index"/>, in integers: no rounding can differ between machines.</summary>
    internal static int NearestIndex(int index, int from, int to) => (int)((2L * index + 1) * from / (2L * to));

    private static void Check(ImageSize size)
    {
        if (size.Height < 1 || size.Width < 1)
            throw new ArgumentOutOfRangeException(nameof(size), FormattableString.Invariant($"The wanted size must be at least 1x1; found {size}."));
    }
}
