namespace Ilt.Bodies;

/// <summary>
/// The pose that a turned or mirrored picture shows. Where M = diag(-1, 1, 1) for a mirrored picture and I otherwise, T is the turn of the picture
/// and F leads from the root's frame to the camera's: the root's R becomes F^T T M F R M, every other joint's is that of its twin, M R M.
/// </summary>
/// <remarks>Of six numbers or a matrix every number changes linearly, so that even what is no rotation (a noisy label) keeps the size of its error.</remarks>
internal static class ViewedPose
{
    private const int Joints = BodyParts.JointCount;

    public static float[] Of(ReadOnlySpan<float> pose, bool flip, double degrees, ReadOnlySpan<double> toCamera)
    {
        Span<double> left = stackalloc double[9];
        BeforeRoot(flip, degrees, toCamera, left);
        return pose.Length switch
        {
            3 * Joints => AxisAngles(pose, flip, left),
            6 * Joints => Elements(pose, 2, 1, 3, flip, left),
            9 * Joints => Elements(pose, 3, 3, 1, flip, left),
            _ => throw new ArgumentException(FormattableString.Invariant(
                $"Expected the pose of {Joints} joints: {3 * Joints} numbers (axis-angle), {6 * Joints} (six per joint) or {9 * Joints} (matrices); found {pose.Length}."), nameof(pose)),
        };
    }

    private static float[] AxisAngles(ReadOnlySpan<float> pose, bool flip, ReadOnlySpan<double> left)
    {
        var result = flip ? BodyParts.MirrorPose(pose) : pose.ToArray();
        Span<double> vector = [pose[0], pose[1], pose[2]];
        Span<double> root = stackalloc double[9];
        Span<double> moved = stackalloc double[9];
        Rotations.AxisAngleToMatrix(vector, root);
        if (flip) for (var i = 0; i < 9; i += 3) root[i] = -root[i];
        Rotations.Multiply(left, root, moved);
        Rotations.MatrixToAxisAngle(moved, vector);
        for (var c = 0; c < 3; c++) result[c] = (float)vector[c];
        return result;
    }

    /// <summary>Columns of matrices; element (row, column) of a joint is its number row * rowStep + column * columnStep.</summary>
    private static float[] Elements(ReadOnlySpan<float> pose, int columns, int rowStep, int columnStep, bool flip, ReadOnlySpan<double> left)
    {
        var result = new float[pose.Length];
        for (var joint = 0; joint < Joints; joint++)
        {
            var from = pose.Slice(3 * columns * (flip ? BodyParts.MirroredJoints[joint] : joint), 3 * columns);
            var to = result.AsSpan(3 * columns * joint, 3 * columns);
            for (var column = 0; column < columns; column++)
            {
                var sign = flip && column == 0 ? -1 : 1;
                for (var row = 0; row < 3; row++)
                {
                    var at = (row * rowStep) + (column * columnStep);
                    to[at] = joint > 0
                        ? (flip && row == 0 ? -sign : sign) * from[at]
                        : (float)(sign * ((left[3 * row] * from[column * columnStep]) + (left[(3 * row) + 1] * from[rowStep + (column * columnStep)]) + (left[(3 * row) + 2] * from[(2 * rowStep) + (column * columnStep)])));
                }
            }
        }

        return result;
    }

    /// <summary>F^T T M F.</summary>
    private static void BeforeRoot(bool flip, double degrees, ReadOnlySpan<double> toCamera, Span<double> result)
    {
        ReadOnlySpan<double> frame = toCamera.IsEmpty ? [1, 0, 0, 0, 1, 0, 0, 0, 1] : toCamera;
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        Span<double> turn = [flip ? -cosine : cosine, -sine, 0, flip ? -sine : sine, cosine, 0, 0, 0, 1];
        Span<double> seen = stackalloc double[9];
        Rotations.Multiply(turn, frame, seen);
        Rotations.Multiply([frame[0], frame[3], frame[6], frame[1], frame[4], frame[7], frame[2], frame[5], frame[8]], seen, result);
    }
}
