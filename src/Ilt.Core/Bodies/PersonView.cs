using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>
/// A square cut out of a picture around a person, turned, mirrored and resized, and what that does to every label of the picture. Immutable.
/// </summary>
/// <param name="CentreX">Centre of the square in the picture, pixels from its left edge.</param>
/// <param name="CentreY">Centre of the square in the picture, pixels from its upper edge.</param>
/// <param name="Side">Side of the square in the picture, pixels, above 0; it may reach beyond the picture.</param>
/// <param name="Size">Side of the result, pixels.</param>
public sealed record PersonView(double CentreX, double CentreY, double Side, int Size)
{
    private const int MostSamples = 8;

    // Of the turn; drawing a picture needs them at every sample.
    private readonly double sine;
    private readonly double cosine = 1;

    /// <summary>How far the person turns clockwise in the picture, degrees. Default 0.</summary>
    public double Degrees
    {
        get;
        init
        {
            field = value;
            (sine, cosine) = Math.SinCos(value * Math.PI / 180);
        }
    }

    /// <summary>Whether left and right change places (before the turn). Default false.</summary>
    public bool Flip { get; init; }

    /// <summary>Factors of the colour channels. Default: ones.</summary>
    public (double Red, double Green, double Blue) Gains { get; init; } = (1, 1, 1);

    /// <summary>The square around the person of a mask.</summary>
    /// <param name="mask">0 is background.</param>
    /// <param name="size">Side of the result, pixels; SURREAL's own experiments take 256.</param>
    /// <param name="margin">Side of the square over the longer side of the person's box. Default 1.2.</param>
    /// <returns>The view; null where the mask shows nobody.</returns>
    public static PersonView? Around(ByteImage mask, int size, double margin = 1.2)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var (left, right, top, bottom) = (int.MaxValue, -1, int.MaxValue, -1);
        for (var i = 0; i < mask.Pixels.Length; i++)
        {
            if (mask.Pixels[i] == 0) continue;
            var (x, y) = (i % mask.Width, i / mask.Width);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        }

        if (right < 0) return null;
        return new PersonView((left + right + 1) / 2.0, (top + bottom + 1) / 2.0, margin * Math.Max(right - left + 1, bottom - top + 1), size);
    }

    /// <summary>The picture: bilinear, averaged where it shrinks, black beyond its edges.</summary>
    /// <param name="image">Gray or RGB.</param>
    /// <returns>Size x Size pixels.</returns>
    public ByteImage Image(ByteImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var samples = (int)Math.Clamp(Math.Ceiling(Side / Size), 1, MostSamples);
        var result = new byte[Size * Size * image.Channels];
        Span<double> sum = stackalloc double[image.Channels];
        for (var pixel = 0; pixel < Size * Size; pixel++)
        {
            sum.Clear();
            for (var s = 0; s < samples * samples; s++)
            {
                var (x, y) = Source((pixel % Size) + ((s % samples) + 0.5) / samples, (pixel / Size) + ((s / samples) + 0.5) / samples);
                AddBilinear(image, x - 0.5, y - 0.5, sum);
            }

            for (var c = 0; c < image.Channels; c++)
            {
                var gain = image.Channels == 1 ? 1 : c == 0 ? Gains.Red : c == 1 ? Gains.Green : Gains.Blue;
                result[(pixel * image.Channels) + c] = (byte)Math.Clamp((gain * sum[c] / (samples * samples)) + 0.5, 0, 255);
            }
        }

        return new ByteImage(Size, Size, image.Channels, result);
    }

    /// <summary>The mask: nearest pixel, background beyond the edges, left and right parts swapped where the view is flipped.</summary>
    /// <param name="mask">Parts, 0 .. 24; 255 (no label) stays.</param>
    /// <returns>Size x Size pixels.</returns>
    public ByteImage Mask(ByteImage mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var result = new byte[Size * Size];
        for (var pixel = 0; pixel < result.Length; pixel++)
        {
            if (Nearest(mask.Size, pixel) is not (>= 0 and var source)) continue;
            var part = mask.Pixels[source];
            result[pixel] = Flip && part < BodyParts.ClassCount ? BodyParts.MirroredPartIds[part] : part;
        }

        return new ByteImage(Size, Size, 1, result);
    }

    /// <summary>The map: nearest pixel, NaN beyond the edges. Values stay: a depth does not become smaller because the picture is enlarged.</summary>
    /// <param name="map">For example depth.</param>
    /// <returns>Size x Size pixels.</returns>
    public FloatMap Map(FloatMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var result = new float[Size * Size];
        for (var pixel = 0; pixel < result.Length; pixel++) result[pixel] = Nearest(map.Size, pixel) is >= 0 and var source ? map.Values[source] : float.NaN;
        return new FloatMap(Size, Size, result);
    }

    /// <summary>Joints in the result, swapped left and right where the view is flipped.</summary>
    /// <param name="joints">Of 24 joints in the picture, (u, v) in pixels, [48].</param>
    /// <returns>(u, v) in pixels of the result; they may lie outside of it.</returns>
    public float[] Pixels(ReadOnlySpan<float> joints)
    {
        if (joints.Length != 2 * BodyParts.JointCount)
            throw new ArgumentException(FormattableString.Invariant($"Expected 2 numbers for each of {BodyParts.JointCount} joints; found {joints.Length} numbers."), nameof(joints));
        var result = new float[joints.Length];
        for (var joint = 0; joint < BodyParts.JointCount; joint++)
        {
            var source = 2 * (Flip ? BodyParts.MirroredJoints[joint] : joint);
            var x = (joints[source] - CentreX) * (Flip ? -1 : 1);
            var y = joints[source + 1] - CentreY;
            result[2 * joint] = (float)((((cosine * x) - (sine * y)) * Size / Side) + (Size / 2.0));
            result[(2 * joint) + 1] = (float)((((sine * x) + (cosine * y)) * Size / Side) + (Size / 2.0));
        }

        return result;
    }

    /// <summary>The pose that the result shows: the root turns with the picture, and a mirrored body has its left and right joints swapped.</summary>
    /// <param name="pose">
    /// Of 24 joints: axis-angle [72], six numbers each [144] or matrices row by row [216] (see <see cref="Rotations"/>); the root in the frame that
    /// <paramref name="toCamera"/> leads from.
    /// </param>
    /// <param name="toCamera">
    /// Rotation (or reflection) from the frame of the root to the camera's, x right, y down, z forward, nine numbers row by row; default (empty): it
    /// is the camera's frame already. For SURREAL <c>SurrealCamera.Rotation</c>.
    /// </param>
    /// <returns>In the same form and frame.</returns>
    /// <exception cref="ArgumentException">Another count of numbers.</exception>
    /// <remarks>Exact where the square's centre is the camera's; elsewhere a turn of the picture is nearly, not quite, a turn of the person.</remarks>
    public float[] Pose(ReadOnlySpan<float> pose, ReadOnlySpan<double> toCamera = default) => ViewedPose.Of(pose, Flip, Degrees, toCamera);

    private (double X, double Y) Source(double u, double v)
    {
        var (a, b) = ((u - (Size / 2.0)) * Side / Size, (v - (Size / 2.0)) * Side / Size);
        var x = (cosine * a) + (sine * b);
        return (CentreX + (Flip ? -x : x), CentreY - (sine * a) + (cosine * b));
    }

    private int Nearest(ImageSize from, int pixel)
    {
        var (x, y) = Source((pixel % Size) + 0.5, (pixel / Size) + 0.5);
        return x >= 0 && y >= 0 && x < from.Width && y < from.Height ? ((int)y * from.Width) + (int)x : -1;
    }

    private static void AddBilinear(ByteImage image, double x, double y, Span<double> sum)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        for (var corner = 0; corner < 4; corner++)
        {
            var (column, row) = (left + (corner % 2), top + (corner / 2));
            if (column < 0 || row < 0 || column >= image.Width || row >= image.Height) continue;
            var weight = (1 - Math.Abs(x - column)) * (1 - Math.Abs(y - row));
            var at = ((row * image.Width) + column) * image.Channels;
            for (var c = 0; c < sum.Length; c++) sum[c] += weight * image.Pixels[at + c];
        }
    }
}
