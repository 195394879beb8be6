using Ilt.Imaging;

namespace Ilt.Detection;

/// <summary>Colours heat maps: black, red, orange, yellow, white, in even steps of lightness; ready for <see cref="PngWriter"/>.</summary>
public static class HeatMapPicture
{
    // Stops at equal distances whose CIE lightness L* is 0, 20, 40, 60, 80, 100: equal differences of heat look equally large, also in gray.
    private static readonly (float Red, float Green, float Blue)[] Stops =
        [(0, 0, 0), (105, 0, 0), (192, 0, 0), (255, 87, 0), (255, 187, 0), (255, 255, 255)];

    private static readonly (byte, byte, byte) Outline = (0, 200, 255);

    /// <summary>Draws a heat map.</summary>
    /// <param name="heat">Heat per pixel, H x W; NaN where there is none.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="maximum">Heat drawn in white, above 0; 0 or less is black. Give the same for pictures to be compared. Default NaN: the highest heat of this one.</param>
    /// <param name="image">An image of the same size, gray or RGB, to lie under the heat: the hotter, the less of it is seen. Null = none.</param>
    /// <param name="regions">Regions whose boxes are outlined in light blue; null = none.</param>
    /// <returns>An RGB image; pixels without heat are dark gray, or the image underneath.</returns>
    /// <exception cref="ArgumentException">Sizes differ, or the maximum is not above 0.</exception>
    public static ByteImage Draw(
        ReadOnlySpan<float> heat, int height, int width, double maximum = double.NaN, ByteImage? image = null, IReadOnlyList<FlaggedRegion>? regions = null)
    {
        if (height < 1 || width < 1 || heat.Length != (long)height * width)
            throw new ArgumentException(FormattableString.Invariant($"Expected a heat map of {height} x {width} pixels; found {heat.Length} values."), nameof(heat));
        if (!double.IsNaN(maximum) && !(maximum > 0 && double.IsFinite(maximum)))
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "The heat drawn in white must be a number above 0.");
        if (image is not null && (image.Size != new ImageSize(height, width) || image.Channels is not (1 or 3)))
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected an image of {height} x {width} pixels and 1 or 3 channels under the heat map; found {image.Height} x {image.Width} and {image.Channels}."), nameof(image));

        var scale = 1 / (double.IsNaN(maximum) ? Highest(heat) : maximum);
        var picture = new byte[height * width * 3];
        for (var pixel = 0; pixel < heat.Length; pixel++)
            Colour(picture.AsSpan(pixel * 3, 3), heat[pixel] * scale, image, pixel);
        foreach (var region in regions ?? [])
            Frame(picture, width, region.Box);
        return new ByteImage(height, width, 3, picture);
    }

    /// <summary>The colour of a share of the highest heat.</summary>
    internal static (float Red, float Green, float Blue) Ramp(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Stops.Length - 1);
        var stop = Math.Min((int)place, Stops.Length - 2);
        var rest = (float)(place - stop);
        var (from, to) = (Stops[stop], Stops[stop + 1]);
        return (from.Red + (rest * (to.Red - from.Red)), from.Green + (rest * (to.Green - from.Green)), from.Blue + (rest * (to.Blue - from.Blue)));
    }

    private static double Highest(ReadOnlySpan<float> heat)
    {
        var highest = 0f;
        foreach (var value in heat)
            if (value > highest && float.IsFinite(value))
                highest = value;
        return highest > 0 ? highest : 1;
    }

    private static void Colour(Span<byte> to, double share, ByteImage? image, int pixel)
    {
        const byte NoHeat = 64;
        var isKnown = !double.IsNaN(share);
        var (red, green, blue) = isKnown ? Ramp(share) : (NoHeat, NoHeat, NoHeat);
        var opacity = image is null ? 1 : isKnown ? (float)Math.Clamp(share, 0, 1) : 0;
        Span<float> colour = [red, green, blue];
        for (var channel = 0; channel < 3; channel++)
        {
            var under = image is null ? 0 : image.Pixels[(pixel * image.Channels) + (image.Channels == 3 ? channel : 0)];
            to[channel] = (byte)(under + (opacity * (colour[channel] - under)) + 0.5f);
        }
    }

    private static void Frame(byte[] picture, int width, RegionBox box)
    {
        for (var x = box.Left; x < box.Left + box.Width; x++)
        {
            Dot(picture, (box.Top * width) + x);
            Dot(picture, ((box.Top + box.Height - 1) * width) + x);
        }

        for (var y = box.Top; y < box.Top + box.Height; y++)
        {
            Dot(picture, (y * width) + box.Left);
            Dot(picture, (y * width) + box.Left + box.Width - 1);
        }
    }

    private static void Dot(byte[] picture, int pixel) =>
        (picture[pixel * 3], picture[(pixel * 3) + 1], picture[(pixel * 3) + 2]) = Outline;
}
