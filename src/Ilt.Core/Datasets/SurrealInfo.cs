using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Datasets;

/// <summary>What SURREAL knows about a clip, from its <c>_info.mat</c>. Frames are counted from 0 here.</summary>
public sealed class SurrealInfo
{
    private const int Joints = BodyParts.JointCount;
    private readonly float[] poses;
    private readonly float[] shapes;
    private readonly float[] joints2D;
    private readonly float[] joints3D;
    private readonly float[] rotations;

    private SurrealInfo(MatFile file)
    {
        Path = file.Path;
        var poses = file.Read("pose");
        if (poses.Dimensions is not [3 * Joints, > 0]) throw WrongShape(poses, $"{3 * Joints} x frames");
        FrameCount = poses.Dimensions[1];
        this.poses = Numbers(poses, 3 * Joints);
        shapes = Numbers(file.Read("shape"), 10);
        joints2D = Numbers(file.Read("joints2D"), 2, Joints);
        joints3D = Numbers(file.Read("joints3D"), 3, Joints);
        rotations = Vector(file.Read("zrot"));
        var camera = file.Read("camLoc");
        CameraLocation = Numeric(camera) is { Length: 3 } location ? location : throw WrongShape(camera, "3 x 1");
        Male = file.Contains("gender") ? Vector(file.Read("gender"))[0] != 0 : null;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Number of frames, mostly 100.</summary>
    public int FrameCount { get; }

    /// <summary>Place of the camera in the world, metres, [3].</summary>
    public float[] CameraLocation { get; }

    /// <summary>Whether the male body model was drawn (false: the female one); null where the file does not tell.</summary>
    public bool? Male { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file <c>_info.mat</c>.</param>
    /// <returns>Its contents.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Damaged, or a variable is missing, has a wrong shape or a number that is not finite; the message names it.</exception>
    public static SurrealInfo Read(string path) => new(MatFile.Open(path));

    /// <summary>Pose as the file holds it: axis-angle, 24 joints, radians, [72]. The root does not yet face as in the picture: see <see cref="WorldPose"/>.</summary>
    /// <param name="frame">From 0.</param>
    public float[] Pose(int frame) => Frame(poses, frame);

    /// <summary>Shape coefficients, [10].</summary>
    /// <param name="frame">From 0.</param>
    public float[] Shape(int frame) => Frame(shapes, frame);

    /// <summary>Joints in the picture, (u, v) in pixels of 320 x 240, joint by joint, [48]; whole numbers.</summary>
    /// <param name="frame">From 0.</param>
    public float[] Joints2D(int frame) => Frame(joints2D, frame);

    /// <summary>Joints in the world, (x, y, z) in metres, joint by joint, [72].</summary>
    /// <param name="frame">From 0.</param>
    public float[] Joints3D(int frame) => Frame(joints3D, frame);

    /// <summary>
    /// Pose with the root as the picture shows it, [72]: the file's root rotation turned by <c>zrot</c> about z and then by 90 degrees about x. The
    /// camera looks along the same axis of the world in all clips, so this is the pose that a network can see.
    /// </summary>
    /// <param name="frame">From 0.</param>
    public float[] WorldPose(int frame)
    {
        var pose = Pose(frame);
        Span<double> root = [pose[0], pose[1], pose[2]];
        Span<double> own = stackalloc double[9];
        Rotations.AxisAngleToMatrix(root, own);
        Span<double> aboutZ = stackalloc double[9];
        Rotations.AxisAngleToMatrix([0, 0, rotations[frame]], aboutZ);
        Span<double> turned = stackalloc double[9];
        Rotations.Multiply(aboutZ, own, turned);
        Span<double> world = stackalloc double[9];
        Rotations.Multiply([1, 0, 0, 0, 0, -1, 0, 1, 0], turned, world);
        Rotations.MatrixToAxisAngle(world, root);
        for (var c = 0; c < 3; c++) pose[c] = (float)root[c];
        return pose;
    }

    /// <summary>The body in the world: its vertices by <see cref="LinearBlendSkinning"/> lie where the picture shows them (see <see cref="SurrealCamera"/>).</summary>
    /// <param name="frame">From 0.</param>
    /// <param name="skinning">The body model that was drawn: SMPL's female or male one (see <see cref="Male"/>).</param>
    public BodyPose WorldBody(int frame, LinearBlendSkinning skinning)
    {
        ArgumentNullException.ThrowIfNull(skinning);
        var (shape, joints) = (Shape(frame), Joints3D(frame));
        var rest = skinning.RestPoseJoints(shape);
        return new BodyPose(shape, WorldPose(frame), [joints[0] - rest[0], joints[1] - rest[1], joints[2] - rest[2]]);
    }

    private float[] Frame(float[] values, int frame)
    {
        if (frame < 0 || frame >= FrameCount)
            throw new ArgumentOutOfRangeException(nameof(frame), frame, FormattableString.Invariant($"{Path} has the frames 0 .. {FrameCount - 1}."));
        // The file runs column by column and a frame is a column (or a page), so that its numbers lie together.
        var each = values.Length / FrameCount;
        return values.AsSpan(frame * each, each).ToArray();
    }

    private float[] Numbers(MatArray array, params int[] each)
    {
        // MATLAB drops the last dimension where there is one frame only.
        var fits = array.Dimensions.Take(each.Length).SequenceEqual(each)
            && (array.Dimensions.Count == each.Length + 1 ? array.Dimensions[^1] == FrameCount : array.Dimensions.Count == each.Length && FrameCount == 1);
        return fits ? Numeric(array) : throw WrongShape(array, FormattableString.Invariant($"{string.Join(" x ", each)} x {FrameCount} (as many frames as 'pose' has)"));
    }

    private float[] Vector(MatArray array)
    {
        var values = Numeric(array);
        return values.Length == FrameCount ? values : throw WrongShape(array, FormattableString.Invariant($"{FrameCount} x 1 (as many frames as 'pose' has)"));
    }

    private float[] Numeric(MatArray array)
    {
        var values = array.ToSingles() ?? throw new ImageFormatException(Path, $"the variable '{array.Name}' holds no numbers.");
        var bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad < 0) return values;
        var frames = array.Dimensions[^1];
        throw new ImageFormatException(Path, FormattableString.Invariant(
            $"the variable '{array.Name}' holds {values[bad]} in column {(frames == 0 ? 0 : bad / Math.Max(1, values.Length / frames)) + 1} (frames are columns); expected finite numbers. Leave this clip out."));
    }

    private ImageFormatException WrongShape(MatArray array, string expected) =>
        new(Path, $"the variable '{array.Name}' is {string.Join(" x ", array.Dimensions)}; expected {expected}.");
}
