using Ilt.Datasets;
using Ilt.Imaging;

namespace Ilt.Bodies;

[TestFixture]
public sealed class PersonViewTests
{
    [Test]
    public void Around_Mask_IsTheSquareOfItsBox()
    {
        var mask = new ByteImage(6, 10, 1, new byte[60]);
        Assert.That(PersonView.Around(mask, 8), Is.Null);
        (mask.Pixels[14], mask.Pixels[36]) = (3, 24); // row 1 column 4, row 3 column 6
        var view = PersonView.Around(mask, 8, margin: 2)!;
        Assert.That((view.CentreX, view.CentreY, view.Side, view.Size), Is.EqualTo((5.5, 2.5, 6.0, 8)));
    }

    [Test]
    public void ImageMaskAndMap_WholePicture_AreThemselves()
    {
        var (image, mask, map) = Picture(6);
        var view = new PersonView(3, 3, 6, 6);
        Assert.That(view.Image(image).Pixels, Is.EqualTo(image.Pixels));
        Assert.That(view.Mask(mask).Pixels, Is.EqualTo(mask.Pixels));
        Assert.That(view.Map(map).Values, Is.EqualTo(map.Values));
    }

    [Test]
    public void ImageMaskAndMap_Flipped_AreMirroredWithSwappedParts()
    {
        var (image, mask, map) = Picture(6);
        var view = new PersonView(3, 3, 6, 6) { Flip = true };
        var (flippedImage, flippedMask, flippedMap) = (view.Image(image), view.Mask(mask), view.Map(map));
        for (var pixel = 0; pixel < 36; pixel++)
        {
            var other = (pixel / 6 * 6) + 5 - (pixel % 6);
            Assert.That(flippedImage.Pixels[3 * pixel], Is.EqualTo(image.Pixels[3 * other]));
            Assert.That(flippedMask.Pixels[pixel], Is.EqualTo(BodyParts.MirroredPartIds[mask.Pixels[other]]));
            Assert.That(flippedMap.Values[pixel], Is.EqualTo(map.Values[other]));
        }
    }

    [Test]
    public void Mask_QuarterTurn_TurnsClockwise()
    {
        var (_, mask, _) = Picture(6);
        var turned = new PersonView(3, 3, 6, 6) { Degrees = 90 }.Mask(mask);
        for (var pixel = 0; pixel < 36; pixel++)
            Assert.That(turned.Pixels[pixel], Is.EqualTo(mask.Pixels[((5 - (pixel % 6)) * 6) + (pixel / 6)]));
    }

    [Test]
    public void ImageMaskAndMap_BeyondThePicture_AreBlackBackgroundAndNothing()
    {
        var (image, mask, map) = Picture(6);
        var view = new PersonView(-10, 3, 6, 4);
        Assert.That(view.Image(image).Pixels, Is.All.Zero);
        Assert.That(view.Mask(mask).Pixels, Is.All.Zero);
        Assert.That(view.Map(map).Values, Is.All.NaN);
    }

    [Test]
    public void Image_HalfTheSize_IsTheMean()
    {
        var (image, _, _) = Picture(6);
        var half = new PersonView(3, 3, 6, 3) { Gains = (1, 0.5, 3) }.Image(image);
        double Mean(int c) => (image.Pixels[c] + image.Pixels[3 + c] + image.Pixels[18 + c] + image.Pixels[21 + c]) / 4.0;
        Assert.That(half.Pixels[..3], Is.EqualTo(new[] { Mean(0), Mean(1) * 0.5, Math.Min(255, Mean(2) * 3) }).Within(0.51));
    }

    /// <summary>The check of all the sign conventions together: the labels of the view belong to its picture.</summary>
    [Test]
    public void PoseAndPixels_TurnedOrFlipped_AreThoseOfTheTurnedPicture([Values] bool flip, [Values(0, 30, -110)] double degrees)
    {
        var skinning = new LinearBlendSkinning(TinyTwins());
        var pose = TinyBody.Pose(24, 6, reach: 1);
        var camera = new BodyCamera(new ImageSize(64, 64), 100, 32, 32);
        // The square's centre is the camera's, and the body's root joint lies on the axis: then all is exact.
        var view = new PersonView(32, 32, 50, 80) { Flip = flip, Degrees = degrees };
        var pixels = view.Pixels(camera.Project(Centred(skinning, pose)));

        var seen = new BodyCamera(new ImageSize(80, 80), 160, 40, 40).Project(Centred(skinning, view.Pose(pose)));
        Assert.That(pixels, Is.EqualTo(seen).Within(1e-3f));
    }

    [Test]
    public void Pose_SurrealsWorld_IsTheOneOfTheTurnedPicture([Values] bool flip)
    {
        var skinning = new LinearBlendSkinning(TinyTwins());
        var pose = TinyBody.Pose(24, 6, reach: 1);
        float[] camera = [5, 0, 0];
        var view = new PersonView(160, 120, 100, 100) { Flip = flip, Degrees = 25 };
        var pixels = view.Pixels(SurrealCamera.Project(Around(skinning, pose, [0, 0, 0]), camera));
        var turned = view.Pose(pose, [.. SurrealCamera.Rotation]);

        var seen = SurrealCamera.Project(Around(skinning, turned, [0, 0, 0]), camera);
        for (var i = 0; i < 48; i++) Assert.That(pixels[i], Is.EqualTo(seen[i] - (i % 2 == 0 ? 110 : 70)).Within(1e-2f));
    }

    [Test]
    public void Pose_SixNumbersAndMatrices_AreThoseOfTheAxisAngles([Values] bool flip, [Values(0, 70)] double degrees, [Values] bool surreal)
    {
        var view = new PersonView(32, 32, 50, 80) { Flip = flip, Degrees = degrees };
        var pose = TinyBody.Pose(24, 9, reach: 1);
        double[] toCamera = surreal ? [.. SurrealCamera.Rotation] : [];
        var expected = view.Pose(pose, toCamera);
        Assert.That(view.Pose(Rotations.AxisAnglesToSix(pose), toCamera), Is.EqualTo(Rotations.AxisAnglesToSix(expected)).Within(1e-6f));
        Assert.That(view.Pose(Rotations.AxisAnglesToMatrices(pose), toCamera), Is.EqualTo(Rotations.AxisAnglesToMatrices(expected)).Within(1e-6f));
        Assert.That(() => view.Pose(new float[48]), Throws.ArgumentException.With.Message.Contains("72 numbers (axis-angle), 144 (six per joint) or 216 (matrices); found 48"));
    }

    [Test]
    public void Pose_NoisySixNumbers_KeepTheSizeOfTheirError()
    {
        var view = new PersonView(32, 32, 50, 80) { Flip = true, Degrees = 40 };
        var six = Rotations.AxisAnglesToSix(TinyBody.Pose(24, 9));
        var noisy = six.Zip(TinyBody.Pose(48, 10), (number, noise) => number + noise).ToArray();
        static double Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum();
        Assert.That(Distance(view.Pose(noisy), view.Pose(six)), Is.EqualTo(Distance(noisy, six)).Within(1e-3));
    }

    [Test]
    public void Draw_ManySeeds_StayWithinTheOptions()
    {
        var augmentation = new BodyAugmentation();
        var view = new PersonView(10, 20, 40, 64);
        var views = Enumerable.Range(0, 500).Select(seed => augmentation.Draw(view, seed)).ToArray();
        Assert.That(views.Count(v => v.Flip), Is.InRange(200, 300));
        Assert.That(views.Select(v => v.Degrees), Is.All.InRange(-20, 20).And.Some.LessThan(-15).And.Some.GreaterThan(15));
        Assert.That(views.Select(v => 40 / v.Side), Is.All.InRange(0.8, 1.2));
        Assert.That(views.Select(v => v.Gains.Green), Is.All.InRange(0.8, 1.2));
        Assert.That(augmentation.Draw(view, 7), Is.EqualTo(views[7]));
        Assert.That(() => new BodyAugmentation { Scale = 1 }.Draw(view, 0), Throws.ArgumentException.With.Message.Contains("Scale must be between 0 and 0.9; found 1"));
    }

    // The ball's joints lie on one side of it; here left and right ones are mirror images, as in a body.
    private static BodyModel TinyTwins()
    {
        var ball = BallBody.Model();
        var random = new Random(11);
        for (var joint = 0; joint < 24; joint++)
        {
            var other = BodyParts.MirroredJoints[joint];
            if (other < joint) continue;
            var (x, y, z) = ((float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f);
            if (joint == 0) (y, z) = (0, 0);
            Put(ball, joint, joint == other ? 0 : x, y, z);
            if (other != joint) Put(ball, other, -x, y, z);
        }

        Array.Clear(ball.ShapeDirections);
        return ball;
    }

    private static void Put(BodyModel ball, int joint, float x, float y, float z)
    {
        var vertex = Array.IndexOf(ball.JointRegressor, 1f, joint * ball.VertexCount, ball.VertexCount) - (joint * ball.VertexCount);
        (ball.Template[3 * vertex], ball.Template[(3 * vertex) + 1], ball.Template[(3 * vertex) + 2]) = (x, y, z);
    }

    private static float[] Centred(LinearBlendSkinning skinning, float[] pose) => Around(skinning, pose, [0, 0, 5]);

    private static float[] Around(LinearBlendSkinning skinning, float[] pose, float[] place) => skinning.Pose(new BodyPose([], pose, place)).Joints;

    private static (ByteImage Image, ByteImage Mask, FloatMap Map) Picture(int side)
    {
        var random = new Random(1);
        var (image, mask, map) = (new byte[side * side * 3], new byte[side * side], new float[side * side]);
        random.NextBytes(image);
        for (var i = 0; i < mask.Length; i++) (mask[i], map[i]) = ((byte)random.Next(25), (float)random.NextDouble());
        return (new ByteImage(side, side, 3, image), new ByteImage(side, side, 1, mask), new FloatMap(side, side, map));
    }
}
