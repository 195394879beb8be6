namespace Ilt.Bodies;

/// <summary>A directional light.</summary>
/// <param name="X">Where the light comes from, camera's frame (x right); any length but 0.</param>
/// <param name="Y">The same, y down.</param>
/// <param name="Z">The same, z away from the camera.</param>
/// <param name="Ambient">Share of the light that comes from everywhere, 0 .. 1.</param>
public sealed record BodyLight(float X, float Y, float Z, float Ambient)
{
    /// <summary>From above the camera's left shoulder.</summary>
    public static BodyLight Usual { get; } = new(-0.4f, -0.6f, -0.7f, 0.4f);
}
