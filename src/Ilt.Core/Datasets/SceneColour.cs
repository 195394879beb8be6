namespace Ilt.Datasets;

/// <summary>A colour of a scene before light and haze; components from 0 to 1.</summary>
internal readonly record struct SceneColour(float Red, float Green, float Blue)
{
    public static SceneColour Gray(float level) => new(level, level, level);

    public static SceneColour operator *(SceneColour colour, float factor) =>
        new(colour.Red * factor, colour.Green * factor, colour.Blue * factor);

    public static SceneColour operator *(SceneColour a, SceneColour b) => new(a.Red * b.Red, a.Green * b.Green, a.Blue * b.Blue);

    /// <summary>a at share 0, b at share 1.</summary>
    public static SceneColour Mix(SceneColour a, SceneColour b, float share) => new(
        a.Red + (share * (b.Red - a.Red)),
        a.Green + (share * (b.Green - a.Green)),
        a.Blue + (share * (b.Blue - a.Blue)));
}
