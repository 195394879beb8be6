namespace Ilt.Bodies;

[TestFixture]
public sealed class RotationsTests
{
    // Of the slow twin, which squares eight times.
    private const double Rounding = 1e-12;

    /// <summary>Axes along, between and away from the coordinate axes; angles from nothing to pi.</summary>
    private static IEnumerable<double[]> Vectors()
    {
        double[][] axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, -1, 0], [0.6, 0.8, 0], [-0.6, 0, 0.8], [0, 0.6, -0.8], [0.48, 0.6, 0.64], [-0.48, -0.6, -0.64], [0.36, -0.48, 0.8]];
        double[] angles = [0, 1e-12, 1e-9, 1e-7, 9e-5, 1.1e-4, 1e-3, 0.5, Math.PI / 2, 2 * Math.PI / 3, 3, Math.PI - 1e-3, Math.PI - 1e-7, Math.PI - 1e-10, Math.PI];
        foreach (var axis in axes)
            foreach (var angle in angles)
                yield return [axis[0] * angle, axis[1] * angle, axis[2] * angle];
    }

    [Test]
    public void AxisAngleToMatrix_AnyVector_IsTheSeriesOfTheExponential()
    {
        var matrix = new double[9];
        foreach (var vector in Vectors())
        {
            Rotations.AxisAngleToMatrix(vector, matrix);
            Assert.That(matrix, Is.EqualTo(Exponential(vector)).Within(Rounding), Text(vector));
        }
    }

    [Test]
    public void MatrixToAxisAngle_OfAVector_GivesItBack()
    {
        foreach (var vector in Vectors())
        {
            var back = new double[3];
            Rotations.MatrixToAxisAngle(Exponential(vector), back);
            // At pi either sign is right.
            if (Length(vector) > Math.PI - 1e-9 && Dot(back, vector) < 0) back = [.. back.Select(x => -x)];
            Assert.That(back, Is.EqualTo(vector).Within(Rounding), Text(vector));
            if (Length(vector) is > 0 and < 1e-3) Assert.That(Length(back) / Length(vector), Is.EqualTo(1).Within(1e-3), "small angles keep their size");
        }
    }

    [Test]
    public void MatrixToAxisAngle_Identity_IsZero()
    {
        var back = new double[3];
        Rotations.MatrixToAxisAngle([1, 0, 0, 0, 1, 0, 0, 0, 1], back);
        Assert.That(back, Is.All.EqualTo(0.0));
    }

    [Test]
    public void MatrixToAxisAngle_AngleBeyondPi_IsTheShorterWay()
    {
        var back = new double[3];
        Rotations.MatrixToAxisAngle(Exponential([0, 4, 0]), back);
        Assert.That(back, Is.EqualTo(new[] { 0, 4 - (2 * Math.PI), 0 }).Within(1e-12));
    }

    [Test]
    public void MatrixToSix_Matrix_IsItsFirstColumnThenItsSecond()
    {
        var six = new double[6];
        Rotations.MatrixToSix([11, 12, 13, 21, 22, 23, 31, 32, 33], six);
        Assert.That(six, Is.EqualTo(new double[] { 11, 21, 31, 12, 22, 32 }));
    }

    [Test]
    public void SixToMatrix_OfARotation_GivesItBack()
    {
        foreach (var vector in Vectors())
        {
            var (matrix, six, back) = (Exponential(vector), new double[6], new double[9]);
            Rotations.MatrixToSix(matrix, six);
            Rotations.SixToMatrix(six, back);
            Assert.That(back, Is.EqualTo(matrix).Within(Rounding), Text(vector));
        }
    }

    [Test]
    public void SixToMatrix_AnyNumbers_IsTheGramSchmidtOfItsColumns()
    {
        var random = new Random(3);
        var matrix = new double[9];
        for (var trial = 0; trial < 200; trial++)
        {
            double[] six = [.. Enumerable.Range(0, 6).Select(_ => (4 * random.NextDouble()) - 2)];
            Rotations.SixToMatrix(six, matrix);
            AssertRotation(matrix);

            // The first column points along a1, the second lies in the plane of a1 and a2, on the side of a2.
            double[] b2 = [matrix[1], matrix[4], matrix[7]];
            double[] b3 = [matrix[2], matrix[5], matrix[8]];
            Assert.That((matrix[0] * six[0]) + (matrix[3] * six[1]) + (matrix[6] * six[2]), Is.EqualTo(Length(six[..3])).Within(1e-12));
            Assert.That(Dot(b3, six[3..]), Is.Zero.Within(1e-12));
            Assert.That(Dot(b2, six[3..]), Is.Positive);
        }
    }

    [TestCase(0, 0, 0, 0, 0, 0)]
    [TestCase(0, 0, 0, 0, 1, 0)]
    [TestCase(0, 2, 0, 0, 5, 0)]
    [TestCase(1, 2, 3, -2, -4, -6)]
    [TestCase(0.3, 0.1, 0.7, 0, 0, 0)]
    public void SixToMatrix_WithoutDirection_IsStillARotation(double a, double b, double c, double d, double e, double f)
    {
        var matrix = new double[9];
        Rotations.SixToMatrix([a, b, c, d, e, f], matrix);
        AssertRotation(matrix);
    }

    [Test]
    public void LongForms_SeveralRotations_AgreeWithEachOther()
    {
        var pose = TinyBody.Pose(24, 8, reach: 1.7);
        var six = Rotations.AxisAnglesToSix(pose);
        var matrices = Rotations.AxisAnglesToMatrices(pose);

        Assert.That((six.Length, matrices.Length), Is.EqualTo((144, 216)));
        Assert.That(Rotations.SixToMatrices(six), Is.EqualTo(matrices).Within(1e-6));
        Assert.That(Rotations.MatricesToSix(matrices), Is.EqualTo(six));
        Assert.That(Rotations.SixToAxisAngles(six), Is.EqualTo(pose).Within(1e-5));
        Assert.That(Rotations.MatricesToAxisAngles(matrices), Is.EqualTo(pose).Within(1e-5));
        Assert.That(() => Rotations.AxisAnglesToSix(new float[4]), Throws.ArgumentException.With.Message.Contains("rotations of 3 numbers each; found 4"));
    }

    /// <summary>Slow twin: the power series of exp(K), halved eight times and squared eight times.</summary>
    internal static double[] Exponential(double[] vector)
    {
        var (x, y, z) = (vector[0] / 256, vector[1] / 256, vector[2] / 256);
        double[] k = [0, -z, y, z, 0, -x, -y, x, 0];
        double[] sum = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        double[] term = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        for (var n = 1; n < 12; n++)
        {
            term = [.. Product(term, k).Select(value => value / n)];
            for (var i = 0; i < 9; i++) sum[i] += term[i];
        }

        for (var i = 0; i < 8; i++) sum = Product(sum, sum);
        return sum;
    }

    internal static double[] Product(double[] a, double[] b)
    {
        var result = new double[9];
        for (var i = 0; i < 27; i++) result[i / 9 * 3 + i % 3] += a[i / 9 * 3 + i / 3 % 3] * b[i / 3 % 3 * 3 + i % 3];
        return result;
    }

    private static void AssertRotation(double[] m)
    {
        double[] transposed = [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];
        Assert.That(Product(m, transposed), Is.EqualTo(new double[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }).Within(1e-13));
        Assert.That(Dot(m[..3], [(m[4] * m[8]) - (m[5] * m[7]), (m[5] * m[6]) - (m[3] * m[8]), (m[3] * m[7]) - (m[4] * m[6])]), Is.EqualTo(1).Within(1e-13));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static string Text(double[] v) => FormattableString.Invariant($"({v[0]}, {v[1]}, {v[2]})");

    private static double Length(double[] v) => Math.Sqrt(Dot(v, v));
}
