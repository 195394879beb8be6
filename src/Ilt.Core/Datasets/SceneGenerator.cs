using Ilt.Corruption;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>
/// Street-like scenes with exact labels: the picture, the class and the inverse depth of each pixel, and a few numbers per picture.
/// </summary>
/// <remarks>
/// A camera looks along a street between house fronts, hedges and trees, with cars, persons and poles at their places in perspective;
/// light, haze, the camera's height, tilt and position change from scene to scene. Each scene depends on the options and its index
/// alone, so any part of the series can be made in any order and on several threads at once, and it is the same on every platform.
/// </remarks>
public sealed partial class SceneGenerator
{
    internal const byte Road = 0;
    internal const byte Pavement = 1;
    internal const byte Building = 2;
    internal const byte Pole = 3;
    internal const byte Vegetation = 4;
    internal const byte Sky = 5;
    internal const byte Person = 6;
    internal const byte Car = 7;

    private readonly SceneOptions options;

    /// <summary>Creates a generator.</summary>
    /// <param name="options">What to draw.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public SceneGenerator(SceneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options;
    }

    /// <summary>The classes by id; poles include signs and traffic lights, vegetation trees and hedges.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = ["road", "pavement", "building", "pole", "vegetation", "sky", "person", "car"];

    /// <summary>
    /// The numbers of a scene: cars and persons of which at least 4 pixels are seen, the horizon's row as a share of the height, and the
    /// brightness of the light (about 0.4 at dusk to 1.1).
    /// </summary>
    public static IReadOnlyList<string> NumberNames { get; } = ["Cars", "Persons", "Horizon", "Brightness"];

    /// <summary>The options given.</summary>
    public SceneOptions Options => options;

    /// <summary>Makes a scene. Thread-safe.</summary>
    /// <param name="index">Its number in the series, at least 0.</param>
    /// <returns>The scene.</returns>
    public Scene Generate(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var generator = SeededGenerator.ForItem(options.Seed, index);
        var world = new SceneWorld(options, generator);
        var canvas = new SceneCanvas(world);
        new SceneBackdrop(world, canvas).Draw();

        var things = SceneThings.Draw(world, Counts.Draw(generator, world.Hard), generator);
        things.Sort((a, b) => b.Z.CompareTo(a.Z)); // far ones first, so that shadows fall on the bare ground only
        var painter = new SceneThingPainter(world, canvas);
        for (var i = 0; i < things.Count; i++)
            painter.Draw(things[i], (byte)(i + 1));
        canvas.AddCameraNoise(generator);

        var (height, width) = (options.Height, options.Width);
        if (options.SkyIsInvalid)
            for (var pixel = 0; pixel < canvas.Mask.Length; pixel++)
                if (canvas.Mask[pixel] == Sky)
                    canvas.InverseDepth[pixel] = float.NaN;
        return new Scene(
            new ByteImage(height, width, 3, canvas.Pixels),
            new ByteImage(height, width, 1, canvas.Mask),
            new FloatMap(height, width, canvas.InverseDepth),
            Numbers(world, canvas, things));
    }

    private static float[] Numbers(SceneWorld world, SceneCanvas canvas, List<SceneThing> things)
    {
        const int Seen = 4;
        Span<int> pixels = stackalloc int[things.Count + 1];
        foreach (var owner in canvas.Owner)
            pixels[owner]++;
        var (cars, persons) = (0, 0);
        for (var i = 0; i < things.Count; i++)
        {
            if (pixels[i + 1] < Seen)
                continue;
            cars += things[i].Kind == SceneThingKind.Car ? 1 : 0;
            persons += things[i].Kind == SceneThingKind.Person ? 1 : 0;
        }

        return [cars, persons, world.HorizonRow / world.Height, world.Brightness];
    }

    /// <summary>How many things a scene tries to show.</summary>
    internal readonly record struct Counts(int Cars, int Persons, int Trees, int Poles)
    {
        public static Counts Draw(SeededGenerator generator, float hard) => new(
            generator.NextInt(4 + (int)(3 * hard)),
            generator.NextInt(6 + (int)(4 * hard)),
            generator.NextInt(4 + (int)(2 * hard)),
            generator.NextInt(4 + (int)(2 * hard)));
    }
}
