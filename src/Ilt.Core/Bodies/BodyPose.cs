namespace Ilt.Bodies;

/// <summary>Everything that a body model needs to stand somewhere.</summary>
/// <param name="Shape">Shape coefficients, [S] (fewer stand for zeros at the end).</param>
/// <param name="AxisAngles">Rotation of each joint against its parent, axis-angle, radians, [3 J]; joint 0 is the whole body's.</param>
/// <param name="Translation">Added to every vertex and joint at the end, metres, [3].</param>
public sealed record BodyPose(float[] Shape, float[] AxisAngles, float[] Translation)
{
    /// <summary>The rotations as six numbers each, [6 J] (see <see cref="Rotations"/> for their order): what a network predicts.</summary>
    /// <returns>A new array.</returns>
    public float[] ToSix() => Rotations.AxisAnglesToSix(AxisAngles);
}
