namespace Ilt.Bodies;

/// <summary>
/// Poses a body model on plain arrays, in double precision: vertices and joints from shape, rotations and translation (Loper et al., 2015,
/// equations 2 to 10). Thread-safe.
/// </summary>
/// <remarks>
/// v = template + shape directions * beta; J = regressor * v; v += pose directions * (R_1 - I, ..., R_(J-1) - I); the joints' transforms G_k are
/// chained from the root, G_k = G_parent(k) [R_k | J_k - J_parent(k)], each vertex is moved by the mean of the transforms under its weights,
/// and the translation is added.
/// </remarks>
public sealed class LinearBlendSkinning
{
    private readonly int[] regressorStart;
    private readonly int[] regressorVertex;
    private readonly double[] regressorValue;
    private readonly int[] weightStart;
    private readonly int[] weightJoint;
    private readonly double[] weightValue;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">The model.</param>
    public LinearBlendSkinning(BodyModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        (regressorStart, regressorVertex, regressorValue) = Sparse(model.JointRegressor, model.JointCount, model.VertexCount);
        (weightStart, weightJoint, weightValue) = Sparse(model.Weights, model.VertexCount, model.JointCount);
    }

    /// <summary>The model given.</summary>
    public BodyModel Model { get; }

    /// <summary>Poses the body.</summary>
    /// <param name="pose">Shape, rotations and translation.</param>
    /// <returns>Vertices and joints.</returns>
    /// <exception cref="ArgumentException">A length does not fit the model, or a number is not finite.</exception>
    public PosedBody Pose(BodyPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        CheckLength(pose.AxisAngles.Length, 3 * Model.JointCount, "axis angles");
        return Pose(pose.Shape, Rotations.AxisAnglesToMatrices(pose.AxisAngles), pose.Translation);
    }

    /// <summary>Poses the body.</summary>
    /// <param name="shape">Shape coefficients, [S]; fewer stand for zeros at the end.</param>
    /// <param name="rotations">Rotation matrix of each joint against its parent, [J, 3, 3].</param>
    /// <param name="translation">Metres, [3]; default (empty): none.</param>
    /// <returns>Vertices and joints.</returns>
    /// <exception cref="ArgumentException">A length does not fit the model, or a number is not finite.</exception>
    public PosedBody Pose(ReadOnlySpan<float> shape, ReadOnlySpan<float> rotations, ReadOnlySpan<float> translation = default)
    {
        var joints = Model.JointCount;
        if (shape.Length > Model.ShapeCount)
            throw new ArgumentException(FormattableString.Invariant($"The body model {Model.Name} has {Model.ShapeCount} shape coefficients; found {shape.Length}."), nameof(shape));
        CheckLength(rotations.Length, 9 * joints, "rotations");
        if (!translation.IsEmpty) CheckLength(translation.Length, 3, "translation");
        CheckFinite(shape, "shape");
        CheckFinite(rotations, "rotations");
        CheckFinite(translation, "translation");

        var vertices = Shaped(shape);
        var rest = RestJoints(vertices);
        if (Model.PoseDirections is { } directions) AddPoseDirections(vertices, rotations, directions);
        var transforms = new double[12 * joints]; // [J, 3, 4]
        Chain(rest, rotations, transforms);
        var posed = new float[3 * joints];
        var (tx, ty, tz) = translation.IsEmpty ? (0.0, 0.0, 0.0) : (translation[0], translation[1], translation[2]);
        for (var joint = 0; joint < joints; joint++)
        {
            var transform = transforms.AsSpan(12 * joint, 12);
            posed[3 * joint] = (float)(transform[3] + tx);
            posed[(3 * joint) + 1] = (float)(transform[7] + ty);
            posed[(3 * joint) + 2] = (float)(transform[11] + tz);
            // From here on it takes a point of the rest pose, not one relative to the joint.
            for (var row = 0; row < 3; row++)
            {
                var line = transform.Slice(4 * row, 4);
                line[3] -= (line[0] * rest[3 * joint]) + (line[1] * rest[(3 * joint) + 1]) + (line[2] * rest[(3 * joint) + 2]);
            }
        }

        return new PosedBody(Blend(vertices, transforms, tx, ty, tz), posed);
    }

    /// <summary>Joints of the rest pose of a shape, [J, 3], metres.</summary>
    /// <param name="shape">Shape coefficients, as for <see cref="Pose(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})"/>.</param>
    /// <returns>A new array.</returns>
    public float[] RestPoseJoints(ReadOnlySpan<float> shape) => Array.ConvertAll(RestJoints(Shaped(shape)), coordinate => (float)coordinate);

    private double[] Shaped(ReadOnlySpan<float> shape)
    {
        var (template, directions, count) = (Model.Template, Model.ShapeDirections, Model.ShapeCount);
        Span<double> coefficients = stackalloc double[shape.Length];
        for (var s = 0; s < shape.Length; s++) coefficients[s] = shape[s];
        var vertices = new double[template.Length];
        for (var i = 0; i < vertices.Length; i++)
        {
            double sum = template[i];
            var row = directions.AsSpan(i * count, coefficients.Length);
            for (var s = 0; s < row.Length; s++) sum += row[s] * coefficients[s];
            vertices[i] = sum;
        }

        return vertices;
    }

    private double[] RestJoints(double[] vertices)
    {
        var rest = new double[3 * Model.JointCount];
        for (var joint = 0; joint < Model.JointCount; joint++)
            for (var at = regressorStart[joint]; at < regressorStart[joint + 1]; at++)
                for (var c = 0; c < 3; c++)
                    rest[(3 * joint) + c] += regressorValue[at] * vertices[(3 * regressorVertex[at]) + c];
        return rest;
    }

    private void AddPoseDirections(double[] vertices, ReadOnlySpan<float> rotations, float[] directions)
    {
        var features = new double[9 * (Model.JointCount - 1)];
        for (var i = 0; i < features.Length; i++) features[i] = rotations[9 + i] - (i % 9 is 0 or 4 or 8 ? 1 : 0);
        for (var i = 0; i < vertices.Length; i++)
        {
            var row = directions.AsSpan(i * features.Length, features.Length);
            var sum = 0.0;
            for (var k = 0; k < features.Length; k++) sum += row[k] * features[k];
            vertices[i] += sum;
        }
    }

    private void Chain(double[] rest, ReadOnlySpan<float> rotations, double[] transforms)
    {
        for (var joint = 0; joint < Model.JointCount; joint++)
        {
            var own = transforms.AsSpan(12 * joint, 12);
            var parent = Model.Parents[joint];
            for (var row = 0; row < 3; row++)
            {
                if (parent < 0)
                {
                    for (var c = 0; c < 3; c++) own[(4 * row) + c] = rotations[(3 * row) + c];
                    own[(4 * row) + 3] = rest[row];
                    continue;
                }

                var above = transforms.AsSpan((12 * parent) + (4 * row), 4);
                var (sum0, sum1, sum2, moved) = (0.0, 0.0, 0.0, above[3]);
                for (var k = 0; k < 3; k++)
                {
                    sum0 += above[k] * rotations[(9 * joint) + (3 * k)];
                    sum1 += above[k] * rotations[(9 * joint) + (3 * k) + 1];
                    sum2 += above[k] * rotations[(9 * joint) + (3 * k) + 2];
                    moved += above[k] * (rest[(3 * joint) + k] - rest[(3 * parent) + k]);
                }

                (own[4 * row], own[(4 * row) + 1], own[(4 * row) + 2], own[(4 * row) + 3]) = (sum0, sum1, sum2, moved);
            }
        }
    }

    private float[] Blend(double[] vertices, double[] transforms, double tx, double ty, double tz)
    {
        var result = new float[vertices.Length];
        for (var vertex = 0; vertex < Model.VertexCount; vertex++)
        {
            var (x, y, z) = (vertices[3 * vertex], vertices[(3 * vertex) + 1], vertices[(3 * vertex) + 2]);
            var (sumX, sumY, sumZ) = (tx, ty, tz);
            for (var at = weightStart[vertex]; at < weightStart[vertex + 1]; at++)
            {
                var transform = transforms.AsSpan(12 * weightJoint[at], 12);
                var weight = weightValue[at];
                sumX += weight * ((transform[0] * x) + (transform[1] * y) + (transform[2] * z) + transform[3]);
                sumY += weight * ((transform[4] * x) + (transform[5] * y) + (transform[6] * z) + transform[7]);
                sumZ += weight * ((transform[8] * x) + (transform[9] * y) + (transform[10] * z) + transform[11]);
            }

            (result[3 * vertex], result[(3 * vertex) + 1], result[(3 * vertex) + 2]) = ((float)sumX, (float)sumY, (float)sumZ);
        }

        return result;
    }

    /// <summary>The entries other than 0 of each row: nearly all of a model's weights are 0.</summary>
    private static (int[] Start, int[] Column, double[] Value) Sparse(float[] matrix, int rows, int columns)
    {
        var (start, column, value) = (new int[rows + 1], new List<int>(), new List<double>());
        for (var row = 0; row < rows; row++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (matrix[(row * columns) + c] == 0) continue;
                column.Add(c);
                value.Add(matrix[(row * columns) + c]);
            }

            start[row + 1] = column.Count;
        }

        return (start, [.. column], [.. value]);
    }

    private void CheckLength(int found, int expected, string what)
    {
        if (found != expected)
            throw new ArgumentException(FormattableString.Invariant($"The body model {Model.Name} with {Model.JointCount} joints takes {expected} numbers as {what}; found {found}."));
    }

    private static void CheckFinite(ReadOnlySpan<float> numbers, string what)
    {
        for (var i = 0; i < numbers.Length; i++)
            if (!float.IsFinite(numbers[i]))
                throw new ArgumentException(FormattableString.Invariant($"The {what} of a body holds {numbers[i]} at position {i}; expected finite numbers."));
    }
}
