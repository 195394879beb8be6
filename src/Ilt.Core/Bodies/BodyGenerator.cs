using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>
/// Makes pictures of people from a body model, with body parts, depth, shape, pose and joints: random poses within the limits of joints, random
/// shapes, clothes, light, background and place.
/// </summary>
/// <remarks>
/// Each picture depends on the options and its index alone, so any part of the series can be made in any order and on several threads at once.
/// Shape and clothes depend on the person's number: give <see cref="BodySceneOptions.People"/> to hold out people.
/// </remarks>
public sealed class BodyGenerator
{
    // Metres; as far away as the persons of the 64 x 64 sets in use stand.
    private const double UsualDistance = 5.2;
    private const double DistanceDeviation = 0.35;
    private const double Nearest = 4.3;
    private const double Farthest = 6.5;

    // The middle of the person strays from that of the picture by this share of its side.
    private const double Straying = 0.07;

    // At least this share of it stays free around the person, as far as the person fits.
    private const double Border = 0.03;

    private readonly LinearBlendSkinning skinning;
    private readonly BodyRenderer renderer;
    private readonly BodyClothes clothes;

    /// <summary>Creates a generator.</summary>
    /// <param name="model">A body model with the 24 joints of SMPL.</param>
    /// <param name="options">What to make; default: the options' defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the model has other joints.</exception>
    public BodyGenerator(BodyModel model, BodySceneOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Options = options ?? new BodySceneOptions();
        Options.Validate();
        if (model.JointCount != BodyParts.JointCount)
            throw new ArgumentException(FormattableString.Invariant($"The body model {model.Name} has {model.JointCount} joints; people are made of the {BodyParts.JointCount} of SMPL."), nameof(model));
        skinning = new LinearBlendSkinning(model);
        renderer = new BodyRenderer(model);
        clothes = new BodyClothes(model, renderer.PartOfVertex);
        Camera = BodyCamera.For(new ImageSize(Options.Height, Options.Width));
    }

    /// <summary>The options given.</summary>
    public BodySceneOptions Options { get; }

    /// <summary>The camera of all pictures.</summary>
    public BodyCamera Camera { get; }

    /// <summary>Shape coefficients of the body model.</summary>
    public int ShapeCount => skinning.Model.ShapeCount;

    /// <summary>Number of the person that a picture shows.</summary>
    /// <param name="index">The picture's number in the series.</param>
    public int PersonOf(int index) => Options.People == 0 ? index : index % Options.People;

    /// <summary>Makes a picture. Thread-safe.</summary>
    /// <param name="index">Its number in the series, at least 0.</param>
    /// <returns>The picture and its labels.</returns>
    public BodyScene Generate(int index) => GeneratePerson(index, PersonOf(index));

    /// <summary>Makes a picture of a given person, for example of one that others of the series do not show. Thread-safe.</summary>
    /// <param name="index">Its number in the series, at least 0: pose, place, light and background.</param>
    /// <param name="person">Number of the person, at least 0: shape and clothes.</param>
    /// <returns>The picture and its labels.</returns>
    public BodyScene GeneratePerson(int index, int person)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(person);
        // Two series of generators: the person's must not repeat the picture's of the same number.
        var looks = SeededGenerator.ForItem(unchecked(Options.Seed + 0x3C6EF372), person);
        var generator = SeededGenerator.ForItem(Options.Seed, index);
        var shape = Shape(looks);
        var colours = clothes.Draw(looks);

        var pose = JointLimits.Draw(generator, Options);
        var body = skinning.Pose(new BodyPose(shape, pose, [0, 0, 0]));
        var translation = Place(body.Vertices, generator);
        Move(body.Vertices, translation);
        Move(body.Joints, translation);

        var background = BodyBackground.Draw(Camera.Size, generator);
        var drawn = renderer.Render(body.Vertices, Camera, colours, Light(generator), background, Options.Samples);
        AddNoise(drawn.Image.Pixels, generator);
        return new BodyScene(drawn.Image, drawn.Mask, drawn.Depth, new BodyPose(shape, pose, translation), body.Joints, Camera.Project(body.Joints), person);
    }

    private float[] Shape(SeededGenerator generator)
    {
        var shape = new float[skinning.Model.ShapeCount];
        for (var i = 0; i < shape.Length; i++) shape[i] = (float)Math.Clamp(generator.NextGaussian(), -Options.ShapeLimit, Options.ShapeLimit);
        return shape;
    }

    /// <summary>A place in front of the camera where the whole person is in the picture, as far as it fits.</summary>
    private float[] Place(float[] vertices, SeededGenerator generator)
    {
        var z = Math.Clamp(UsualDistance + (DistanceDeviation * generator.NextGaussian()), Nearest, Farthest);
        var (left, right, top, bottom) = (double.MaxValue, double.MinValue, double.MaxValue, double.MinValue);
        for (var i = 0; i < vertices.Length; i += 3)
        {
            var (x, y) = (vertices[i] / (vertices[i + 2] + z), vertices[i + 1] / (vertices[i + 2] + z));
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        }

        var (focal, size) = (Camera.FocalLength, Camera.Size);
        return
        [
            (float)(z * Offset(left, right, Camera.CentreX / focal, size.Width / focal)), (float)(z * Offset(top, bottom, Camera.CentreY / focal, size.Height / focal)), (float)z,
        ];

        // All in units of the focal length; the picture reaches from -centre to side - centre.
        double Offset(double low, double high, double centre, double side)
        {
            var wanted = (side / 2) - centre - ((low + high) / 2) + (Straying * side * generator.NextGaussian());
            var (least, most) = ((Border * side) - centre - low, ((1 - Border) * side) - centre - high);
            return least <= most ? Math.Clamp(wanted, least, most) : (least + most) / 2;
        }
    }

    private static void Move(float[] points, float[] by)
    {
        for (var i = 0; i < points.Length; i++) points[i] += by[i % 3];
    }

    private static BodyLight Light(SeededGenerator generator)
    {
        // From anywhere before the person, mostly from above.
        var angle = 2 * Math.PI * generator.NextDouble();
        var height = generator.NextDouble();
        return new BodyLight((float)Math.Cos(angle), (float)(0.3 - height), (float)(-0.3 - Math.Abs(Math.Sin(angle))), 0.3f + (0.35f * (float)generator.NextDouble()));
    }

    private void AddNoise(byte[] pixels, SeededGenerator generator)
    {
        if (Options.Noise == 0) return;
        for (var i = 0; i < pixels.Length; i++)
        {
            // The sum of four bytes is as good as normal here, with a deviation of 147.8, and costs one draw for two of them.
            var bits = generator.Next();
            var first = (int)((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + ((bits >> 24) & 255));
            pixels[i] = Noisy(pixels[i], first);
            if (++i == pixels.Length) break;
            bits >>= 32;
            var second = (int)((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24));
            pixels[i] = Noisy(pixels[i], second);
        }
    }

    private byte Noisy(byte level, int sum) => (byte)Math.Clamp(level + (Options.Noise * (sum - 510) / 147.8) + 0.5, 0, 255);
}
