using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>A generated picture of a person with all its labels.</summary>
/// <param name="Image">RGB.</param>
/// <param name="Mask">0 background, 1 .. 24 = joint + 1 (see <see cref="BodyParts"/>).</param>
/// <param name="Depth">Metres along the optical axis; NaN for background.</param>
/// <param name="Body">Shape [10], pose [72] with the root in the camera's frame, and the translation into the camera's frame [3].</param>
/// <param name="Joints3D">[24, 3], metres, camera's frame (x right, y down, z forward).</param>
/// <param name="Joints2D">[24, 2], pixels.</param>
/// <param name="Person">Number of the person: pictures of the same one share shape and clothes.</param>
public sealed record BodyScene(ByteImage Image, ByteImage Mask, FloatMap Depth, BodyPose Body, float[] Joints3D, float[] Joints2D, int Person);
