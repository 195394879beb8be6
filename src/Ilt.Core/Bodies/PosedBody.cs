namespace Ilt.Bodies;

/// <summary>A body model in a pose.</summary>
/// <param name="Vertices">[V, 3], metres.</param>
/// <param name="Joints">[J, 3], metres.</param>
public sealed record PosedBody(float[] Vertices, float[] Joints);
