using Ilt.Bodies;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Bodies;

public sealed class BodyLayerTests
{
    private static readonly int[] Subset = [6, 0, 3];

    // Rest pose, half turns, ordinary turns.
    private static readonly float[][] Poses = [new float[12], [MathF.PI, 0, 0, 0, 0, MathF.PI, 0, -MathF.PI, 0, 0, 0, 0], TinyBody.Pose(4, 1), TinyBody.Pose(4, 2)];
    private static readonly float[][] Shapes = [[0, 0, 0], [1, -1, 0.5f], [0.5f, -1, 2], [-2, 0.25f, 1]];
    private static readonly float[][] Translations = [[0, 0, 0], [0.25f, -3, 7], [1, 2, 3], [-1, 0, 0.5f]];

    [Test]
    public void Pose_TinyBody_EqualsSkinningOnArrays([Values] bool posedirs, [Values] bool subset, [Values] bool translated, [Values(ScalarType.Float32, ScalarType.Float64)] ScalarType type)
    {
        using var scope = NewDisposeScope();
        var model = TinyBody.Model(posedirs);
        using var layer = new BodyLayer(model, subset ? Subset : null, type);
        var rotations = RotationTensors.AxisAnglesToMatrices(Rows(Poses, type));
        var (vertices, joints) = layer.Pose(Rows(Shapes, type), rotations, translated ? Rows(Translations, type) : null);

        var skinning = new LinearBlendSkinning(model);
        var expected = Enumerable.Range(0, 4).Select(row => skinning.Pose(new BodyPose(Shapes[row], Poses[row], translated ? Translations[row] : new float[3]))).ToArray();
        Assert.That(vertices.shape, Is.EqualTo(new long[] { 4, subset ? 3 : 7, 3 }));
        Assert.That(Numbers(vertices), Is.EqualTo(expected.SelectMany(body => subset ? Subset.SelectMany(v => body.Vertices[(3 * v)..(3 * v + 3)]) : body.Vertices)).Within(3e-6));
        Assert.That(joints.shape, Is.EqualTo(new long[] { 4, 4, 3 }));
        Assert.That(Numbers(joints), Is.EqualTo(expected.SelectMany(body => body.Joints)).Within(3e-6));
    }

    [Test]
    public void Pose_MakeHuman_EqualsSkinningOnArrays([Values(1, 3)] int rows)
    {
        using var scope = NewDisposeScope();
        var model = BodyModel.Read(Path.Combine(AppContext.BaseDirectory, "makehuman-cc0.npz"));
        int[] some = [.. Enumerable.Range(0, 700).Select(i => i * (model.VertexCount - 1) / 699)];
        using var layer = new BodyLayer(model, some);
        Assert.That((layer.ShapeCount, layer.JointCount, layer.VertexCount), Is.EqualTo((model.ShapeCount, 24, 700)));
        var poses = Enumerable.Range(0, rows).Select(row => TinyBody.Pose(24, 20 + row, reach: 1)).ToArray();
        var shapes = Enumerable.Range(0, rows).Select(row => TinyBody.Pose(model.ShapeCount, 40 + row)[..model.ShapeCount]).ToArray();
        var six = Rows([.. poses.Select(pose => Rotations.AxisAnglesToSix(pose))], ScalarType.Float32);
        var (vertices, joints) = layer.Pose(Rows(shapes, ScalarType.Float32), RotationTensors.SixToMatrices(six));

        var skinning = new LinearBlendSkinning(model);
        var expected = Enumerable.Range(0, rows).Select(row => skinning.Pose(new BodyPose(shapes[row], poses[row], [0, 0, 0]))).ToArray();
        Assert.That(Numbers(vertices), Is.EqualTo(expected.SelectMany(body => some.SelectMany(v => body.Vertices[(3 * v)..(3 * v + 3)]))).Within(1e-5));
        Assert.That(Numbers(joints), Is.EqualTo(expected.SelectMany(body => body.Joints)).Within(1e-5));
    }

    [Test]
    public void Pose_OneJoint_TurnsAboutIt()
    {
        // The smallest tree: the root alone, with pose directions of no width.
        using var scope = NewDisposeScope();
        var arrays = TinyBody.Arrays(posedirs: false);
        arrays["J_regressor"] = Ilt.Imaging.NpyArray.Create([0.5f, 0.5f, 0, 0, 0, 0, 0], 1, 7);
        arrays["weights"] = Ilt.Imaging.NpyArray.Create([1f, 1, 1, 1, 1, 1, 1], 7, 1);
        arrays["kintree_table"] = Ilt.Imaging.NpyArray.Create<long>([-1, 0], 2, 1);
        arrays["posedirs"] = Ilt.Imaging.NpyArray.Create<float>([], 7, 3, 0);
        var model = BodyModel.FromArrays(arrays, "one");
        using var layer = new BodyLayer(model);
        float[] pose = [0.3f, -1, 0.2f];
        var (vertices, joints) = layer.Pose(Rows([Shapes[2]], ScalarType.Float32), RotationTensors.AxisAnglesToMatrices(Rows([pose], ScalarType.Float32)));
        var expected = new LinearBlendSkinning(model).Pose(new BodyPose(Shapes[2], pose, [0, 0, 0]));
        Assert.That(Numbers(vertices), Is.EqualTo(expected.Vertices).Within(2e-6));
        Assert.That(Numbers(joints), Is.EqualTo(expected.Joints).Within(2e-6));
    }

    [Test]
    public void Pose_Gradients_EqualFiniteDifferences([Values] bool posedirs, [Values] bool ofVertices, [Values("shape", "six numbers", "axis angles", "matrices", "translation")] string of)
    {
        using var scope = NewDisposeScope();
        using var layer = new BodyLayer(TinyBody.Model(posedirs), ofVertices ? Subset : null, ScalarType.Float64);
        var shape = Rows(Shapes[2..], ScalarType.Float64);
        var poses = Poses[2].Concat(Poses[3]).ToArray();
        var rotations = RotationTensors.AxisAnglesToMatrices(Rows(Poses[2..], ScalarType.Float64));
        Tensor Chosen((Tensor Vertices, Tensor Joints) body) => ofVertices ? body.Vertices : body.Joints;

        switch (of)
        {
            case "shape":
                FiniteDifferences.Check(given => Chosen(layer.Pose(given, rotations)), [0.5, -1, 2, -2, 0.25, 1], [2, 3]);
                break;
            case "six numbers":
                FiniteDifferences.Check(given => Chosen(layer.Pose(shape, RotationTensors.SixToMatrices(given))), Doubles(TinyBody.Pose(16, 3)), [2, 24], 1e-6);
                break;
            case "axis angles":
                FiniteDifferences.Check(given => Chosen(layer.Pose(shape, RotationTensors.AxisAnglesToMatrices(given))), Doubles(poses), [2, 12]);
                break;
            case "matrices":
                FiniteDifferences.Check(given => Chosen(layer.Pose(shape, given)), Doubles(Rotations.AxisAnglesToMatrices(poses)), [2, 4, 3, 3]);
                break;
            default:
                FiniteDifferences.Check(given => Chosen(layer.Pose(shape, rotations, given)), [1, 2, 3, -1, 0, 0.5], [2, 3]);
                break;
        }
    }

    [Test]
    public void Pose_AfterTheScopeItWasMadeIn_StillWorks()
    {
        BodyLayer layer;
        using (NewDisposeScope()) layer = new BodyLayer(TinyBody.Model());
        using var scope = NewDisposeScope();
        var (_, joints) = layer.Pose(Rows(Shapes, ScalarType.Float32), RotationTensors.AxisAnglesToMatrices(Rows(Poses, ScalarType.Float32)));
        Assert.That(Numbers(joints), Has.All.Matches<double>(double.IsFinite));
        layer.Dispose();
    }

    [Test]
    public void Pose_WrongInput_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var layer = new BodyLayer(TinyBody.Model());
        var (shape, rotations) = (zeros(new long[] { 2, 3 }), zeros(new long[] { 2, 4, 3, 3 }));
        Assert.That(() => layer.Pose(zeros(new long[] { 2, 4 }), rotations), Throws.ArgumentException.With.Message.Contains("layer of tiny takes shape as [2, 3]").And.Message.Contains("found [2, 4]"));
        Assert.That(() => layer.Pose(zeros(3L), rotations), Throws.ArgumentException.With.Message.Contains("found [3]"));
        Assert.That(() => layer.Pose(shape, zeros(new long[] { 2, 24 })), Throws.ArgumentException.With.Message.Contains("takes rotations as [2, 4, 3, 3]").And.Message.Contains("found [2, 24]"));
        Assert.That(() => layer.Pose(shape, zeros(new long[] { 3, 4, 3, 3 })), Throws.ArgumentException.With.Message.Contains("for 2 rows").And.Message.Contains("found [3, 4, 3, 3]"));
        Assert.That(() => layer.Pose(shape, rotations, zeros(new long[] { 2, 2 })), Throws.ArgumentException.With.Message.Contains("takes translation as [2, 3]"));
        Assert.That(() => layer.Pose(shape.to_type(ScalarType.Float64), rotations), Throws.ArgumentException.With.Message.Contains("computes with Float32; found shape of Float64"));
        Assert.That(() => new BodyLayer(TinyBody.Model(), [0, 7]), Throws.ArgumentException.With.Message.Contains("vertices 0 .. 6; found vertex 7"));
        Assert.That(() => new BodyLayer(TinyBody.Model(), type: ScalarType.Int64), Throws.ArgumentException.With.Message.Contains("Float32 or Float64; found Int64"));
    }

    private static Tensor Rows(float[][] rows, ScalarType type) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]).to_type(type);

    private static double[] Numbers(Tensor given) => given.detach().to_type(ScalarType.Float64).data<double>().ToArray();

    private static double[] Doubles(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);
}
