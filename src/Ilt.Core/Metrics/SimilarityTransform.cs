namespace Ilt.Metrics;

/// <summary>A movement, rotation and scaling of space: x becomes scale * rotation * x + translation.</summary>
/// <param name="Scale">Not negative.</param>
/// <param name="Rotation">Nine numbers, row by row; never a reflection.</param>
/// <param name="Translation">Three numbers.</param>
public sealed record SimilarityTransform(double Scale, double[] Rotation, double[] Translation)
{
    /// <summary>The transform of one list of points that brings it nearest to another, in the sense of the squared distances (Umeyama, 1991).</summary>
    /// <param name="from">Points to move, [N, 3].</param>
    /// <param name="to">Where each should come to lie, [N, 3].</param>
    /// <returns>The transform; one that scales by 1 and does not turn where all points of <paramref name="from"/> are the same.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of 3.</exception>
    public static SimilarityTransform Fit(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        Points.Check(to, from, "points");
        Span<double> fromMean = stackalloc double[3];
        Span<double> toMean = stackalloc double[3];
        Mean(from, fromMean);
        Mean(to, toMean);
        Span<double> covariance = stackalloc double[9]; // of the points to move (rows) and their targets (columns)
        covariance.Clear();
        var spread = 0.0;
        for (var i = 0; i < from.Length; i += 3)
        {
            for (var row = 0; row < 3; row++)
            {
                var centred = from[i + row] - fromMean[row];
                spread += centred * centred;
                for (var column = 0; column < 3; column++) covariance[(3 * row) + column] += centred * (to[i + column] - toMean[column]);
            }
        }

        double[] rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        var scale = 1.0;
        if (spread > 0)
        {
            Span<double> u = stackalloc double[9];
            Span<double> s = stackalloc double[3];
            Span<double> v = stackalloc double[9];
            SingularValues.Decompose(covariance, u, s, v);
            // A reflection would fit better where the determinants differ; the smallest singular value pays for leaving it out.
            var sign = Math.Sign(SingularValues.Determinant(u) * SingularValues.Determinant(v));
            for (var row = 0; row < 3; row++)
                for (var column = 0; column < 3; column++)
                    rotation[(3 * row) + column] = (v[3 * row] * u[3 * column]) + (v[(3 * row) + 1] * u[(3 * column) + 1]) + (sign * v[(3 * row) + 2] * u[(3 * column) + 2]);
            scale = (s[0] + s[1] + (sign * s[2])) / spread;
        }

        var translation = new double[3];
        for (var row = 0; row < 3; row++)
            translation[row] = toMean[row] - (scale * ((rotation[3 * row] * fromMean[0]) + (rotation[(3 * row) + 1] * fromMean[1]) + (rotation[(3 * row) + 2] * fromMean[2])));
        return new SimilarityTransform(scale, rotation, translation);
    }

    /// <summary>Moves a point.</summary>
    /// <param name="x">Its first coordinate.</param>
    /// <param name="y">Its second coordinate.</param>
    /// <param name="z">Its third coordinate.</param>
    /// <param name="moved">Three numbers, overwritten.</param>
    public void Apply(double x, double y, double z, Span<double> moved)
    {
        for (var row = 0; row < 3; row++)
            moved[row] = (Scale * ((Rotation[3 * row] * x) + (Rotation[(3 * row) + 1] * y) + (Rotation[(3 * row) + 2] * z))) + Translation[row];
    }

    private static void Mean(ReadOnlySpan<float> points, Span<double> mean)
    {
        mean.Clear();
        for (var i = 0; i < points.Length; i++) mean[i % 3] += points[i];
        for (var c = 0; c < 3; c++) mean[c] /= points.Length / 3;
    }
}
