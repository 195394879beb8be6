namespace Ilt.Bodies;

/// <summary>Colours under a light, from those and the normals of a triangle's corners.</summary>
internal readonly ref struct BodyShading
{
    private readonly ReadOnlySpan<byte> colours;
    private readonly float[] normals;
    private readonly float x;
    private readonly float y;
    private readonly float z;
    private readonly float ambient;

    public BodyShading(ReadOnlySpan<byte> colours, float[] normals, BodyLight light)
    {
        this.colours = colours;
        (this.normals, ambient) = (normals, light.Ambient);
        var length = MathF.Sqrt((light.X * light.X) + (light.Y * light.Y) + (light.Z * light.Z));
        if (!(length > 0)) throw new ArgumentException("The direction of a light cannot be zero.", nameof(light));
        (x, y, z) = (light.X / length, light.Y / length, light.Z / length);
    }

    /// <summary>Normals of the vertices, pointing outwards, not normalised: sums over their triangles, weighed by area.</summary>
    public static float[] Normals(ReadOnlySpan<float> v, int[] faces, int facing)
    {
        var normals = new float[v.Length];
        for (var f = 0; f < faces.Length; f += 3)
        {
            var (a, b, c) = (3 * faces[f], 3 * faces[f + 1], 3 * faces[f + 2]);
            var (ux, uy, uz) = (v[b] - v[a], v[b + 1] - v[a + 1], v[b + 2] - v[a + 2]);
            var (wx, wy, wz) = (v[c] - v[a], v[c + 1] - v[a + 1], v[c + 2] - v[a + 2]);
            var (nx, ny, nz) = (-facing * ((uy * wz) - (uz * wy)), -facing * ((uz * wx) - (ux * wz)), -facing * ((ux * wy) - (uy * wx)));
            normals[a] += nx;
            normals[a + 1] += ny;
            normals[a + 2] += nz;
            normals[b] += nx;
            normals[b + 1] += ny;
            normals[b + 2] += nz;
            normals[c] += nx;
            normals[c + 1] += ny;
            normals[c + 2] += nz;
        }

        return normals;
    }

    /// <summary>Adds the colour at a point of a triangle.</summary>
    public void Add(ReadOnlySpan<int> corners, float first, float second, Span<float> sum)
    {
        var (a, b, c, third) = (3 * corners[0], 3 * corners[1], 3 * corners[2], 1 - first - second);
        var x = (first * normals[a]) + (second * normals[b]) + (third * normals[c]);
        var y = (first * normals[a + 1]) + (second * normals[b + 1]) + (third * normals[c + 1]);
        var z = (first * normals[a + 2]) + (second * normals[b + 2]) + (third * normals[c + 2]);
        var length = MathF.Sqrt((x * x) + (y * y) + (z * z));
        var facing = length > 0 ? ((x * this.x) + (y * this.y) + (z * this.z)) / length : 0;
        var brightness = ambient + ((1 - ambient) * Math.Max(facing, 0));
        for (var channel = 0; channel < 3; channel++)
            sum[channel] += brightness * ((first * colours[a + channel]) + (second * colours[b + channel]) + (third * colours[c + channel]));
    }
}
