using Ilt.Corruption;

namespace Ilt.Datasets;

/// <summary>A stretch of one side of the street.</summary>
/// <param name="From">Where it begins, metres ahead of the camera.</param>
/// <param name="Top">Height in metres.</param>
/// <param name="Colour">Colour of the wall or of the leaves.</param>
/// <param name="Trim">Colour of windows.</param>
/// <param name="Storey">Height of a storey in metres.</param>
/// <param name="IsGreen">A hedge or trees instead of a house.</param>
internal readonly record struct SceneFront(float From, float Top, SceneColour Colour, SceneColour Trim, float Storey, bool IsGreen);

/// <summary>
/// Everything about a scene but its movable things: the camera, the street and the light. Metres; x to the right, heights above the
/// road, z ahead along the optical axis, which lies parallel to the road.
/// </summary>
internal sealed class SceneWorld
{
    private const float FocalPerSide = 0.9f; // of the geometric mean of the sides: about 58 degrees across a square picture

    public SceneWorld(SceneOptions options, SeededGenerator generator)
    {
        var hard = (float)options.Difficulty;
        Hard = hard;
        Height = options.Height;
        Width = options.Width;
        Salt = (uint)generator.Next();

        Focal = FocalPerSide * MathF.Sqrt((float)Height * Width);
        HorizonRow = Height * generator.Around(0.42f, 0.05f + (0.04f * hard));
        VanishingColumn = Width * generator.Around(0.5f, 0.2f);
        CameraHeight = generator.Between(1.3f, 1.9f);

        var camera = generator.Around(0, 1.2f);
        RoadLeft = -generator.Between(2.4f, 4.4f) - camera;
        RoadRight = generator.Between(2.4f, 4.4f) - camera;
        WallLeft = RoadLeft - generator.Between(2, 6);
        WallRight = RoadRight + generator.Between(2, 6);
        LaneMark = (RoadLeft + RoadRight) / 2;
        End = generator.Between(50, 130);

        Brightness = generator.Between(0.9f - (0.5f * hard), 1.1f);
        var warmth = generator.Around(0, 0.06f + (0.1f * hard));
        Light = new SceneColour(Brightness * (1 + warmth), Brightness, Brightness * (1 - warmth));
        LightLeft = 1 + generator.Around(0, 0.25f);
        LightRight = 2 - LightLeft;
        // A shadow of the houses on one side may reach onto the road.
        ShadowEdge = generator.NextDouble() < 0.2 + (0.5 * hard) ? generator.Between(RoadLeft, RoadRight) : float.NaN;
        ShadowOnLeft = generator.NextInt(2) == 0;
        Haze = generator.Between(0.0005f, 0.001f + (0.004f * hard));
        CameraNoise = 2 + (10 * hard);

        var cloudy = generator.Between(0, 1);
        HazeColour = SceneColour.Mix(new(0.75f, 0.85f, 0.97f), SceneColour.Gray(0.85f), cloudy) * Light * 0.95f;
        SkyTop = SceneColour.Mix(new(0.3f, 0.52f, 0.9f), SceneColour.Gray(0.72f), cloudy * (0.5f + (0.5f * hard))) * Light;
        Clouds = cloudy;

        Road = SceneColour.Gray(generator.Around(0.33f, 0.04f + (0.1f * hard)));
        var slabs = generator.Around(0.55f, 0.04f + (0.14f * hard));
        var red = generator.Around(0.05f, 0.05f);
        Pavement = new SceneColour(slabs * (1 + red), slabs, slabs * (1 - red));
        Mark = SceneColour.Gray(generator.Between(0.75f, 1));

        Left = Fronts(generator);
        Right = Fronts(generator);
        EndFront = Front(generator, End, generator.Between(6, 20));
    }

    public float Hard { get; }

    public int Height { get; }

    public int Width { get; }

    public uint Salt { get; }

    public float Focal { get; }

    public float HorizonRow { get; }

    public float VanishingColumn { get; }

    public float CameraHeight { get; }

    public float RoadLeft { get; }

    public float RoadRight { get; }

    public float WallLeft { get; }

    public float WallRight { get; }

    public float LaneMark { get; }

    public float End { get; }

    public float Brightness { get; }

    public SceneColour Light { get; }

    public float LightLeft { get; }

    public float LightRight { get; }

    public float ShadowEdge { get; }

    public bool ShadowOnLeft { get; }

    public float Haze { get; }

    public SceneColour HazeColour { get; }

    public SceneColour SkyTop { get; }

    public float Clouds { get; }

    public float CameraNoise { get; }

    public SceneColour Road { get; }

    public SceneColour Pavement { get; }

    public SceneColour Mark { get; }

    public SceneFront[] Left { get; }

    public SceneFront[] Right { get; }

    public SceneFront EndFront { get; }

    /// <summary>A colour of leaves; the harder, the less green.</summary>
    public static SceneColour Leaves(SeededGenerator generator, float hard) => SceneColour.Mix(
        new SceneColour(generator.Between(0.12f, 0.3f), generator.Between(0.35f, 0.55f), generator.Between(0.08f, 0.2f)),
        new SceneColour(generator.Between(0.35f, 0.6f), generator.Between(0.3f, 0.42f), generator.Between(0.15f, 0.3f)),
        generator.Between(0, hard * 0.9f));

    private SceneFront[] Fronts(SeededGenerator generator)
    {
        var fronts = new List<SceneFront>();
        var storeys = generator.Between(5, 14); // houses of one side are of similar height
        for (float from = 0; from < End; from += generator.Between(8, 24))
            fronts.Add(Front(generator, from, storeys));
        return [.. fronts];
    }

    private SceneFront Front(SeededGenerator generator, float from, float height)
    {
        var isGreen = generator.NextInt(4) == 0;
        var top = isGreen ? generator.Between(1.2f, 7) : height * generator.Between(0.8f, 1.5f);
        var wall = Wall(generator);
        return new SceneFront(from, top, isGreen ? Leaves(generator, Hard) : wall,
            SceneColour.Gray(generator.Between(0.08f, 0.3f)), generator.Between(2.8f, 3.6f), isGreen);
    }

    /// <summary>Brick, plaster or concrete; the harder, the more often the colour of the street.</summary>
    private SceneColour Wall(SeededGenerator generator)
    {
        var level = generator.Between(0.75f, 1);
        var colour = generator.NextInt(4) switch
        {
            0 => new SceneColour(0.62f, 0.34f, 0.26f),
            1 => new SceneColour(0.86f, 0.76f, 0.55f),
            2 => new SceneColour(0.7f, 0.6f, 0.52f),
            _ => new SceneColour(0.8f, 0.78f, 0.72f),
        };
        return SceneColour.Mix(colour, SceneColour.Gray(generator.Between(0.3f, 0.7f)), generator.Between(0, Hard)) * level;
    }
}
