namespace Ilt.Bodies;

/// <summary>
/// Rotations in three dimensions in three forms and the ways between them: an axis-angle vector (3 numbers: the axis times the angle in
/// radians), a matrix (9 numbers, row by row) and the six numbers of Zhou et al. (2019, "On the Continuity of Rotation Representations").
/// </summary>
/// <remarks>
/// <b>Order of the six numbers</b>: column by column, R11 R21 R31 R12 R22 R32, that is the whole first column and then the whole second.
/// (Other code stores the rows of the 3 x 2 matrix.) Several rotations lie one after the other, for example 24 of them as 144 numbers.
/// </remarks>
public static class Rotations
{
    // Below this, a vector has no direction worth the name; far below what a network predicts for a rotation.
    private const double Tiny = 1e-12;

    /// <summary>The matrix of an axis-angle vector (Rodrigues' formula), exact for small angles too.</summary>
    /// <param name="axisAngle">3 numbers.</param>
    /// <param name="matrix">9 numbers, overwritten.</param>
    public static void AxisAngleToMatrix(ReadOnlySpan<double> axisAngle, Span<double> matrix)
    {
        var (x, y, z) = (axisAngle[0], axisAngle[1], axisAngle[2]);
        var square = (x * x) + (y * y) + (z * z);
        var angle = Math.Sqrt(square);
        // R = I + a K + b K^2 with K the cross product by the vector; a = sin t / t, b = (1 - cos t) / t^2 = (sin(t/2) / (t/2))^2 / 2, which does not cancel.
        var a = angle < 1e-4 ? 1 - (square / 6) : Math.Sin(angle) / angle;
        var half = angle < 1e-4 ? 1 - (square / 24) : Math.Sin(angle / 2) / (angle / 2);
        var b = half * half / 2;
        matrix[0] = 1 - (b * ((y * y) + (z * z)));
        matrix[1] = (b * x * y) - (a * z);
        matrix[2] = (b * x * z) + (a * y);
        matrix[3] = (b * x * y) + (a * z);
        matrix[4] = 1 - (b * ((x * x) + (z * z)));
        matrix[5] = (b * y * z) - (a * x);
        matrix[6] = (b * x * z) - (a * y);
        matrix[7] = (b * y * z) + (a * x);
        matrix[8] = 1 - (b * ((x * x) + (y * y)));
    }

    /// <summary>The axis-angle vector of a rotation matrix, of an angle from 0 to pi; at pi one of the two opposite vectors.</summary>
    /// <param name="matrix">9 numbers, a rotation.</param>
    /// <param name="axisAngle">3 numbers, overwritten.</param>
    public static void MatrixToAxisAngle(ReadOnlySpan<double> matrix, Span<double> axisAngle)
    {
        // By the quaternion, from its largest component, so that nothing small is ever divided by: the angle's cosine alone says little near 0 and pi.
        var (m00, m11, m22) = (matrix[0], matrix[4], matrix[8]);
        double w, x, y, z;
        if (m00 + m11 + m22 > 0)
            (w, x, y, z) = (1 + m00 + m11 + m22, matrix[7] - matrix[5], matrix[2] - matrix[6], matrix[3] - matrix[1]);
        else if (m00 >= m11 && m00 >= m22)
            (w, x, y, z) = (matrix[7] - matrix[5], 1 + m00 - m11 - m22, matrix[1] + matrix[3], matrix[2] + matrix[6]);
        else if (m11 >= m22)
            (w, x, y, z) = (matrix[2] - matrix[6], matrix[1] + matrix[3], 1 + m11 - m00 - m22, matrix[5] + matrix[7]);
        else
            (w, x, y, z) = (matrix[3] - matrix[1], matrix[2] + matrix[6], matrix[5] + matrix[7], 1 + m22 - m00 - m11);
        if (w < 0) (w, x, y, z) = (-w, -x, -y, -z);
        var sine = Math.Sqrt((x * x) + (y * y) + (z * z));
        // For the smallest angles atan2(s, w) / s is 1 / w.
        var factor = sine > Tiny * w ? 2 * Math.Atan2(sine, w) / sine : 2 / w;
        (axisAngle[0], axisAngle[1], axisAngle[2]) = (factor * x, factor * y, factor * z);
    }

    /// <summary>The first two columns of a matrix, one after the other.</summary>
    /// <param name="matrix">9 numbers.</param>
    /// <param name="six">6 numbers, overwritten.</param>
    public static void MatrixToSix(ReadOnlySpan<double> matrix, Span<double> six)
    {
        for (var row = 0; row < 3; row++) (six[row], six[3 + row]) = (matrix[3 * row], matrix[(3 * row) + 1]);
    }

    /// <summary>
    /// The rotation of any six numbers by Gram and Schmidt: b1 = a1 / |a1|, b2 = a2 without its part along b1, normalised, b3 = b1 x b2. Where a1 is
    /// zero, or a2 lies along it, an axis of the coordinate system stands in, so that the result is a rotation always.
    /// </summary>
    /// <param name="six">6 numbers: a1, then a2.</param>
    /// <param name="matrix">9 numbers, overwritten: b1, b2 and b3 are its columns.</param>
    public static void SixToMatrix(ReadOnlySpan<double> six, Span<double> matrix)
    {
        Span<double> b1 = [six[0], six[1], six[2]];
        if (!Normalise(b1)) (b1[0], b1[1], b1[2]) = (1, 0, 0);
        Span<double> b2 = [six[3], six[4], six[5]];
        if (!Reject(b2, b1))
        {
            // The axis that b1 leans to least.
            var least = Math.Abs(b1[0]) <= Math.Abs(b1[1]) && Math.Abs(b1[0]) <= Math.Abs(b1[2]) ? 0 : Math.Abs(b1[1]) <= Math.Abs(b1[2]) ? 1 : 2;
            b2.Clear();
            b2[least] = 1;
            Reject(b2, b1);
        }

        for (var row = 0; row < 3; row++)
        {
            var (next, last) = ((row + 1) % 3, (row + 2) % 3);
            matrix[3 * row] = b1[row];
            matrix[(3 * row) + 1] = b2[row];
            matrix[(3 * row) + 2] = (b1[next] * b2[last]) - (b1[last] * b2[next]);
        }
    }

    /// <summary>Matrices of axis-angle vectors: 3 n numbers to 9 n.</summary>
    /// <param name="axisAngles">Several vectors, one after the other.</param>
    /// <returns>As many matrices.</returns>
    public static float[] AxisAnglesToMatrices(ReadOnlySpan<float> axisAngles) => Each(axisAngles, 3, 9, AxisAngleToMatrix);

    /// <summary>Axis-angle vectors of matrices: 9 n numbers to 3 n.</summary>
    /// <param name="matrices">Several matrices, one after the other.</param>
    /// <returns>As many vectors.</returns>
    public static float[] MatricesToAxisAngles(ReadOnlySpan<float> matrices) => Each(matrices, 9, 3, MatrixToAxisAngle);

    /// <summary>Six numbers of each axis-angle vector: 3 n numbers to 6 n, for example a pose of 72 to 144.</summary>
    /// <param name="axisAngles">Several vectors, one after the other.</param>
    /// <returns>As many times six numbers.</returns>
    public static float[] AxisAnglesToSix(ReadOnlySpan<float> axisAngles) => Each(axisAngles, 3, 6, (axisAngle, six) =>
    {
        Span<double> matrix = stackalloc double[9];
        AxisAngleToMatrix(axisAngle, matrix);
        MatrixToSix(matrix, six);
    });

    /// <summary>Axis-angle vectors of six numbers each: 6 n numbers to 3 n.</summary>
    /// <param name="six">Several times six numbers, one after the other.</param>
    /// <returns>As many vectors.</returns>
    public static float[] SixToAxisAngles(ReadOnlySpan<float> six) => Each(six, 6, 3, (numbers, axisAngle) =>
    {
        Span<double> matrix = stackalloc double[9];
        SixToMatrix(numbers, matrix);
        MatrixToAxisAngle(matrix, axisAngle);
    });

    /// <summary>Matrices of six numbers each: 6 n numbers to 9 n.</summary>
    /// <param name="six">Several times six numbers, one after the other.</param>
    /// <returns>As many matrices.</returns>
    public static float[] SixToMatrices(ReadOnlySpan<float> six) => Each(six, 6, 9, SixToMatrix);

    /// <summary>The first two columns of each matrix: 9 n numbers to 6 n.</summary>
    /// <param name="matrices">Several matrices, one after the other.</param>
    /// <returns>As many times six numbers.</returns>
    public static float[] MatricesToSix(ReadOnlySpan<float> matrices) => Each(matrices, 9, 6, MatrixToSix);

    /// <summary>The product of two matrices of 3 x 3; the result may not be one of them.</summary>
    internal static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result)
    {
        for (var row = 0; row < 3; row++)
            for (var column = 0; column < 3; column++)
                result[(3 * row) + column] = (a[3 * row] * b[column]) + (a[(3 * row) + 1] * b[3 + column]) + (a[(3 * row) + 2] * b[6 + column]);
    }

    private delegate void Conversion(ReadOnlySpan<double> from, Span<double> to);

    private static float[] Each(ReadOnlySpan<float> numbers, int from, int to, Conversion conversion)
    {
        if (numbers.Length % from != 0)
            throw new ArgumentException(FormattableString.Invariant($"Expected rotations of {from} numbers each; found {numbers.Length} numbers, which do not divide into such."), nameof(numbers));
        Span<double> source = stackalloc double[from];
        Span<double> target = stackalloc double[to];
        var result = new float[numbers.Length / from * to];
        for (var i = 0; i < numbers.Length / from; i++)
        {
            for (var k = 0; k < from; k++) source[k] = numbers[(i * from) + k];
            conversion(source, target);
            for (var k = 0; k < to; k++) result[(i * to) + k] = (float)target[k];
        }

        return result;
    }

    private static bool Normalise(Span<double> vector)
    {
        var length = Math.Sqrt((vector[0] * vector[0]) + (vector[1] * vector[1]) + (vector[2] * vector[2]));
        if (length < Tiny) return false;
        for (var i = 0; i < 3; i++) vector[i] /= length;
        return true;
    }

    /// <summary>Takes the part along a unit vector away and normalises what is left; false where nothing is.</summary>
    private static bool Reject(Span<double> vector, ReadOnlySpan<double> unit)
    {
        var before = Math.Sqrt((vector[0] * vector[0]) + (vector[1] * vector[1]) + (vector[2] * vector[2]));
        var along = (vector[0] * unit[0]) + (vector[1] * unit[1]) + (vector[2] * unit[2]);
        for (var i = 0; i < 3; i++) vector[i] -= along * unit[i];
        var left = Math.Sqrt((vector[0] * vector[0]) + (vector[1] * vector[1]) + (vector[2] * vector[2]));
        // What rounding leaves of a parallel vector has no direction either.
        return !(left < Math.Max(Tiny, 1e-14 * before)) && Normalise(vector);
    }
}
