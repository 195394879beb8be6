namespace Ilt.Metrics;

/// <summary>
/// Singular value decomposition of 3 x 3 matrices by one-sided Jacobi rotations (Hestenes, 1958): columns are turned against each other
/// until all are orthogonal. Slow and very exact, for singular matrices too.
/// </summary>
internal static class SingularValues
{
    private const int MostSweeps = 60; // five or six are usual

    /// <summary>A = U diag(s) V^T. Matrices are row by row; U and V orthogonal (either may be a reflection), s falling and not negative.</summary>
    public static void Decompose(ReadOnlySpan<double> a, Span<double> u, Span<double> s, Span<double> v)
    {
        a.CopyTo(u);
        v.Clear();
        (v[0], v[4], v[8]) = (1, 1, 1);
        for (int sweep = 0, turned = 1; sweep < MostSweeps && turned > 0; sweep++)
        {
            turned = 0;
            for (var first = 0; first < 2; first++)
                for (var second = first + 1; second < 3; second++)
                    turned += Turn(u, v, first, second) ? 1 : 0;
        }

        for (var column = 0; column < 3; column++) s[column] = Math.Sqrt(Dot(u, column, column));
        for (var i = 0; i < 2; i++)
            for (var column = 0; column < 2 - i; column++)
                if (s[column] < s[column + 1])
                    Exchange(u, s, v, column);
        Complete(u, s);
    }

    public static double Determinant(ReadOnlySpan<double> m) =>
        (m[0] * ((m[4] * m[8]) - (m[5] * m[7]))) - (m[1] * ((m[3] * m[8]) - (m[5] * m[6]))) + (m[2] * ((m[3] * m[7]) - (m[4] * m[6])));

    private static double Dot(ReadOnlySpan<double> m, int a, int b) => (m[a] * m[b]) + (m[3 + a] * m[3 + b]) + (m[6 + a] * m[6 + b]);

    private static bool Turn(Span<double> u, Span<double> v, int a, int b)
    {
        var (alpha, beta, gamma) = (Dot(u, a, a), Dot(u, b, b), Dot(u, a, b));
        if (Math.Abs(gamma) <= 1e-15 * Math.Sqrt(alpha * beta)) return false;
        var zeta = (beta - alpha) / (2 * gamma);
        var tangent = (zeta >= 0 ? 1 : -1) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = cosine * tangent;
        for (var row = 0; row < 9; row += 3)
        {
            (u[row + a], u[row + b]) = ((cosine * u[row + a]) - (sine * u[row + b]), (sine * u[row + a]) + (cosine * u[row + b]));
            (v[row + a], v[row + b]) = ((cosine * v[row + a]) - (sine * v[row + b]), (sine * v[row + a]) + (cosine * v[row + b]));
        }

        return true;
    }

    private static void Exchange(Span<double> u, Span<double> s, Span<double> v, int column)
    {
        (s[column], s[column + 1]) = (s[column + 1], s[column]);
        for (var row = 0; row < 9; row += 3)
        {
            (u[row + column], u[row + column + 1]) = (u[row + column + 1], u[row + column]);
            (v[row + column], v[row + column + 1]) = (v[row + column + 1], v[row + column]);
        }
    }

    /// <summary>Makes the columns of U unit vectors; those of singular values that are 0 become any that are orthogonal to the others.</summary>
    private static void Complete(Span<double> u, Span<double> s)
    {
        var least = 1e-14 * s[0];
        for (var column = 0; column < 3; column++)
        {
            if (s[column] > least)
            {
                for (var row = 0; row < 9; row += 3) u[row + column] /= s[column];
                continue;
            }

            Orthogonal(u, column);
        }
    }

    private static void Orthogonal(Span<double> u, int column)
    {
        Span<double> best = stackalloc double[3];
        Span<double> trial = stackalloc double[3];
        var length = -1.0;
        for (var axis = 0; axis < 3; axis++)
        {
            trial.Clear();
            trial[axis] = 1;
            for (var other = 0; other < column; other++)
            {
                var along = (trial[0] * u[other]) + (trial[1] * u[3 + other]) + (trial[2] * u[6 + other]);
                for (var row = 0; row < 3; row++) trial[row] -= along * u[(3 * row) + other];
            }

            var left = Points.Distance(trial[0], trial[1], trial[2]);
            if (left <= length) continue;
            length = left;
            trial.CopyTo(best);
        }

        for (var row = 0; row < 3; row++) u[(3 * row) + column] = best[row] / length;
    }
}
