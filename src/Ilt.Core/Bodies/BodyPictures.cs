using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>Pictures to look at: what was given and what was predicted for a person, side by side.</summary>
public sealed class BodyPictures
{
    private const int Gap = 2;
    private const double MaskShare = 0.6;

    private static readonly byte[] GivenColour = [90, 200, 110];
    private static readonly byte[] PredictedColour = [240, 150, 60];

    private readonly LinearBlendSkinning skinning;
    private readonly BodyRenderer renderer;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model whose bodies are drawn.</param>
    public BodyPictures(BodyModel model)
    {
        skinning = new LinearBlendSkinning(model);
        renderer = new BodyRenderer(model);
    }

    /// <summary>A colour for each class of a part mask, RGB, [25, 3]; left limbs are bluish, right ones reddish, background is black.</summary>
    public static IReadOnlyList<byte> PartColours { get; } = Palette();

    /// <summary>A row of five panels: the picture, the given mask, the predicted mask, the given body and the predicted body, the latter four laid over the picture.</summary>
    /// <param name="image">The picture, RGB.</param>
    /// <param name="camera">The camera that sees the bodies in the picture.</param>
    /// <param name="givenMask">Default null: the panel shows the picture alone.</param>
    /// <param name="predictedMask">Default null: the same.</param>
    /// <param name="givenBody">With its translation into the camera's frame; default null: the same. It is drawn in green.</param>
    /// <param name="predictedBody">
    /// With a translation into the camera's frame (the given one where none is predicted); default null: the same. It is drawn in orange.
    /// </param>
    /// <param name="scale">Whole factor of enlargement, 1 .. 32. Default 4. Bodies are drawn at the enlarged resolution.</param>
    /// <returns>RGB, height scale x H, width 5 x scale x W plus four gaps of 2 pixels.</returns>
    /// <exception cref="ArgumentException">A size does not fit the picture, or a body the model.</exception>
    public ByteImage Row(
        ByteImage image, BodyCamera camera, ByteImage? givenMask = null, ByteImage? predictedMask = null, BodyPose? givenBody = null, BodyPose? predictedBody = null, int scale = 4)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(camera);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 32);
        if (image.Channels != 3) throw new ArgumentException(FormattableString.Invariant($"The picture has {image.Channels} channels; expected 3 (RGB)."), nameof(image));
        if (camera.Size != image.Size) throw new ArgumentException($"The camera takes pictures of {camera.Size} pixels; found {image.Size}.", nameof(camera));
        var large = PixelResize.NearestMask(image, new ImageSize(image.Height * scale, image.Width * scale));
        var lens = camera.Enlarged(scale);
        return Join([large, OverlayMask(large, image.Size, givenMask), OverlayMask(large, image.Size, predictedMask), OverlayBody(large, lens, givenBody, GivenColour), OverlayBody(large, lens, predictedBody, PredictedColour)]);
    }

    /// <summary>Rows below each other.</summary>
    /// <param name="rows">Pictures of the same width and channels, at least one.</param>
    /// <returns>One picture.</returns>
    /// <exception cref="ArgumentException">There are none, or their widths differ.</exception>
    public static ByteImage Stack(IReadOnlyList<ByteImage> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows.Any(row => row.Width != rows[0].Width || row.Channels != rows[0].Channels))
            throw new ArgumentException("Expected at least one picture, all of the same width and channels.", nameof(rows));
        return new ByteImage(rows.Sum(row => row.Height), rows[0].Width, rows[0].Channels, [.. rows.SelectMany(row => row.Pixels)]);
    }

    private static ByteImage OverlayMask(ByteImage large, ImageSize size, ByteImage? mask)
    {
        if (mask is null) return large;
        if (mask.Size != size) throw new ArgumentException($"A mask is {mask.Size} pixels; the picture is {size}.");
        var enlarged = PixelResize.NearestMask(mask, large.Size);
        var pixels = (byte[])large.Pixels.Clone();
        for (var pixel = 0; pixel < enlarged.Pixels.Length; pixel++)
        {
            var part = enlarged.Pixels[pixel];
            if (part is 0 or MaskEncoding.Ignored) continue;
            for (var c = 0; c < 3; c++)
                pixels[(3 * pixel) + c] = (byte)((MaskShare * PartColours[(3 * (part % BodyParts.ClassCount)) + c]) + ((1 - MaskShare) * pixels[(3 * pixel) + c]));
        }

        return large with { Pixels = pixels };
    }

    private ByteImage OverlayBody(ByteImage large, BodyCamera camera, BodyPose? body, byte[] colour)
    {
        if (body is null) return large;
        var vertices = skinning.Pose(body).Vertices;
        var colours = new byte[vertices.Length];
        for (var i = 0; i < colours.Length; i++) colours[i] = colour[i % 3];
        return renderer.Render(vertices, camera, colours, BodyLight.Usual, large).Image;
    }

    private static ByteImage Join(ByteImage[] panels)
    {
        var (height, width) = (panels[0].Height, panels[0].Width);
        var total = (panels.Length * (width + Gap)) - Gap;
        var pixels = new byte[height * total * 3];
        Array.Fill<byte>(pixels, 255);
        for (var panel = 0; panel < panels.Length; panel++)
            for (var row = 0; row < height; row++)
                panels[panel].Pixels.AsSpan(row * width * 3, width * 3).CopyTo(pixels.AsSpan(((row * total) + (panel * (width + Gap))) * 3));
        return new ByteImage(height, total, 3, pixels);
    }

    private static byte[] Palette()
    {
        // Steps around the colour circle within three ranges: trunk greenish, left bluish, right reddish.
        var palette = new byte[3 * BodyParts.ClassCount];
        var (trunk, left, right) = (0, 0, 0);
        for (var part = 1; part < BodyParts.ClassCount; part++)
        {
            var mirrored = BodyParts.MirroredPartIds[part];
            var hue = mirrored == part ? 70 + (13 * trunk++) : mirrored > part ? 170 + (13 * left++) : (300 + (13 * right++)) % 360;
            var value = part % 2 == 0 ? 1.0 : 0.75;
            for (var c = 0; c < 3; c++)
            {
                var k = (((5 - (2 * c)) + (hue / 60.0)) % 6);
                palette[(3 * part) + c] = (byte)(255 * value * (1 - (0.8 * Math.Max(0, Math.Min(1, Math.Min(k, 4 - k))))));
            }
        }

        return palette;
    }
}
