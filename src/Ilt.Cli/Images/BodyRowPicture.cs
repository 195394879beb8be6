using Ilt.Bodies;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tasks;
using Ilt.Imaging;
using Ilt.MLNet;

namespace Ilt.Cli.Images;

/// <summary>Draws what was given and what is predicted for a row, at the size of its image.</summary>
internal sealed class BodyRowPicture
{
    private readonly FlagData data;
    private readonly SurfaceLabel surface;
    private readonly int side;
    private readonly string[] paths;
    private readonly TaskLabel? mask;
    private readonly float[][] place;
    private readonly BodyPictures pictures;

    /// <summary>Prepares the drawing.</summary>
    /// <param name="data">The run's data.</param>
    /// <param name="surface">The labels drawn.</param>
    /// <param name="side">Small images are enlarged to about this.</param>
    /// <param name="placeColumns">The columns of the body's translation into the camera's frame.</param>
    public BodyRowPicture(FlagData data, SurfaceLabel surface, int side, IReadOnlyList<string> placeColumns)
    {
        (this.data, this.surface, this.side) = (data, surface, side);
        paths = data.Images!.PathsOf(data.Table);
        mask = PersonTasks.Parts(data.Labels).FirstOrDefault();
        place = [.. placeColumns.Select(name => data.Table.Column(name, "--pictures").ToNumbers("the place of the body"))];
        pictures = new BodyPictures(data.Body!.Surface.Model);
    }

    /// <summary>The picture of a row; both bodies stand where the table says.</summary>
    public ByteImage Draw(int row, BodyPrediction predicted)
    {
        var size = ImageFile.Read(paths[row]).Size;
        var image = Picture.Read(paths[row], size);
        return pictures.Row(
            image, BodyCamera.For(size), GivenMask(row), predicted.Mask is { } mask ? PixelResize.NearestMask(mask, size) : null,
            surface.IsLabelled(row) ? Body(row, Numbers(surface.Shape, row), Numbers(surface.Pose, row)) : null,
            Body(row, predicted.Shape, predicted.Pose), Math.Clamp(side / Math.Max(size.Height, size.Width), 1, 32));
    }

    private ByteImage? GivenMask(int row) => mask is null || !mask.IsLabelled(row)
        ? null
        : LabelFiles.ReadMask(mask.PathOf(row, data.Images!.Options.LabelFolder), data.Images.ClassesOf(mask.Spec.Name).Encoding, PictureReader.Read);

    private static float[] Numbers(NumberLabel label, int row) => [.. label.Components.Select(component => component[row])];

    /// <summary>Null where the table does not say where the body stands.</summary>
    private BodyPose? Body(int row, float[] shape, float[] pose)
    {
        float[] place = [.. this.place.Select(column => column[row])];
        if (Array.Exists(place, float.IsNaN))
            return null;
        var coefficients = new float[data.Body!.Surface.Model.ShapeCount];
        shape.CopyTo(coefficients, 0);
        return new BodyPose(coefficients, (pose.Length / BodyParts.JointCount) switch
        {
            3 => pose,
            6 => Rotations.SixToAxisAngles(pose),
            _ => Rotations.SixToAxisAngles(Rotations.MatricesToSix(pose)),
        }, place);
    }
}
