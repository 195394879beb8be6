using System.Globalization;
using Ilt.Support;

namespace Ilt.Bodies;

[TestFixture]
public sealed class LinearBlendSkinningTests
{
    private const float Tolerance = 2e-6f;

    [Test]
    public void Pose_TinyBody_IsWhatTheSlowTwinGives([Values] bool posedirs, [Values(1, 2, 3)] int seed)
    {
        var model = TinyBody.Model(posedirs);
        float[] shape = [0.5f, -1, 2];
        var pose = TinyBody.Pose(TinyBody.Joints, seed);
        float[] translation = [0.25f, -3, 7];
        var body = new LinearBlendSkinning(model).Pose(new BodyPose(shape, pose, translation));
        var (vertices, joints) = SlowTwin(model, shape, pose, translation);

        Assert.That(body.Vertices, Is.EqualTo(vertices).Within(Tolerance));
        Assert.That(body.Joints, Is.EqualTo(joints).Within(Tolerance));
    }

    [Test]
    public void Pose_NoRotation_IsTheShapedRestPose()
    {
        var model = TinyBody.Model();
        var skinning = new LinearBlendSkinning(model);
        var body = skinning.Pose([1, 0, 0], Rotations.AxisAnglesToMatrices(new float[12]));

        var shaped = model.Template.Select((x, i) => x + model.ShapeDirections[i * TinyBody.Shapes]);
        Assert.That(body.Vertices, Is.EqualTo(shaped).Within(Tolerance));
        Assert.That(body.Joints, Is.EqualTo(skinning.RestPoseJoints([1])).Within(Tolerance));
    }

    [Test]
    public void Pose_RootAlone_TurnsTheBodyAboutTheRootJoint()
    {
        var skinning = new LinearBlendSkinning(TinyBody.Model(posedirs: false));
        var rest = skinning.Pose(new BodyPose([], new float[12], [0, 0, 0]));
        var pose = new float[12];
        pose[2] = MathF.PI / 2; // x to y, y to -x
        var turned = skinning.Pose(new BodyPose([], pose, [0, 0, 0]));

        var (x0, y0) = (rest.Joints[0], rest.Joints[1]);
        for (var i = 0; i < rest.Vertices.Length; i += 3)
        {
            Assert.That(turned.Vertices[i] - x0, Is.EqualTo(-(rest.Vertices[i + 1] - y0)).Within(Tolerance));
            Assert.That(turned.Vertices[i + 1] - y0, Is.EqualTo(rest.Vertices[i] - x0).Within(Tolerance));
            Assert.That(turned.Vertices[i + 2], Is.EqualTo(rest.Vertices[i + 2]).Within(Tolerance));
        }
    }

    [Test]
    public void Pose_WrongInput_IsRefused()
    {
        var skinning = new LinearBlendSkinning(TinyBody.Model());
        Assert.That(() => skinning.Pose(new BodyPose(new float[4], new float[12], new float[3])), Throws.ArgumentException.With.Message.Contains("tiny has 3 shape coefficients; found 4"));
        Assert.That(() => skinning.Pose(new BodyPose([], new float[9], new float[3])), Throws.ArgumentException.With.Message.Contains("takes 12 numbers as axis angles; found 9"));
        Assert.That(() => skinning.Pose(new BodyPose([], new float[12], new float[2])), Throws.ArgumentException.With.Message.Contains("takes 3 numbers as translation; found 2"));
        var pose = new float[12];
        pose[7] = float.NaN;
        Assert.That(() => skinning.Pose(new BodyPose([], pose, new float[3])), Throws.ArgumentException.With.Message.Contains("rotations").And.Message.Contains("NaN"));
    }

    [Test]
    public void Pose_MakeHuman_PutsTheJointsWhereTheSetSays()
    {
        var model = BodyModel.Read(Path.Combine(RealData.Set("makehuman-cc0"), "smpl-like-model.npz"));
        var skinning = new LinearBlendSkinning(model);
        var lines = File.ReadAllLines(Path.Combine(RealData.Set("body-like-surreal"), "info.csv"));
        foreach (var line in lines.Skip(1).Where((_, i) => i % 100 == 0))
        {
            var cells = line.Split(',').Skip(2).Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            var body = skinning.Pose(new BodyPose(cells[..10], cells[10..82], cells[82..85]));
            // Four decimals in the file; 0.1 mm of rounding per angle adds up along the limbs.
            Assert.That(body.Joints, Is.EqualTo(cells[85..157]).Within(5e-4f), line[..4]);
        }
    }

    [Test]
    public void MirrorPose_SymmetricBody_MirrorsVerticesAndJoints()
    {
        var model = BodyModel.Read(Path.Combine(RealData.Set("makehuman-cc0"), "smpl-like-model.npz"));
        var skinning = new LinearBlendSkinning(model);
        var pose = TinyBody.Pose(24, 4, reach: 0.6);
        var body = skinning.Pose(new BodyPose([1, -1], pose, [0.5f, 1, 5]));
        var mirrored = skinning.Pose(new BodyPose([1, -1], BodyParts.MirrorPose(pose), [-0.5f, 1, 5]));

        // The scanned and sculpted body is not exactly symmetric.
        Assert.That(mirrored.Joints, Is.EqualTo(BodyParts.MirrorJoints(body.Joints)).Within(0.01f));
    }

    /// <summary>Slow twin: the equations with 4 x 4 matrices, one vertex after the other.</summary>
    private static (double[] Vertices, double[] Joints) SlowTwin(BodyModel m, float[] beta, float[] pose, float[] t)
    {
        var (v, j, s) = (m.VertexCount, m.JointCount, m.ShapeCount);
        var r = Enumerable.Range(0, j).Select(k => RotationsTests.Exponential([pose[3 * k], pose[(3 * k) + 1], pose[(3 * k) + 2]])).ToArray();
        var shaped = new double[3 * v];
        for (var i = 0; i < 3 * v; i++) shaped[i] = m.Template[i] + Enumerable.Range(0, s).Sum(q => (double)m.ShapeDirections[(i * s) + q] * beta[q]);
        var rest = new double[3 * j];
        for (var k = 0; k < j; k++) for (var i = 0; i < v; i++) for (var c = 0; c < 3; c++) rest[(3 * k) + c] += (double)m.JointRegressor[(k * v) + i] * shaped[(3 * i) + c];
        if (m.PoseDirections is { } directions)
        {
            var features = r.Skip(1).SelectMany(x => x.Select((value, at) => value - (at % 4 == 0 ? 1 : 0))).ToArray();
            for (var i = 0; i < 3 * v; i++) for (var f = 0; f < features.Length; f++) shaped[i] += directions[(i * features.Length) + f] * features[f];
        }

        var world = new double[j][];
        for (var k = 0; k < j; k++)
        {
            var p = m.Parents[k];
            var own = new double[16];
            for (var row = 0; row < 3; row++)
            {
                for (var c = 0; c < 3; c++) own[(4 * row) + c] = r[k][(3 * row) + c];
                own[(4 * row) + 3] = rest[(3 * k) + row] - (p < 0 ? 0 : rest[(3 * p) + row]);
            }

            own[15] = 1;
            world[k] = p < 0 ? own : Product4(world[p], own);
        }

        var vertices = new double[3 * v];
        for (var i = 0; i < v; i++)
        {
            for (var k = 0; k < j; k++)
            {
                // The vertex as joint k sees it in the rest pose, carried to where k stands now.
                double[] local = [shaped[3 * i] - rest[3 * k], shaped[(3 * i) + 1] - rest[(3 * k) + 1], shaped[(3 * i) + 2] - rest[(3 * k) + 2], 1];
                for (var row = 0; row < 3; row++)
                    vertices[(3 * i) + row] += m.Weights[(i * j) + k] * Enumerable.Range(0, 4).Sum(c => world[k][(4 * row) + c] * local[c]);
            }

            for (var c = 0; c < 3; c++) vertices[(3 * i) + c] += t[c];
        }

        return (vertices, [.. world.SelectMany(g => new[] { g[3] + t[0], g[7] + t[1], g[11] + t[2] })]);
    }

    private static double[] Product4(double[] a, double[] b)
    {
        var result = new double[16];
        for (var row = 0; row < 4; row++)
            for (var column = 0; column < 4; column++)
                for (var k = 0; k < 4; k++)
                    result[(4 * row) + column] += a[(4 * row) + k] * b[(4 * k) + column];
        return result;
    }
}
