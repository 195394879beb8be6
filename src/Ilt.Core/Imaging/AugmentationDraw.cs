using Ilt.Corruption;

namespace Ilt.Imaging;

/// <summary>One drawn change, to be made to an image and to each of its masks and maps. Immutable and thread-safe; allocates nothing when applied.</summary>
/// <remarks>
/// Output pixel (y, x) shows the place ((y + 1/2 + top) / scale, (x + 1/2 + left) / scale) of the source, mirrored where flipped; pixel i
/// covers [i, i + 1). Masks and maps take the pixel there (nearest neighbour), images interpolate between the four nearest centres. At
/// scale 1 all of them are exact copies of source pixels.
/// </remarks>
public readonly struct AugmentationDraw
{
    private readonly ImageSize input;
    private readonly ImageSize output;
    private readonly bool flipX;
    private readonly bool flipY;
    private readonly int top;
    private readonly int left;
    private readonly float scale;
    private readonly float brightness;
    private readonly float contrast;
    private readonly float saturation;

    private AugmentationDraw(AugmentationOptions options, ImageSize input, SeededGenerator generator)
    {
        this.input = input;
        output = options.OutputSize(input);
        // Every number is drawn whether it is needed or not, so that one option does not change what another one does.
        flipX = generator.NextDouble() < options.HorizontalFlip;
        flipY = generator.NextDouble() < options.VerticalFlip;
        var share = generator.NextDouble();
        scale = options.ScaleMin == options.ScaleMax
            ? (float)options.ScaleMin
            : (float)(options.ScaleMin * Math.Pow(options.ScaleMax / options.ScaleMin, share));
        top = Offset(input.Height, output.Height, scale, generator.NextDouble());
        left = Offset(input.Width, output.Width, scale, generator.NextDouble());
        brightness = Factor(options.Brightness, generator);
        contrast = Factor(options.Contrast, generator);
        saturation = Factor(options.Saturation, generator);
    }

    /// <summary>Size of the pictures that come out.</summary>
    public ImageSize OutputSize => output;

    private bool ChangesColour => brightness != 1 || contrast != 1 || saturation != 1;

    /// <summary>Draws a change.</summary>
    /// <param name="options">What may be changed, and how much.</param>
    /// <param name="input">Size of the pictures that go in.</param>
    /// <param name="seed">Its number; take another one for each run, epoch and row.</param>
    /// <returns>The change.</returns>
    /// <exception cref="ArgumentException">The image is smaller than the crop.</exception>
    public static AugmentationDraw Draw(AugmentationOptions options, ImageSize input, int seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new AugmentationDraw(options, input, new SeededGenerator(seed));
    }

    /// <summary>Changes an image: place by bilinear interpolation, then saturation, brightness and contrast.</summary>
    /// <param name="source">H x W x channels bytes, channels interleaved.</param>
    /// <param name="channels">Channels, at least 1; saturation concerns images of 3 (RGB) only.</param>
    /// <param name="destination">As many bytes as the output size and the channels need; all are written.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Image(ReadOnlySpan<byte> source, int channels, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Check(source.Length, destination.Length, channels, "image");
        if (scale == 1)
            CopyImage(source, channels, destination);
        else
            Interpolate(source, channels, destination);
        if (ChangesColour)
            Recolour(destination, channels);
    }

    /// <summary>Changes a mask: nearest neighbour.</summary>
    /// <param name="source">H x W class ids.</param>
    /// <param name="destination">As many as the output size has pixels; all are written.</param>
    /// <param name="outside">Class id outside the source, i.e. that of ignored pixels.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Mask(ReadOnlySpan<byte> source, Span<byte> destination, byte outside = 255)
    {
        Check(source.Length, destination.Length, 1, "mask");
        Nearest(source, destination, outside);
    }

    /// <summary>Changes a map: nearest neighbour; NaN outside the source.</summary>
    /// <param name="source">H x W values.</param>
    /// <param name="destination">As many as the output size has pixels; all are written.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    public void Map(ReadOnlySpan<float> source, Span<float> destination)
    {
        Check(source.Length, destination.Length, 1, "map");
        Nearest(source, destination, float.NaN);
    }

    private static float Factor(double reach, SeededGenerator generator)
    {
        var share = generator.NextDouble();
        return reach == 0 ? 1 : (float)(1 + (reach * ((2 * share) - 1)));
    }

    private static int Offset(int input, int output, float scale, double share)
    {
        var room = (int)MathF.Floor(input * scale) - output; // below 0: how much the window is larger
        return room >= 0 ? (int)(share * (room + 1)) : -(int)(share * (1 - room));
    }

    private int SourceRow(int y)
    {
        var row = (int)MathF.Floor((y + 0.5f + top) / scale);
        return flipY ? input.Height - 1 - row : row;
    }

    private int SourceColumn(int x)
    {
        var column = (int)MathF.Floor((x + 0.5f + left) / scale);
        return flipX ? input.Width - 1 - column : column;
    }

    private void Nearest<T>(ReadOnlySpan<T> source, Span<T> destination, T outside)
    {
        for (var y = 0; y < output.Height; y++)
        {
            var to = destination.Slice(y * output.Width, output.Width);
            var row = SourceRow(y);
            if ((uint)row >= (uint)input.Height)
            {
                to.Fill(outside);
                continue;
            }

            var from = source.Slice(row * input.Width, input.Width);
            if (scale == 1 && !flipX)
            {
                from.Slice(left, output.Width).CopyTo(to);
                continue;
            }

            for (var x = 0; x < to.Length; x++)
            {
                var column = SourceColumn(x);
                to[x] = (uint)column < (uint)from.Length ? from[column] : outside;
            }
        }
    }

    private void CopyImage(ReadOnlySpan<byte> source, int channels, Span<byte> destination)
    {
        var width = output.Width * channels;
        for (var y = 0; y < output.Height; y++)
        {
            var from = source.Slice(SourceRow(y) * input.Width * channels, input.Width * channels);
            var to = destination.Slice(y * width, width);
            if (!flipX)
            {
                from.Slice(left * channels, width).CopyTo(to);
                continue;
            }

            for (int x = 0, column = SourceColumn(0) * channels; x < to.Length; x += channels, column -= channels)
                for (var channel = 0; channel < channels; channel++)
                    to[x + channel] = from[column + channel];
        }
    }

    private void Interpolate(ReadOnlySpan<byte> source, int channels, Span<byte> destination)
    {
        var at = 0;
        for (var y = 0; y < output.Height; y++)
        {
            var (upper, lower, down) = Neighbours((y + 0.5f + this.top) / scale, input.Height, flipY);
            var above = source.Slice(upper * input.Width * channels, input.Width * channels);
            var below = source.Slice(lower * input.Width * channels, input.Width * channels);
            for (var x = 0; x < output.Width; x++)
            {
                var (left, right, across) = Neighbours((x + 0.5f + this.left) / scale, input.Width, flipX);
                for (var channel = 0; channel < channels; channel++)
                {
                    var (l, r) = ((left * channels) + channel, (right * channels) + channel);
                    var top = above[l] + (across * (above[r] - above[l]));
                    var bottom = below[l] + (across * (below[r] - below[l]));
                    destination[at++] = (byte)(top + (down * (bottom - top)) + 0.5f);
                }
            }
        }
    }

    /// <summary>The two pixels whose centres enclose a place, and how far it is from the first to the second; the edge continues outside.</summary>
    private static (int First, int Second, float Share) Neighbours(float place, int side, bool flip)
    {
        var centre = Math.Clamp((flip ? side - place : place) - 0.5f, 0, side - 1);
        var first = (int)centre;
        return (first, Math.Min(first + 1, side - 1), centre - first);
    }

    private void Recolour(Span<byte> pixels, int channels)
    {
        const float Middle = 127.5f;
        var factor = brightness * contrast;
        var offset = Middle * (1 - contrast);
        if (channels != 3 || saturation == 1)
        {
            foreach (ref var value in pixels)
                value = ToByte((value * factor) + offset);
            return;
        }

        for (var at = 0; at < pixels.Length; at += 3)
        {
            // Weights of the eye's sensitivity (ITU-R BT.601).
            var gray = (0.299f * pixels[at]) + (0.587f * pixels[at + 1]) + (0.114f * pixels[at + 2]);
            for (var channel = at; channel < at + 3; channel++)
                pixels[channel] = ToByte(((gray + (saturation * (pixels[channel] - gray))) * factor) + offset);
        }
    }

    private static byte ToByte(float value) => (byte)(Math.Clamp(value, 0, 255) + 0.5f);

    private void Check(int source, int destination, int channels, string what)
    {
        if (source != (long)input.PixelCount * channels)
            throw new ArgumentException(FormattableString.Invariant($"The {what}: expected {input} pixels x {channels}; found {source} values."), nameof(source));
        if (destination != (long)output.PixelCount * channels)
            throw new ArgumentException(FormattableString.Invariant($"Expected room for {output} pixels x {channels}; found {destination} values."), nameof(destination));
    }
}
