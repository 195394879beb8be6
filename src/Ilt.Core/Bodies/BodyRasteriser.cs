using System.Buffers;

namespace Ilt.Bodies;

/// <summary>Finds the triangle seen at each sample of a picture.</summary>
internal static class BodyRasteriser
{
    private const float Nearest = 0.1f;

    /// <param name="vertices">[V, 3] in the camera's frame.</param>
    /// <param name="faces">[F, 3].</param>
    /// <param name="camera">The camera.</param>
    /// <param name="samples">Samples per pixel and axis.</param>
    /// <param name="facing">Sign of the area of triangles that face the camera; others are left out.</param>
    public static SampleBuffer Draw(ReadOnlySpan<float> vertices, int[] faces, BodyCamera camera, int samples, int facing)
    {
        var (width, height) = (camera.Size.Width * samples, camera.Size.Height * samples);
        var face = new int[width * height];
        Array.Fill(face, -1);
        var buffer = new SampleBuffer(face, new float[width * height], new float[width * height], new float[width * height]);
        var count = vertices.Length / 3;
        var rented = ArrayPool<double>.Shared.Rent(3 * count);
        try
        {
            var seen = rented.AsSpan(0, 3 * count); // column and row in samples, 1 / depth; depth 0 where too near
            for (var i = 0; i < seen.Length; i += 3)
            {
                var inverse = vertices[i + 2] > Nearest ? 1.0 / vertices[i + 2] : 0;
                seen[i] = samples * ((camera.FocalLength * vertices[i] * inverse) + camera.CentreX);
                seen[i + 1] = samples * ((camera.FocalLength * vertices[i + 1] * inverse) + camera.CentreY);
                seen[i + 2] = inverse;
            }

            for (var f = 0; f < faces.Length / 3; f++)
                DrawFace(f, seen.Slice(3 * faces[3 * f], 3), seen.Slice(3 * faces[(3 * f) + 1], 3), seen.Slice(3 * faces[(3 * f) + 2], 3), buffer, width, height, facing);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }

        return buffer;
    }

    private static void DrawFace(int face, ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, SampleBuffer buffer, int width, int height, int facing)
    {
        if (a[2] == 0 || b[2] == 0 || c[2] == 0) return;
        // Samples lie at the centres of their cells, i + 0.5. Most triangles of a small picture lie between them.
        var left = (int)Math.Ceiling(Math.Max(Math.Min(a[0], Math.Min(b[0], c[0])), 0) - 0.5);
        var right = (int)Math.Floor(Math.Min(Math.Max(a[0], Math.Max(b[0], c[0])), width) - 0.5);
        if (left > right) return;
        var top = (int)Math.Ceiling(Math.Max(Math.Min(a[1], Math.Min(b[1], c[1])), 0) - 0.5);
        var bottom = (int)Math.Floor(Math.Min(Math.Max(a[1], Math.Max(b[1], c[1])), height) - 0.5);
        if (top > bottom) return;
        var area = ((b[0] - a[0]) * (c[1] - a[1])) - ((b[1] - a[1]) * (c[0] - a[0]));
        if (area * facing <= 0) return;
        for (var row = top; row <= bottom; row++)
        {
            var y = row + 0.5;
            for (var column = left; column <= right; column++)
            {
                var x = column + 0.5;
                // On an edge both triangles count the sample as theirs, so that no crack opens between them.
                var first = (((b[0] - x) * (c[1] - y)) - ((b[1] - y) * (c[0] - x))) / area;
                var second = (((c[0] - x) * (a[1] - y)) - ((c[1] - y) * (a[0] - x))) / area;
                var third = 1 - first - second;
                if (first < 0 || second < 0 || third < 0) continue;
                // 1 / depth is linear on the picture; shares on the body itself follow from it.
                var inverse = (first * a[2]) + (second * b[2]) + (third * c[2]);
                var at = (row * width) + column;
                if (inverse <= buffer.InverseDepth[at]) continue;
                buffer.InverseDepth[at] = (float)inverse;
                buffer.Face[at] = face;
                buffer.First[at] = (float)(first * a[2] / inverse);
                buffer.Second[at] = (float)(second * b[2] / inverse);
            }
        }
    }
}
