using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>A pinhole camera: x to the right, y down, z forward; (u, v) = (FocalLength X / Z + CentreX, FocalLength Y / Z + CentreY), in pixels.</summary>
/// <param name="Size">Size of the picture.</param>
/// <param name="FocalLength">Pixels.</param>
/// <param name="CentreX">Where the optical axis meets the picture, pixels from its left edge: pixel i covers [i, i + 1).</param>
/// <param name="CentreY">The same from its upper edge.</param>
public sealed record BodyCamera(ImageSize Size, double FocalLength, double CentreX, double CentreY)
{
    /// <summary>A camera that sees a person of usual height at 5 m on three quarters of the picture: 150 pixels per 64 of its shorter side.</summary>
    /// <param name="size">Size of the picture.</param>
    public static BodyCamera For(ImageSize size) => new(size, 150.0 / 64 * Math.Min(size.Height, size.Width), size.Width / 2.0, size.Height / 2.0);

    /// <summary>The same camera with a picture of another resolution.</summary>
    /// <param name="factor">Whole factor of both sides, at least 1.</param>
    public BodyCamera Enlarged(int factor) => new(new ImageSize(Size.Height * factor, Size.Width * factor), FocalLength * factor, CentreX * factor, CentreY * factor);

    /// <summary>Pixels of points.</summary>
    /// <param name="points">[N, 3], metres, in front of the camera.</param>
    /// <returns>(u, v) of each, [N, 2].</returns>
    public float[] Project(ReadOnlySpan<float> points)
    {
        var result = new float[points.Length / 3 * 2];
        for (var i = 0; i < points.Length / 3; i++)
        {
            result[2 * i] = (float)((FocalLength * points[3 * i] / points[(3 * i) + 2]) + CentreX);
            result[(2 * i) + 1] = (float)((FocalLength * points[(3 * i) + 1] / points[(3 * i) + 2]) + CentreY);
        }

        return result;
    }
}
