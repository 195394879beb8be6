using Ilt.Bodies;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Rotations of a batch of poses in three forms and the ways between them, differentiable: axis-angle vectors, matrices and the six numbers of
/// Zhou et al. (2019) in the order of <see cref="Rotations"/>, column by column. B rows, J joints.
/// </summary>
/// <remarks>
/// Values agree with <see cref="Rotations"/>, and values and gradients are finite for every finite input. The type of the numbers is the input's, Float32 or Float64.
/// </remarks>
public static class RotationTensors
{
    // Vectors shorter than 1e-6 (and six numbers whose second vector is this close to the first) have no direction: a gradient through one is 1 / length.
    private static readonly Scalar ShortestSquared = 1e-12;

    // Below this squared angle the power series are exact to double precision; above it nothing cancels.
    private static readonly Scalar SmallSquaredAngle = 1e-4;

    // Where the quaternion's vector is shorter than the root of this, its length over that of the other part is a power series.
    private static readonly Scalar Short = 1e-3;

    // Coefficients of the series.
    private static readonly Scalar MinusThird = -1 / 3.0, Fifth = 1 / 5.0, MinusSixth = -1 / 6.0;
    private static readonly Scalar Minus24th = -1 / 24.0, One120th = 1 / 120.0, One720th = 1 / 720.0;

    private static readonly double[] Unit = [1, 0, 0, 0, 1, 0, 0, 0, 1];

    // The matrix of the cross product by (x, y, z), row by row: one row of nine for x, for y and for z.
    private static readonly double[] Cross =
    [
        0, 0, 0, 0, 0, -1, 0, 1, 0,
        0, 0, 1, 0, 0, 0, -1, 0, 0,
        0, -1, 0, 1, 0, 0, 0, 0, 0,
    ];

    // 4 q q^T of the quaternion q = (w, x, y, z) is linear in the elements of the rotation's matrix: [9, 16], and the constant on the diagonal.
    private static readonly double[] FourProducts = Products();

    /// <summary>
    /// The rotation of any six numbers by Gram and Schmidt: b1 = a1 / |a1|, b2 = a2 without its part along b1, normalised, b3 = b1 x b2. Where a1 is
    /// shorter than 1e-6, or a2 lies along it to that precision, an axis of the coordinate system stands in, with no gradient for the vector it stands for.
    /// </summary>
    /// <param name="six">[B, 6 J].</param>
    /// <returns>[B, J, 3, 3]; b1, b2, b3 are the columns.</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor SixToMatrices(Tensor six)
    {
        var (rows, joints) = Check(six, 6, "six numbers");
        var axes = Tensors.Like(six, Unit, [3, 3]);
        var pairs = six.reshape(rows, joints, 2, 3);
        var (a1, a2) = (pairs.select(2, 0), pairs.select(2, 1)); // [B, J, 3]
        var b1 = Normalised(where(SquaredLength(a1).lt(ShortestSquared), axes.select(0, 0), a1));
        // b1 x a2 points along b3 and is as long as what is left of a2.
        var normal = linalg.cross(b1, a2, 2);
        var along = (SquaredLength(normal) - SquaredLength(a2).mul(ShortestSquared)).lt(ShortestSquared);
        var least = axes.index_select(0, b1.abs().argmin(2).flatten()).reshape(rows, joints, 3);
        var b3 = Normalised(where(along, linalg.cross(b1, least, 2), normal));
        return stack([b1, linalg.cross(b3, b1, 2), b3], 3);
    }

    /// <summary>The matrices of axis-angle vectors (Rodrigues' formula); values and gradients are exact at angle 0 too.</summary>
    /// <param name="axisAngles">[B, 3 J], radians.</param>
    /// <returns>[B, J, 3, 3].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor AxisAnglesToMatrices(Tensor axisAngles)
    {
        var (rows, joints) = Check(axisAngles, 3, "axis-angle vectors");
        var vectors = axisAngles.reshape(rows * joints, 3);
        // R = cos t I + a K + b v v^T with K the cross product by v, a = sin t / t, b = (1 - cos t) / t^2 = 2 (sin(t/2) / t)^2, which does not cancel.
        var square = vectors.Squared().sum(1, true); // t^2, [B J, 1]
        var small = square.lt(SmallSquaredAngle);
        var angle = square.clamp(SmallSquaredAngle).sqrt(); // the branch not taken must have finite gradients too
        var a = where(small, Series(square, One120th, MinusSixth, Numbers.One), angle.sin() / angle);
        var b = where(small, Series(square, One720th, Minus24th, Numbers.Half), (angle.mul(Numbers.Half).sin() / angle).Squared().mul(Numbers.Two));
        var outer = vectors.unsqueeze(2).mul(vectors.unsqueeze(1)).flatten(1); // [B J, 9]
        var matrices = Tensors.Like(vectors, Unit, [1, 9]).mul((b * square).neg().Plus(Numbers.One))
            .Plus(vectors.mm(Tensors.Like(vectors, Cross, [3, 9])).mul(a)).Plus(outer.mul(b));
        return matrices.reshape(rows, joints, 3, 3);
    }

    /// <summary>The first two columns of each matrix, one after the other.</summary>
    /// <param name="matrices">[B, J, 3, 3].</param>
    /// <returns>[B, 6 J].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor MatricesToSix(Tensor matrices)
    {
        CheckMatrices(matrices);
        return matrices.narrow(3, 0, 2).permute(0, 1, 3, 2).flatten(1);
    }

    /// <summary>The axis-angle vectors of rotation matrices, of angles from 0 to pi; at pi one of the two opposite vectors.</summary>
    /// <param name="matrices">[B, J, 3, 3], rotations.</param>
    /// <returns>[B, 3 J], radians.</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor MatricesToAxisAngles(Tensor matrices)
    {
        var (rows, joints) = CheckMatrices(matrices);
        var count = rows * joints;
        // Each row of 4 q q^T is the quaternion times one of its components; from the largest, nothing small is ever divided by.
        var products = matrices.reshape(count, 9).mm(Tensors.Like(matrices, FourProducts, [9, 16])).Plus(Tensors.Like(matrices, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [1, 16]));
        var largest = products.index_select(1, Tensors.From([0L, 5, 10, 15], 4).Beside(products)).argmax(1); // of the diagonal
        var quaternion = products.reshape(count, 4, 4).gather(1, largest.reshape(count, 1, 1).expand(count, 1, 4)).squeeze(1);
        quaternion = where(quaternion.narrow(1, 0, 1).lt(Numbers.Zero), quaternion.neg(), quaternion);
        var (w, vector) = (quaternion.narrow(1, 0, 1), quaternion.narrow(1, 1, 3)); // the vector is sin(t/2) times the axis, times what w is too much
        // The quaternion is 2 to 4 long, so that w is nearly 4 where the angle is small, and the other branch never sees a short vector.
        var square = vector.Squared().sum(1, true);
        var (large, sine) = (w.clamp(Numbers.One), square.clamp(Short).sqrt());
        var ratio = square / large.Squared();
        var factor = where(square.lt(Short), Series(ratio, Fifth, MinusThird, Numbers.One) / large, sine.atan2(w) / sine).mul(Numbers.Two);
        return vector.mul(factor).reshape(rows, 3 * joints);
    }

    // (a x + b) x + c.
    private static Tensor Series(Tensor x, Scalar a, Scalar b, Scalar c) => (x * x.mul(a).Plus(b)).Plus(c);

    private static Tensor SquaredLength(Tensor vectors) => vectors.Squared().sum(2, true);

    private static Tensor Normalised(Tensor vectors) => vectors / SquaredLength(vectors).sqrt();

    private static (long Rows, long Joints) Check(Tensor pose, int numbers, string what)
    {
        ArgumentNullException.ThrowIfNull(pose);
        return pose.shape is [var rows, var width] && width > 0 && width % numbers == 0
            ? (rows, width / numbers)
            : throw new ArgumentException(FormattableString.Invariant($"Expected {what} as [B, {numbers} J], rows of {numbers} numbers for each joint; found [{string.Join(", ", pose.shape)}]."));
    }

    private static (long Rows, long Joints) CheckMatrices(Tensor matrices)
    {
        ArgumentNullException.ThrowIfNull(matrices);
        return matrices.shape is [var rows, var joints, 3, 3]
            ? (rows, joints)
            : throw new ArgumentException(FormattableString.Invariant($"Expected rotation matrices as [B, J, 3, 3]; found [{string.Join(", ", matrices.shape)}]."));
    }

    private static double[] Products()
    {
        var result = new double[9 * 16];
        // Signs of m00, m11, m22 in 4 w^2 - 1, 4 x^2 - 1, 4 y^2 - 1, 4 z^2 - 1.
        for (var k = 0; k < 4; k++)
            for (var axis = 0; axis < 3; axis++)
                result[(4 * axis * 16) + (5 * k)] = k == 0 || k == axis + 1 ? 1 : -1;
        for (var axis = 0; axis < 3; axis++)
        {
            var (next, last) = ((axis + 1) % 3, (axis + 2) % 3);
            // 4 w x_axis = m[last, next] - m[next, last]; 4 x_next x_last = m[next, last] + m[last, next].
            Both(0, axis + 1, (3 * last) + next, 1);
            Both(0, axis + 1, (3 * next) + last, -1);
            Both(next + 1, last + 1, (3 * next) + last, 1);
            Both(next + 1, last + 1, (3 * last) + next, 1);
        }
        return result;

        void Both(int i, int j, int element, double sign)
        {
            result[(element * 16) + (4 * i) + j] = sign;
            result[(element * 16) + (4 * j) + i] = sign;
        }
    }
}
