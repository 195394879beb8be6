using Ilt.Bodies;

namespace Ilt.Metrics;

[TestFixture]
public sealed class BodyErrorsTests
{
    [Test]
    public void SurfaceErrors_OneVertexMovedByACentimetre_IsTenMillimetresOverAllVertices()
    {
        var errors = new SurfaceErrors();
        var given = TinyBody.Pose(4, 1);
        var predicted = (float[])given.Clone();
        predicted[4] += 0.01f;
        Assert.That(errors.Add(given, predicted), Is.EqualTo(2.5).Within(1e-4));
        Assert.That(errors.Add(given, given), Is.Zero);
        var other = new SurfaceErrors();
        other.Add([0, 0, 0], [0.003f, 0, 0.004f]);
        errors.Add(other);

        Assert.That(errors.Total, Is.EqualTo(9));
        Assert.That(errors.MeanMillimetres, Is.EqualTo(15.0 / 9).Within(1e-4));
        Assert.That(new SurfaceErrors().MeanMillimetres, Is.NaN);
        Assert.That(() => errors.Add(new float[3], new float[6]), Throws.ArgumentException.With.Message.Contains("vertices").And.Message.Contains("found 3 and 6"));
    }

    [Test]
    public void JointErrors_MovedBody_HasNoErrorOnceTheRootsMeet()
    {
        var given = TinyBody.Pose(24, 2);
        var errors = new JointErrors();
        Assert.That(errors.Add(given, [.. given.Select((x, i) => x + (i % 3))]), Is.Zero.Within(1e-3));

        // One joint 3 cm off, and then the root itself 2.4 cm off: the first counts once, the second for every other joint.
        var predicted = (float[])given.Clone();
        predicted[30] += 0.03f;
        Assert.That(new JointErrors().Add(given, predicted), Is.EqualTo(30.0 / 24).Within(1e-3));
        predicted = (float[])given.Clone();
        predicted[1] += 0.024f;
        Assert.That(new JointErrors().Add(given, predicted), Is.EqualTo(23).Within(1e-2));
        Assert.That(new JointErrors(root: 5).Add(given, predicted), Is.EqualTo(1).Within(1e-2));
    }

    [Test]
    public void AlignedMillimetres_TurnedScaledAndMoved_IsZero()
    {
        var errors = new JointErrors();
        for (var seed = 0; seed < 20; seed++)
        {
            var given = TinyBody.Pose(24, seed);
            errors.Add(given, Moved(given, [2.0 - (seed / 5.0), seed / 7.0, 0.4], 0.2 + (seed / 4.0), [1, -2, 3]));
        }

        Assert.That(errors.AlignedMillimetres, Is.Zero.Within(2e-3));
        Assert.That(errors.MeanMillimetres, Is.GreaterThan(100));
    }

    [Test]
    public void Fit_NoisyPoints_CannotBeBetteredByASmallStep()
    {
        var random = new Random(9);
        for (var trial = 0; trial < 10; trial++)
        {
            // Flat bodies and mirrored ones are where a reflection would fit better.
            var from = TinyBody.Pose(12, trial);
            if (trial % 3 == 1) for (var i = 2; i < from.Length; i += 3) from[i] = 0;
            var to = Moved(from, [0.3, 2, -1], 1.5, [1, 2, 3]);
            for (var i = 0; i < to.Length; i++) to[i] = (trial % 2 == 0 && i % 3 == 0 ? -to[i] : to[i]) + (float)(0.2 * random.NextDouble());
            var best = SimilarityTransform.Fit(from, to);
            var error = Squares(from, to, best);

            AssertRotation(best.Rotation);
            for (var step = 0; step < 60; step++)
            {
                double Small() => 0.01 * (random.NextDouble() - 0.5);
                var turned = RotationsTests.Product(RotationsTests.Exponential([Small(), Small(), Small()]), best.Rotation);
                var near = new SimilarityTransform(best.Scale * (1 + Small()), turned, [.. best.Translation.Select(x => x + Small())]);
                Assert.That(Squares(from, to, near), Is.GreaterThanOrEqualTo(error - 1e-9));
            }
        }
    }

    [Test]
    public void Fit_PointsOnALineOrInOnePlace_IsARotation()
    {
        float[] line = [0, 0, 0, 1, 1, 0, 2, 2, 0, 3, 3, 0];
        var fit = SimilarityTransform.Fit(line, Moved(line, [0, 0, 1], 2, [5, 6, 7]));
        AssertRotation(fit.Rotation);
        Assert.That(Squares(line, Moved(line, [0, 0, 1], 2, [5, 6, 7]), fit), Is.Zero.Within(1e-9));

        fit = SimilarityTransform.Fit([1, 1, 1, 1, 1, 1], [2, 4, 6, 4, 6, 8]);
        Assert.That((fit.Scale, fit.Translation[0], fit.Translation[1], fit.Translation[2]), Is.EqualTo((1.0, 2.0, 4.0, 6.0)));
    }

    [Test]
    public void Decompose_AnyMatrix_MultipliesToItAgain()
    {
        var random = new Random(4);
        for (var trial = 0; trial < 300; trial++)
        {
            double[] a = [.. Enumerable.Range(0, 9).Select(_ => random.NextDouble() - 0.5)];
            if (trial % 3 == 1) for (var c = 0; c < 3; c++) a[6 + c] = a[c] - (2 * a[3 + c]); // rank 2
            if (trial % 5 == 2) for (var c = 0; c < 9; c++) a[c] = a[c / 3] * (c % 3); // rank 1
            if (trial == 7) Array.Clear(a);
            var (u, s, v) = (new double[9], new double[3], new double[9]);
            SingularValues.Decompose(a, u, s, v);

            double[] scaled = [.. u.Select((x, i) => x * s[i % 3])];
            double[] transposed = [v[0], v[3], v[6], v[1], v[4], v[7], v[2], v[5], v[8]];
            Assert.That(RotationsTests.Product(scaled, transposed), Is.EqualTo(a).Within(1e-14));
            Assert.That(Math.Abs(SingularValues.Determinant(u)), Is.EqualTo(1).Within(1e-12));
            Assert.That(Math.Abs(SingularValues.Determinant(v)), Is.EqualTo(1).Within(1e-12));
            Assert.That(s, Is.Ordered.Descending.And.All.GreaterThanOrEqualTo(0));
        }
    }

    private static float[] Moved(float[] points, double[] vector, double scale, double[] translation)
    {
        var transform = new SimilarityTransform(scale, RotationsTests.Exponential(vector), translation);
        var (result, moved) = (new float[points.Length], new double[3]);
        for (var i = 0; i < points.Length; i += 3)
        {
            transform.Apply(points[i], points[i + 1], points[i + 2], moved);
            for (var c = 0; c < 3; c++) result[i + c] = (float)moved[c];
        }

        return result;
    }

    private static double Squares(float[] from, float[] to, SimilarityTransform transform)
    {
        var (sum, moved) = (0.0, new double[3]);
        for (var i = 0; i < from.Length; i += 3)
        {
            transform.Apply(from[i], from[i + 1], from[i + 2], moved);
            for (var c = 0; c < 3; c++) sum += Math.Pow(moved[c] - to[i + c], 2);
        }

        return sum;
    }

    private static void AssertRotation(double[] rotation)
    {
        Assert.That(SingularValues.Determinant(rotation), Is.EqualTo(1).Within(1e-12));
        double[] transposed = [rotation[0], rotation[3], rotation[6], rotation[1], rotation[4], rotation[7], rotation[2], rotation[5], rotation[8]];
        Assert.That(RotationsTests.Product(rotation, transposed), Is.EqualTo(new double[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 }).Within(1e-12));
    }
}
