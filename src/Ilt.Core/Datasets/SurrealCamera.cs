namespace Ilt.Datasets;

/// <summary>
/// SURREAL's camera: 320 x 240 pixels, focal length 600 pixels, looking along the world's -x; (u, v) = (600 X / Z + 160, 600 Y / Z + 120) of the
/// point in the camera's frame, R (x - camera).
/// </summary>
/// <remarks>
/// R is a reflection (its determinant is -1): the pictures show the bodies mirrored, which is why drawn skeletons seem to have left and right
/// swapped. Labels and pictures agree with each other nevertheless.
/// </remarks>
public static class SurrealCamera
{
    /// <summary>Focal length in pixels.</summary>
    public const double FocalLength = 600;

    /// <summary>World to camera, nine numbers, row by row.</summary>
    public static IReadOnlyList<double> Rotation { get; } = [0, 0, -1, 0, 1, 0, -1, 0, 0];

    /// <summary>Points in the camera's frame: x to the right, y down, z away from the camera.</summary>
    /// <param name="points">In the world, metres, [N, 3].</param>
    /// <param name="cameraLocation">Place of the camera in the world, [3].</param>
    /// <returns>[N, 3], metres.</returns>
    public static float[] ToCamera(ReadOnlySpan<float> points, ReadOnlySpan<float> cameraLocation)
    {
        var result = new float[points.Length];
        for (var i = 0; i < points.Length; i += 3)
        {
            (result[i], result[i + 1], result[i + 2]) = (cameraLocation[2] - points[i + 2], points[i + 1] - cameraLocation[1], cameraLocation[0] - points[i]);
        }

        return result;
    }

    /// <summary>Pixels of points in the world.</summary>
    /// <param name="points">In the world, metres, [N, 3].</param>
    /// <param name="cameraLocation">Place of the camera in the world, [3].</param>
    /// <returns>(u, v) of each, [N, 2].</returns>
    public static float[] Project(ReadOnlySpan<float> points, ReadOnlySpan<float> cameraLocation)
    {
        var seen = ToCamera(points, cameraLocation);
        var result = new float[seen.Length / 3 * 2];
        for (var i = 0; i < seen.Length / 3; i++)
        {
            result[2 * i] = (float)((FocalLength * seen[3 * i] / seen[(3 * i) + 2]) + (SurrealDataset.Width / 2));
            result[(2 * i) + 1] = (float)((FocalLength * seen[(3 * i) + 1] / seen[(3 * i) + 2]) + (SurrealDataset.Height / 2));
        }

        return result;
    }
}
