using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>A generated street scene: a picture and everything there is to know about it.</summary>
/// <param name="Image">RGB, H x W x 3 bytes.</param>
/// <param name="Mask">Class of each pixel, H x W x 1, an index into <see cref="SceneGenerator.ClassNames"/>.</param>
/// <param name="InverseDepth">
/// 1 / distance along the optical axis, in 1/m: from 0 (infinitely far, the sky) to about 0.5 (the road right in front); the sky is NaN
/// with <see cref="SceneOptions.SkyIsInvalid"/>.
/// </param>
/// <param name="Numbers">One number per entry of <see cref="SceneGenerator.NumberNames"/>.</param>
public sealed record Scene(ByteImage Image, ByteImage Mask, FloatMap InverseDepth, float[] Numbers);
