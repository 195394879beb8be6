using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>A picture of a person and what is known about it.</summary>
/// <param name="Id">Name of its files without extension.</param>
/// <param name="Split">train or val.</param>
/// <param name="ImagePath">The picture, RGB.</param>
/// <param name="MaskPath">Body parts.</param>
/// <param name="DepthPath">Depth in millimetres, 16 bits.</param>
/// <param name="Body">Shape [10], pose [72] with the root in the camera's frame, and translation [3], which puts the body into the camera's frame.</param>
/// <param name="Joints3D">[24, 3], metres, camera's frame.</param>
/// <param name="Joints2D">[24, 2], pixels.</param>
public sealed record BodyImage(string Id, string Split, string ImagePath, string MaskPath, string DepthPath, BodyPose Body, float[] Joints3D, float[] Joints2D)
{
    /// <summary>Number of the person shown, to hold out people together; null where the folder does not tell.</summary>
    public int? Person { get; init; }

    /// <summary>Reads the picture.</summary>
    /// <returns>RGB.</returns>
    public ByteImage ReadImage() => PngImage.ReadImage(ImagePath, channels: 3);

    /// <summary>Reads the mask.</summary>
    /// <returns>0 background, 1 .. 24 = joint + 1.</returns>
    /// <exception cref="ImageFormatException">A part is larger than 24; the message names the pixel.</exception>
    public ByteImage ReadMask() => LabelPng.ReadMask(MaskPath, BodyImages.Parts);

    /// <summary>Reads the depth.</summary>
    /// <returns>Metres along the optical axis, NaN for background.</returns>
    public FloatMap ReadDepth() => LabelPng.ReadMap(DepthPath, BodyImages.Depth);
}
