using Ilt.Cli.Images;
using Ilt.Detection;
using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Reports;

/// <summary>A given label image over its picture, as its file holds it: classes or objects in colours with edges, values from dark to light.</summary>
internal static class LabelPicture
{
    private const float MaskOpacity = 0.4f, MapOpacity = 0.8f;

    // Neighbours on this circle of hues are far apart, however many there are.
    private const double HueStep = 0.618033988749895;

    /// <summary>Draws a mask. Pixels of 0, mostly the background, and of no label stay as they are.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="under">The picture, in the size to draw in.</param>
    /// <param name="ignoreValue">The number that means no label; below 0: none.</param>
    /// <exception cref="ImageFormatException">The file is missing or broken.</exception>
    public static ByteImage OfMask(string path, ByteImage under, int ignoreValue)
    {
        var (size, values, colours) = Read(path);
        return Draw(Resized(values, size, under.Size), under, value => ColourOf(value, colours), value => value == 0 || (ignoreValue >= 0 && value == ignoreValue && colours is null));
    }

    /// <summary>Draws a mask in the colours of its classes. Pixels of the class of 0 and of no class stay as they are.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="under">The picture, in the size to draw in.</param>
    /// <param name="classes">The classes of the task.</param>
    /// <exception cref="ImageFormatException">The file is missing or broken.</exception>
    public static ByteImage OfMask(string path, ByteImage under, ClassColours classes)
    {
        var (size, values) = classes.Read(path);
        return Draw(Resized(values, size, under.Size), under, k => classes[k], classes.IsPlain);
    }

    /// <summary>The full colour of a hue from 0 to 1, red at both ends.</summary>
    public static (byte Red, byte Green, byte Blue) OfHue(double hue)
    {
        return (Part(6 * hue), Part((6 * hue) + 4), Part((6 * hue) + 2));

        static byte Part(double at) => (byte)(255 * Math.Clamp(Math.Abs((at % 6) - 3) - 1, 0, 1));
    }

    private static ByteImage Draw(int[] shown, ByteImage under, Func<int, (byte Red, byte Green, byte Blue)> colour, Func<int, bool> isPlain)
    {
        var drawn = Rgb(under);
        for (var pixel = 0; pixel < shown.Length; pixel++)
        {
            if (isPlain(shown[pixel])) continue;
            Blend(drawn, pixel, colour(shown[pixel]), MaskOpacity);
        }

        // Edges lie within what they belong to; between two of them in one only, so that they stay thin.
        for (var pixel = 0; pixel < shown.Length; pixel++)
        {
            if (isPlain(shown[pixel]) || !IsEdge(shown, pixel, under.Size, isPlain)) continue;
            Blend(drawn, pixel, colour(shown[pixel]), 1);
        }

        return new ByteImage(under.Height, under.Width, 3, drawn);
    }

    /// <summary>Draws a map from its smallest value, dark, to its largest, light. Pixels without a value stay as they are.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="under">The picture, in the size to draw in.</param>
    /// <param name="invalid">The number in the file that means no value; null: none.</param>
    /// <exception cref="ImageFormatException">The file is missing or broken.</exception>
    public static ByteImage OfMap(string path, ByteImage under, double? invalid)
    {
        var numbers = LabelNumbers.Read(path);
        var shown = Resized(numbers.Values, numbers.Size, under.Size);
        var known = Array.FindAll(shown, value => double.IsFinite(value) && value != invalid);
        if (known.Length == 0) return under;
        var (low, high) = (known.Min(), known.Max());
        var heat = Array.ConvertAll(shown, value => !double.IsFinite(value) || value == invalid ? float.NaN : high > low ? (float)((value - low) / (high - low)) : 0);
        var map = HeatMapPicture.Draw(heat, under.Height, under.Width, 1);
        var drawn = Rgb(under);
        for (var pixel = 0; pixel < heat.Length; pixel++)
            if (!float.IsNaN(heat[pixel])) Blend(drawn, pixel, (map.Pixels[3 * pixel], map.Pixels[(3 * pixel) + 1], map.Pixels[(3 * pixel) + 2]), MapOpacity);
        return new ByteImage(under.Height, under.Width, 3, drawn);
    }

    // The numbers, and for files of colours whether they are their own colours.
    private static (ImageSize Size, int[] Values, Func<int, int>? Colours) Read(string path)
    {
        if (MaskSurvey.IsLossy(path))
        {
            var parted = LabelNumbers.Read(path);
            return (parted.Size, Array.ConvertAll(parted.Values, value => (int)value), null);
        }

        var mask = MaskPixels.Read(path, PictureReader.Read);
        if (mask.Numbers() is not { } numbers) return (mask.Size, mask.Values, colour => colour);
        return (mask.Size, numbers, mask.Kind == MaskPixelKind.Palette ? index => index < mask.Palette.Count ? mask.Palette[index] : 0 : null);
    }

    private static T[] Resized<T>(T[] values, ImageSize from, ImageSize to)
        where T : unmanaged
    {
        if (from == to) return values;
        var resized = new T[to.PixelCount];
        PixelResize.Nearest<T>(values, from, 1, resized, to);
        return resized;
    }

    private static byte[] Rgb(ByteImage picture)
    {
        var pixels = new byte[picture.Size.PixelCount * 3];
        for (var i = 0; i < picture.Size.PixelCount; i++)
            for (var c = 0; c < 3; c++)
                pixels[(3 * i) + c] = picture.Pixels[(i * picture.Channels) + (picture.Channels >= 3 ? c : 0)];
        return pixels;
    }

    private static bool IsEdge(int[] values, int pixel, ImageSize size, Func<int, bool> isPlain)
    {
        var (y, x) = (pixel / size.Width, pixel % size.Width);
        return Differs(x > 0, pixel - 1, false) || Differs(y > 0, pixel - size.Width, false)
            || Differs(x + 1 < size.Width, pixel + 1, true) || Differs(y + 1 < size.Height, pixel + size.Width, true);

        bool Differs(bool exists, int other, bool isLater) => exists && values[other] != values[pixel] && (!isLater || isPlain(values[other]));
    }

    private static (byte Red, byte Green, byte Blue) ColourOf(int value, Func<int, int>? colours)
    {
        if (colours is not null)
        {
            var colour = colours(value);
            return ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);
        }

        return OfHue(value * HueStep % 1);
    }

    private static void Blend(byte[] pixels, int pixel, (byte Red, byte Green, byte Blue) colour, float opacity)
    {
        pixels[3 * pixel] = Mixed(pixels[3 * pixel], colour.Red, opacity);
        pixels[(3 * pixel) + 1] = Mixed(pixels[(3 * pixel) + 1], colour.Green, opacity);
        pixels[(3 * pixel) + 2] = Mixed(pixels[(3 * pixel) + 2], colour.Blue, opacity);
    }

    private static byte Mixed(byte under, byte over, float opacity) => (byte)(under + (opacity * (over - under)) + 0.5f);
}
