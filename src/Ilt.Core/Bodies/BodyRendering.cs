using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>A drawn body.</summary>
/// <param name="Image">RGB.</param>
/// <param name="Mask">At each pixel's centre: 0 background, else the part, joint + 1.</param>
/// <param name="Depth">At each pixel's centre: metres along the optical axis; NaN for background.</param>
public sealed record BodyRendering(ByteImage Image, ByteImage Mask, FloatMap Depth);
