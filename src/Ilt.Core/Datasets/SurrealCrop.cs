namespace Ilt.Datasets;

/// <summary>A person cut out of a frame of SURREAL, and what is known about it.</summary>
/// <param name="Id">Clip and frame: <c>run0/01_01/01_01_c0001/0001</c>; its files are named like it.</param>
/// <param name="Sequence">Name of the motion sequence: what to hold out together.</param>
/// <param name="Frame">Number of the frame, from 0 (the files count from 1).</param>
/// <param name="Male">Whether the male body model was drawn; null where the clip does not tell.</param>
/// <param name="ImagePath">The picture, RGB.</param>
/// <param name="MaskPath">Body parts, 0 .. 24.</param>
/// <param name="DepthPath">Depth in millimetres, 16 bits; null where the clip has none.</param>
/// <param name="Shape">Shape coefficients, [10].</param>
/// <param name="AxisAngles">
/// Pose, [72], its root as the picture shows it (<see cref="SurrealInfo.WorldPose"/>): a network can see this one, not the file's own.
/// </param>
public sealed record SurrealCrop(
    string Id, string Sequence, int Frame, bool? Male, string ImagePath, string MaskPath, string? DepthPath, float[] Shape, float[] AxisAngles);
