using Ilt.Bodies;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Bodies;

public sealed class RotationTensorsTests
{
    private const double Tolerance = 3e-7; // the arrays of Rotations are floats

    // Three rows of four joints: nothing, small, ordinary and half turns, about axes of the coordinate system and others.
    private static readonly float[] Poses =
    [
        0, 0, 0, 1e-6f, -2e-6f, 1e-6f, 0.004f, 0.003f, -0.002f, 0.3f, -0.2f, 0.9f,
        0.009f, 0.003f, 0.0039f, 1.2f, -0.4f, 2.1f, 0, 3.1f, 0, -2.9f, 0.1f, 0.3f,
        MathF.PI, 0, 0, 0, -MathF.PI, 0, 0, 0, MathF.PI, 2.2214415f, 2.2214415f, 0,
    ];

    [Test]
    public void AxisAnglesToMatrices_AllKindsOfAngles_EqualsTheArrays([Values(ScalarType.Float32, ScalarType.Float64)] ScalarType type)
    {
        using var scope = NewDisposeScope();
        var matrices = RotationTensors.AxisAnglesToMatrices(Given(Poses, type, 3, 12));
        Assert.That(matrices.shape, Is.EqualTo(new long[] { 3, 4, 3, 3 }));
        Assert.That(matrices.dtype, Is.EqualTo(type));
        Assert.That(Numbers(matrices), Is.EqualTo(Rotations.AxisAnglesToMatrices(Poses)).Within(Tolerance));
    }

    [Test]
    public void SixToMatrices_OrdinaryNumbers_EqualsTheArrays([Values(ScalarType.Float32, ScalarType.Float64)] ScalarType type)
    {
        using var scope = NewDisposeScope();
        var six = TinyBody.Pose(16, 3); // 48 numbers, none of them a rotation's own
        var matrices = RotationTensors.SixToMatrices(Given(six, type, 2, 24));
        Assert.That(matrices.shape, Is.EqualTo(new long[] { 2, 4, 3, 3 }));
        Assert.That(Numbers(matrices), Is.EqualTo(Rotations.SixToMatrices(six)).Within(Tolerance));
    }

    [TestCase(0f, 0f, 0f, 0f, 0f, 0f)]
    [TestCase(0f, 0f, 0f, 1f, 2f, 3f)]
    [TestCase(1f, 2f, 3f, 0f, 0f, 0f)]
    [TestCase(1f, 2f, 3f, 2f, 4f, 6f)]
    [TestCase(1f, 2f, 3f, -0.25f, -0.5f, -0.75f)]
    [TestCase(0f, 0f, 5f, 0f, 0f, 1e-3f)]
    [TestCase(0f, 2f, 0f, 0f, 1e5f, 0f)]
    [TestCase(0.75f, 0.25f, 1.75f, 30000f, 10000f, 70000f)]
    public void SixToMatrices_NoDirection_IsTheRotationOfTheArraysWithFiniteGradients(float x1, float y1, float z1, float x2, float y2, float z2)
    {
        float[] six = [x1, y1, z1, x2, y2, z2];
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.Float64])
        {
            using var scope = NewDisposeScope();
            var given = Leaf(six, type, 1, 6);
            var matrices = RotationTensors.SixToMatrices(given);
            Assert.That(Numbers(matrices), Is.EqualTo(Rotations.SixToMatrices(six)).Within(2e-6), $"{type}");
            matrices.mul(Given([1, -2, 3, 4, -5, 6, 7, 8, -9], type, 1, 1, 3, 3)).sum().backward();
            Assert.That(Numbers(given.grad!), Has.All.Matches<double>(double.IsFinite), $"{type}");
        }
    }

    [Test]
    public void SixToMatrices_ParallelButForRounding_IsARotationWithFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var given = Leaf([0.3f, 0.1f, 0.7f, 3e4f, 1e4f, 7e4f, 0.3f, 0.1f, 0.7f, -0.03f, -0.01f, -0.07f], ScalarType.Float32, 2, 6);
        var matrices = RotationTensors.SixToMatrices(given).reshape(2, 3, 3);
        var unit = matrices.bmm(matrices.permute(0, 2, 1));
        Assert.That(Numbers(unit), Is.EqualTo(new double[] { 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1 }).Within(1e-6));
        matrices.select(2, 1).sum().backward();
        Assert.That(Numbers(given.grad!), Has.All.Matches<double>(double.IsFinite));
    }

    [Test]
    public void SixToMatrices_ANullBesideOrdinaryNumbers_LeavesTheirGradientsAlone()
    {
        double[] ordinary = [0.3, -0.5, 0.8, 0.1, 0.9, -0.4];
        var alone = FiniteDifferences.Gradient(RotationTensors.SixToMatrices, ordinary, [1, 6]);
        var beside = FiniteDifferences.Gradient(RotationTensors.SixToMatrices, [.. ordinary, 0, 0, 0, 0, 0, 0], [1, 12]);
        Assert.That(beside[..6], Is.EqualTo(alone).Within(1e-12));
    }

    [Test]
    public void MatricesToAxisAngles_AllKindsOfAngles_GivesTheVectorsBack()
    {
        using var scope = NewDisposeScope();
        var matrices = Rotations.AxisAnglesToMatrices(Poses);
        var vectors = Numbers(RotationTensors.MatricesToAxisAngles(Given(matrices, ScalarType.Float64, 3, 4, 3, 3)));
        // A float's matrix of a half turn does not tell the axis from its opposite: there the matrix is compared.
        Assert.That(vectors[..24], Is.EqualTo(Poses[..24]).Within(2e-5));
        var again = Numbers(RotationTensors.AxisAnglesToMatrices(tensor(vectors, [3, 12])));
        Assert.That(again, Is.EqualTo(matrices).Within(2e-6));
    }

    [Test]
    public void MatricesToAxisAngles_EveryLargestComponent_EqualsTheArrays([Range(0, 7)] int seed)
    {
        using var scope = NewDisposeScope();
        var matrices = Rotations.AxisAnglesToMatrices(TinyBody.Pose(8, seed, reach: 1.8));
        var vectors = RotationTensors.MatricesToAxisAngles(Given(matrices, ScalarType.Float32, 2, 4, 3, 3));
        Assert.That(vectors.shape, Is.EqualTo(new long[] { 2, 12 }));
        Assert.That(Numbers(vectors), Is.EqualTo(Rotations.MatricesToAxisAngles(matrices)).Within(5e-6));
    }

    [Test]
    public void MatricesToSix_Rotations_GivesTheirColumnsAndBack()
    {
        using var scope = NewDisposeScope();
        var matrices = Rotations.AxisAnglesToMatrices(Poses);
        var six = RotationTensors.MatricesToSix(Given(matrices, ScalarType.Float32, 3, 4, 3, 3));
        Assert.That(six.shape, Is.EqualTo(new long[] { 3, 24 }));
        Assert.That(Numbers(six), Is.EqualTo(Rotations.MatricesToSix(matrices)));
        Assert.That(Numbers(RotationTensors.SixToMatrices(six)), Is.EqualTo(matrices).Within(Tolerance));
    }

    [Test]
    public void SixToMatrices_Gradient_EqualsFiniteDifferences() =>
        FiniteDifferences.Check(RotationTensors.SixToMatrices, Doubles(TinyBody.Pose(16, 8)), [2, 24], 1e-6);

    [Test]
    public void AxisAnglesToMatrices_Gradient_EqualsFiniteDifferences() =>
        FiniteDifferences.Check(RotationTensors.AxisAnglesToMatrices, Doubles(Poses), [3, 12]);

    [Test]
    public void AxisAnglesToMatrices_ZerosInFloat32_HaveTheExactGradient()
    {
        using var scope = NewDisposeScope();
        var given = Leaf(new float[3], ScalarType.Float32, 1, 3);
        RotationTensors.AxisAnglesToMatrices(given).select(2, 2).select(2, 1).sum().backward(); // m21 = x at first order
        Assert.That(Numbers(given.grad!), Is.EqualTo(new double[] { 1, 0, 0 }));
    }

    [Test]
    public void MatricesToAxisAngles_Gradient_EqualsFiniteDifferences() =>
        FiniteDifferences.Check(RotationTensors.MatricesToAxisAngles, Doubles(Rotations.AxisAnglesToMatrices(Poses[..21])), [1, 7, 3, 3], 2e-5);

    [Test]
    public void MatricesToAxisAngles_HalfTurns_HaveFiniteGradients() =>
        Assert.That(FiniteDifferences.Gradient(RotationTensors.MatricesToAxisAngles, Doubles(Rotations.AxisAnglesToMatrices(Poses)), [3, 4, 3, 3]), Has.All.Matches<double>(double.IsFinite));

    [Test]
    public void Conversions_WrongShapes_AreRefused()
    {
        using var scope = NewDisposeScope();
        Assert.That(() => RotationTensors.SixToMatrices(zeros(2, 9)), Throws.ArgumentException.With.Message.Contains("[B, 6 J]").And.Message.Contains("found [2, 9]"));
        Assert.That(() => RotationTensors.SixToMatrices(zeros(2L)), Throws.ArgumentException.With.Message.Contains("found [2]"));
        Assert.That(() => RotationTensors.AxisAnglesToMatrices(zeros(2, 10)), Throws.ArgumentException.With.Message.Contains("[B, 3 J]"));
        Assert.That(() => RotationTensors.MatricesToSix(zeros(2, 4, 9)), Throws.ArgumentException.With.Message.Contains("[B, J, 3, 3]").And.Message.Contains("found [2, 4, 9]"));
        Assert.That(() => RotationTensors.MatricesToAxisAngles(zeros(4, 3, 3)), Throws.ArgumentException.With.Message.Contains("[B, J, 3, 3]"));

        static Tensor zeros(params long[] shape) => torch.zeros(shape);
    }

    private static Tensor Given(float[] numbers, ScalarType type, params long[] shape) => tensor(numbers, shape).to_type(type);

    private static Tensor Leaf(float[] numbers, ScalarType type, params long[] shape) =>
        type == ScalarType.Float64 ? tensor(Doubles(numbers), shape, null, null, true) : tensor(numbers, shape, null, null, true);

    private static double[] Numbers(Tensor given) => given.detach().to_type(ScalarType.Float64).data<double>().ToArray();

    private static double[] Doubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);
}
