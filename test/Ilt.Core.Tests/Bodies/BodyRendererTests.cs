using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Bodies;

[TestFixture]
public sealed class BodyRendererTests
{
    private static readonly BodyCamera Camera = new(new ImageSize(40, 48), 110, 23.7, 20.3);

    [Test]
    public void Render_Ball_IsWhatRaysHit([Values] bool insideOut, [Values(1, 3)] int samples)
    {
        var model = BallBody.Model(insideOut);
        // Turned as a whole: a closed surface, on which the nearest triangle always faces the camera.
        var body = new LinearBlendSkinning(model).Pose(new BodyPose([0.3f], [0.3f, 1, -0.5f, .. new float[69]], [0.05f, -0.1f, 3]));
        var drawn = Render(model, body.Vertices, samples);
        var parts = new BodyRenderer(model).PartOfVertex.ToArray();
        var covered = 0;
        for (var pixel = 0; pixel < drawn.Mask.Pixels.Length; pixel++)
        {
            var (depth, part) = Ray(model, body.Vertices, parts, ((pixel % 48) + 0.5 - Camera.CentreX) / Camera.FocalLength, ((pixel / 48) + 0.5 - Camera.CentreY) / Camera.FocalLength);
            Assert.That(drawn.Mask.Pixels[pixel], Is.EqualTo(part), $"pixel {pixel}");
            Assert.That(drawn.Depth.Values[pixel], Is.EqualTo((float)depth).Within(1e-5f), $"pixel {pixel}");
            covered += part > 0 ? 1 : 0;
        }

        Assert.That(covered, Is.InRange(500, 1500));
    }

    [Test]
    public void Render_UprightBall_IsLitFromWhereTheLightComes()
    {
        var model = BallBody.Model();
        var colours = new byte[3 * model.VertexCount];
        Array.Fill<byte>(colours, 200);
        var vertices = Moved(model.Template, 3);
        var background = new ByteImage(40, 48, 3, [.. Enumerable.Repeat((byte)77, 40 * 48 * 3)]);
        var drawn = new BodyRenderer(model).Render(vertices, new BodyCamera(new ImageSize(40, 48), 110, 24, 20), colours, new BodyLight(-1, 0, -1, 0.25f), background);

        int At(int row, int column) => drawn.Image.Pixels[3 * ((row * 48) + column)];
        Assert.That(At(0, 0), Is.EqualTo(77));
        Assert.That(At(20, 12), Is.GreaterThan(185), "the left half faces the light");
        Assert.That(At(20, 24), Is.EqualTo((0.25 + (0.75 * Math.Sqrt(0.5))) * 200).Within(6), "the middle is halfway");
        Assert.That(At(20, 40), Is.EqualTo(50).Within(12), "the right edge has ambient light only");
    }

    [Test]
    public void Render_MoreSamples_SmoothThePictureAndKeepTheLabels()
    {
        var model = BallBody.Model();
        var vertices = Moved(model.Template, 3);
        var (one, five) = (Render(model, vertices, 1), Render(model, vertices, 5));

        Assert.That(five.Mask.Pixels, Is.EqualTo(one.Mask.Pixels));
        Assert.That(five.Depth.Values, Is.EqualTo(one.Depth.Values).Within(1e-5f));
        Assert.That(one.Image.Pixels.Count(p => p is > 0 and < 70), Is.Zero, "ambient light is 80");
        Assert.That(five.Image.Pixels.Count(p => p is > 0 and < 70), Is.GreaterThan(50));
    }

    [Test]
    public void Render_BehindOrAroundTheCamera_DrawsNothingThere()
    {
        var model = BallBody.Model();
        Assert.That(Render(model, Moved(model.Template, -3), 1).Mask.Pixels, Is.All.EqualTo(0));
        Assert.That(() => Render(model, Moved(model.Template, 0), 1), Throws.Nothing);
    }

    [Test]
    public void Render_WrongInput_IsRefused()
    {
        var model = BallBody.Model();
        var renderer = new BodyRenderer(model);
        var colours = new byte[3 * model.VertexCount];
        Assert.That(() => renderer.Render(new float[9], Camera, colours, BodyLight.Usual), Throws.ArgumentException.With.Message.Contains("as vertices, found 9"));
        Assert.That(() => renderer.Render(model.Template, Camera, new byte[3], BodyLight.Usual), Throws.ArgumentException.With.Message.Contains("as colours, found 3"));
        Assert.That(() => Render(model, model.Template, 2), Throws.ArgumentException.With.Message.Contains("must be odd").And.Message.Contains("found 2"));
        Assert.That(() => renderer.Render(model.Template, Camera, colours, BodyLight.Usual, new ByteImage(1, 1, 3, new byte[3])), Throws.ArgumentException.With.Message.Contains("The background is 1x1 with 3 channels; expected 40x48"));
    }

    [Test]
    public void Render_BodiesOfTheRealSet_CoverItsMasks()
    {
        var model = BodyModel.Read(Path.Combine(RealData.Set("makehuman-cc0"), "smpl-like-model.npz"));
        var (skinning, renderer) = (new LinearBlendSkinning(model), new BodyRenderer(model));
        var camera = BodyCamera.For(new ImageSize(64, 64));
        var colours = new byte[3 * model.VertexCount];
        var (own, common, samePart, far) = (0, 0, 0, 0);
        foreach (var example in BodyImages.List(RealData.Set("body-like-surreal")).Where((_, i) => i % 50 == 0))
        {
            var body = skinning.Pose(example.Body);
            Assert.That(camera.Project(body.Joints), Is.EqualTo(example.Joints2D).Within(0.05f));
            var drawn = renderer.Render(body.Vertices, camera, colours, BodyLight.Usual);
            var (mask, depth) = (example.ReadMask().Pixels, example.ReadDepth().Values);
            for (var pixel = 0; pixel < mask.Length; pixel++)
            {
                if (drawn.Mask.Pixels[pixel] == 0) continue;
                own++;
                if (mask[pixel] == 0) continue;
                common++;
                samePart += mask[pixel] == drawn.Mask.Pixels[pixel] ? 1 : 0;
                far += Math.Abs(depth[pixel] - drawn.Depth.Values[pixel]) > 0.1 ? 1 : 0;
            }
        }

        // The set was drawn by another program, which covers a pixel where anything of it is covered.
        Assert.That(common / (double)own, Is.GreaterThan(0.95));
        Assert.That(samePart / (double)common, Is.GreaterThan(0.9));
        Assert.That(far / (double)common, Is.LessThan(0.03));
    }

    private static BodyRendering Render(BodyModel model, float[] vertices, int samples)
    {
        var colours = new byte[3 * model.VertexCount];
        Array.Fill<byte>(colours, 200);
        return new BodyRenderer(model).Render(vertices, Camera, colours, BodyLight.Usual, samples: samples);
    }

    private static float[] Moved(float[] vertices, float depth) => [.. vertices.Select((x, i) => i % 3 == 2 ? x + depth : x)];

    /// <summary>Slow twin: the nearest of all triangles that the ray (x, y, 1) t meets, by Cramer's rule.</summary>
    private static (double Depth, int Part) Ray(BodyModel model, float[] v, byte[] parts, double x, double y)
    {
        var (nearest, part) = (double.NaN, 0);
        Span<double> shares = stackalloc double[3];
        for (var f = 0; f < model.Faces.Length; f += 3)
        {
            var a = v.AsSpan(3 * model.Faces[f], 3);
            var b = v.AsSpan(3 * model.Faces[f + 1], 3);
            var c = v.AsSpan(3 * model.Faces[f + 2], 3);
            // (x, y, 1) t = p a + q b + r c with p + q + r = 1: solved for the shares up to their sum, which gives t.
            ReadOnlySpan<float> ray = [(float)x, (float)y, 1];
            var all = Determinant(a, b, c);
            (shares[0], shares[1], shares[2]) = (Determinant(ray, b, c) / all, Determinant(a, ray, c) / all, Determinant(a, b, ray) / all);
            if (shares[0] < 0 || shares[1] < 0 || shares[2] < 0) continue;
            var t = 1 / (shares[0] + shares[1] + shares[2]);
            if (t >= nearest) continue;
            nearest = t;
            part = parts[model.Faces[f + (shares[0] >= shares[1] && shares[0] >= shares[2] ? 0 : shares[1] >= shares[2] ? 1 : 2)]];
        }

        return (nearest, part);
    }

    private static double Determinant(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c) =>
        (a[0] * (((double)b[1] * c[2]) - ((double)b[2] * c[1]))) + (a[1] * (((double)b[2] * c[0]) - ((double)b[0] * c[2]))) + (a[2] * (((double)b[0] * c[1]) - ((double)b[1] * c[0])));
}
