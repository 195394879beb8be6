using Ilt.Corruption;
using Ilt.Support;

namespace Ilt.Bodies;

[TestFixture]
public sealed class BodyGeneratorTests
{
    private static readonly BodyModel Ball = BallBody.Model();

    [Test]
    public void Generate_AnyOrderAndThreads_IsTheSameSeries()
    {
        var generator = new BodyGenerator(Ball, new BodySceneOptions { Height = 32, Width = 48 });
        BodyScene[] one = [.. Enumerable.Range(0, 12).Select(generator.Generate)];
        var other = new BodyScene[12];
        Parallel.For(0, 12, i => other[11 - i] = new BodyGenerator(Ball, new BodySceneOptions { Height = 32, Width = 48 }).Generate(11 - i));

        for (var i = 0; i < 12; i++)
        {
            Assert.That(other[i].Image.Pixels, Is.EqualTo(one[i].Image.Pixels));
            Assert.That(other[i].Mask.Pixels, Is.EqualTo(one[i].Mask.Pixels));
            Assert.That(other[i].Depth.Values, Is.EqualTo(one[i].Depth.Values));
            Assert.That(other[i].Body.AxisAngles, Is.EqualTo(one[i].Body.AxisAngles));
            if (i > 0) Assert.That(one[i].Body.AxisAngles, Is.Not.EqualTo(one[0].Body.AxisAngles));
        }

        var another = new BodyGenerator(Ball, new BodySceneOptions { Height = 32, Width = 48, Seed = 2 }).Generate(0);
        Assert.That(another.Body.AxisAngles, Is.Not.EqualTo(one[0].Body.AxisAngles));
    }

    [Test]
    public void Generate_Labels_AgreeWithEachOtherAndTheModel()
    {
        var generator = new BodyGenerator(Ball, new BodySceneOptions { Height = 48, Width = 32 });
        var skinning = new LinearBlendSkinning(Ball);
        for (var i = 0; i < 8; i++)
        {
            var scene = generator.Generate(i);
            var body = skinning.Pose(scene.Body);
            Assert.That(scene.Joints3D, Is.EqualTo(body.Joints).Within(1e-5f));
            Assert.That(scene.Joints2D, Is.EqualTo(generator.Camera.Project(body.Joints)).Within(1e-3f));
            Assert.That(scene.Body.Shape, Has.Length.EqualTo(10).And.All.InRange(-2.2f, 2.2f));
            Assert.That(JointLimits.Contains(scene.Body.AxisAngles));
            Assert.That(scene.Mask.Pixels.Zip(scene.Depth.Values, (part, depth) => part > 0 == !float.IsNaN(depth)), Is.All.True);
            Assert.That(scene.Mask.Pixels, Is.All.LessThan(25).And.Some.GreaterThan(0));
            Assert.That((scene.Image.Height, scene.Image.Width, scene.Image.Channels, scene.Mask.Height, scene.Mask.Width), Is.EqualTo((48, 32, 3, 48, 32)));
        }
    }

    [Test]
    public void Generate_FewPeople_KeepShapeAndLooksAndChangePose()
    {
        var generator = new BodyGenerator(Ball, new BodySceneOptions { Height = 32, Width = 32, People = 3 });
        var (first, again, other) = (generator.Generate(1), generator.Generate(4), generator.Generate(2));

        Assert.That((first.Person, again.Person, other.Person), Is.EqualTo((1, 1, 2)));
        Assert.That(again.Body.Shape, Is.EqualTo(first.Body.Shape));
        Assert.That(again.Body.AxisAngles, Is.Not.EqualTo(first.Body.AxisAngles));
        Assert.That(other.Body.Shape, Is.Not.EqualTo(first.Body.Shape));
    }

    [Test]
    public void JointLimits_ManyPoses_FillTheirRangesAndStayWithin()
    {
        var generator = new SeededGenerator(1);
        var poses = Enumerable.Range(0, 3000).Select(_ => JointLimits.Draw(generator, new BodySceneOptions { Tilt = 0.1 })).ToArray();
        Assert.That(poses.All(pose => JointLimits.Contains(pose)));

        double Mean(int i) => poses.Average(pose => pose[i]);
        double Deviation(int i)
        {
            var mean = Mean(i);
            return Math.Sqrt(poses.Average(pose => Math.Pow(pose[i] - mean, 2)));
        }

        Assert.That(poses.Select(pose => pose[13]), Is.All.Zero, "a knee is one hinge");
        Assert.That(poses.Min(pose => pose[12]), Is.InRange(0, 0.01));
        Assert.That((Mean(3), Deviation(3)), Is.EqualTo((-0.27, 0.45)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 0.03 && Math.Abs(a.Item2 - b.Item2) < 0.03));
        Assert.That(Mean(55), Is.Negative.And.EqualTo(-Mean(58)).Within(0.03), "elbows bend forward on both sides");

        var stiff = JointLimits.Draw(generator, new BodySceneOptions { PoseSpread = 0, Tilt = 0 });
        Assert.That(JointLimits.Draw(generator, new BodySceneOptions { PoseSpread = 0, Tilt = 0 })[3..], Is.EqualTo(stiff[3..]));
        var beyond = (float[])stiff.Clone();
        beyond[12] = -0.2f;
        Assert.That(JointLimits.Contains(beyond), Is.False);
        beyond[12] = float.NaN;
        Assert.That(JointLimits.Contains(beyond), Is.False);
    }

    [Test]
    public void JointLimits_FewDimensions_AllJointsFollowFromThem()
    {
        var options = new BodySceneOptions { PoseDimensions = 2 };
        var poses = Enumerable.Range(0, 400).Select(i => JointLimits.Draw(SeededGenerator.ForItem(1, i), options)).ToArray();
        var others = Enumerable.Range(0, 400).Select(i => JointLimits.Draw(SeededGenerator.ForItem(9, i), options)).ToArray();
        Assert.That(poses.All(pose => JointLimits.Contains(pose)));
        // Three ankle angles are far from their limits, so they are linear in two numbers: the third is a combination of the other two, the same for any seed.
        var (a, b) = Combination(poses);
        Assert.That(others.All(pose => Math.Abs(pose[23] - (a * pose[21]) - (b * pose[22])) < 1e-4));
        Assert.That(poses.Select(pose => pose[23]).Distinct().Count(), Is.GreaterThan(390));

        static (double A, double B) Combination(float[][] poses)
        {
            var ((x0, y0, z0), (x1, y1, z1)) = ((poses[0][21], poses[0][22], poses[0][23]), (poses[1][21], poses[1][22], poses[1][23]));
            double determinant = (x0 * y1) - (x1 * y0);
            return (((z0 * y1) - (z1 * y0)) / determinant, ((x0 * z1) - (x1 * z0)) / determinant);
        }
    }

    [Test]
    public void Draw_LargestTurn_LimitsWhereTheyLook()
    {
        var generator = new SeededGenerator(3);
        for (var i = 0; i < 200; i++)
        {
            var root = Rotations.AxisAnglesToMatrices(JointLimits.Draw(generator, new BodySceneOptions { Tilt = 0, TurnDegrees = 30 })[..3]);
            Assert.That(root[8], Is.LessThanOrEqualTo(-Math.Cos(Math.PI / 6) + 1e-5), "they look at the camera");
        }
    }

    [Test]
    public void Draw_Root_StandsUprightInTheCamerasFrame()
    {
        var generator = new SeededGenerator(3);
        var facing = 0;
        for (var i = 0; i < 200; i++)
        {
            var root = Rotations.AxisAnglesToMatrices(JointLimits.Draw(generator, new BodySceneOptions { Tilt = 0 })[..3]);
            Assert.That(root[4], Is.EqualTo(-1).Within(1e-5), "the body's up is the camera's -y");
            facing += root[8] < 0 ? 1 : 0;
        }

        Assert.That(facing, Is.InRange(70, 130), "about half of them look at the camera");
    }

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.That(() => new BodyGenerator(Ball, new BodySceneOptions { Height = 15 }), Throws.ArgumentException.With.Message.Contains("Height must be at least 16; found 15"));
        Assert.That(() => new BodyGenerator(Ball, new BodySceneOptions { TurnDegrees = 181 }), Throws.ArgumentException.With.Message.Contains("TurnDegrees must be between 0 and 180; found 181"));
        Assert.That(() => new BodyGenerator(Ball, new BodySceneOptions { PoseDimensions = 65 }), Throws.ArgumentException.With.Message.Contains("PoseDimensions must be between 0 and 64; found 65"));
        Assert.That(() => new BodyGenerator(Ball, new BodySceneOptions { PoseSpread = double.NaN }), Throws.ArgumentException.With.Message.Contains("PoseSpread must be between 0 and 2; found NaN"));
        Assert.That(() => new BodyGenerator(Ball, new BodySceneOptions { Samples = 4 }), Throws.ArgumentException.With.Message.Contains("Samples must be odd; found 4"));
        Assert.That(() => new BodyGenerator(TinyBody.Model()), Throws.ArgumentException.With.Message.Contains("tiny has 4 joints"));
    }

    [Test]
    public void Generate_MakeHuman_ShowsWholePeople()
    {
        var generator = new BodyGenerator(BodyModel.Read(Path.Combine(RealData.Set("makehuman-cc0"), "smpl-like-model.npz")));
        var (person, touching, parts) = (0, 0, new int[25]);
        for (var i = 0; i < 40; i++)
        {
            var mask = generator.Generate(i).Mask.Pixels;
            person += mask.Count(part => part > 0);
            touching += Enumerable.Range(0, 64).Any(k => mask[k] > 0 || mask[(63 * 64) + k] > 0 || mask[64 * k] > 0 || mask[(64 * k) + 63] > 0) ? 1 : 0;
            foreach (var part in mask.Distinct()) parts[part]++;
        }

        Assert.That(person / (40.0 * 64 * 64), Is.InRange(0.06, 0.12));
        Assert.That(touching, Is.LessThan(3));
        Assert.That(parts, Is.All.GreaterThan(5), "each part is seen in some pictures");
    }
}
