using Ilt.Bodies;
using Ilt.Cli.Pipeline;
using Ilt.Cli.Tasks;
using Ilt.Imaging;
using TaskKind = Ilt.Cli.Tasks.TaskKind;

namespace Ilt.Cli.Images;

/// <summary>Draws what was given and what is predicted for a row, at the size of its image.</summary>
internal sealed class BodyRowPicture
{
    private readonly FlagData _data;
    private readonly SurfaceLabel _surface;
    private readonly int _side;
    private readonly string[] _paths;
    private readonly FileLabel? _mask;
    private readonly float[][] _place;
    private readonly BodyPictures _pictures;

    /// <summary>Prepares the drawing.</summary>
    /// <param name="data">The run's data.</param>
    /// <param name="surface">The labels drawn.</param>
    /// <param name="side">Small images are enlarged to about this.</param>
    /// <param name="placeColumns">The columns of the body's translation into the camera's frame.</param>
    public BodyRowPicture(FlagData data, SurfaceLabel surface, int side, IReadOnlyList<string> placeColumns)
    {
        (_data, _surface, _side) = (data, surface, side);
        _paths = data.Images!.PathsOf(data.Table);
        _mask = data.Labels.OfType<FileLabel>().FirstOrDefault(label => label.Spec.Kind == TaskKind.Mask);
        _place = [.. placeColumns.Select(name => data.Table.Column(name, "--pictures").ToNumbers("the place of the body"))];
        _pictures = new BodyPictures(data.Body!.Surface.Model);
    }

    /// <summary>The picture of a row; both bodies stand where the table says.</summary>
    public ByteImage Draw(int row, BodyPrediction predicted)
    {
        var size = ImageFile.Read(_paths[row]).Size;
        var image = Picture.Read(_paths[row], size);
        return _pictures.Row(
            image, BodyCamera.For(size), GivenMask(row), predicted.Mask is { } mask ? PixelResize.NearestMask(mask, size) : null,
            _surface.IsLabelled(row) ? Body(row, Numbers(_surface.Shape, row), Numbers(_surface.Pose, row)) : null,
            Body(row, predicted.Shape, predicted.Pose), Math.Clamp(_side / Math.Max(size.Height, size.Width), 1, 32));
    }

    private ByteImage? GivenMask(int row) => _mask is null || !_mask.IsLabelled(row)
        ? null
        : LabelFiles.ReadMask(_mask.PathOf(row, _data.Images!.Options.LabelFolder), _data.Images.Options.Classes.Encoding);

    private static float[] Numbers(NumberLabel label, int row) => [.. label.Components.Select(component => component[row])];

    /// <summary>Null where the table does not say where the body stands.</summary>
    private BodyPose? Body(int row, float[] shape, float[] pose)
    {
        float[] place = [.. _place.Select(column => column[row])];
        if (Array.Exists(place, float.IsNaN))
            return null;
        var coefficients = new float[_data.Body!.Surface.Model.ShapeCount];
        shape.CopyTo(coefficients, 0);
        return new BodyPose(coefficients, (pose.Length / BodyParts.JointCount) switch
        {
            3 => pose,
            6 => Rotations.SixToAxisAngles(pose),
            _ => Rotations.SixToAxisAngles(Rotations.MatricesToSix(pose)),
        }, place);
    }
}
