using Ilt.Bodies;

namespace Ilt.Torch;

/// <summary>The constants of a body layer in double precision: of the model's joints and of some of its vertices, as points, joints first.</summary>
internal sealed class BodyLayerArrays(BodyModel model, int[] vertices)
{
    private readonly int joints = model.JointCount;
    private readonly int shapes = model.ShapeCount;
    private readonly int poseFeatures = model.PoseDirections is null ? 0 : 9 * (model.JointCount - 1);

    /// <summary>Columns of the directions: S, and 9 (J - 1) where the model has pose directions.</summary>
    public int Features => shapes + poseFeatures;

    private int Points => joints + vertices.Length;

    /// <summary>[P, 3]: the mean shape, less the pose directions' part of I, since they are given R_k instead of R_k - I.</summary>
    public double[] Rest()
    {
        var result = new double[3 * Points];
        AddToJoints(result, model.Template, 1);
        for (var i = 0; i < vertices.Length; i++)
            for (var c = 0; c < 3; c++)
            {
                var at = (3 * vertices[i]) + c;
                double value = model.Template[at];
                for (var f = 0; f < poseFeatures; f++)
                    if (f % 9 % 4 == 0) value -= model.PoseDirections![(at * poseFeatures) + f];
                result[(3 * (joints + i)) + c] = value;
            }
        return result;
    }

    /// <summary>[P, 3, Features]: displacement per unit of each shape coefficient, then of each element of R_1 .. R_(J-1).</summary>
    public double[] Directions()
    {
        var ofJoints = new double[3 * joints * shapes];
        AddToJoints(ofJoints, model.ShapeDirections, shapes);
        var result = new double[3 * Points * Features];
        // The joints follow the shape alone.
        for (var row = 0; row < 3 * joints; row++) ofJoints.AsSpan(row * shapes, shapes).CopyTo(result.AsSpan(row * Features));
        for (var i = 0; i < vertices.Length; i++)
            for (var c = 0; c < 3; c++)
            {
                var (from, to) = ((3 * vertices[i]) + c, ((3 * (joints + i)) + c) * Features);
                for (var s = 0; s < shapes; s++) result[to + s] = model.ShapeDirections[(from * shapes) + s];
                for (var f = 0; f < poseFeatures; f++) result[to + shapes + f] = model.PoseDirections![(from * poseFeatures) + f];
            }
        return result;
    }

    /// <summary>[P, J + 1]: a joint moves with itself; nothing moves with number J.</summary>
    public double[] Weights()
    {
        var result = new double[Points * (joints + 1)];
        for (var joint = 0; joint < joints; joint++) result[(joint * (joints + 1)) + joint] = 1;
        for (var i = 0; i < vertices.Length; i++)
            for (var joint = 0; joint < joints; joint++)
                result[((joints + i) * (joints + 1)) + joint] = model.Weights[(vertices[i] * joints) + joint];
        return result;
    }

    /// <summary>For each joint, and for number J that stands above the root, the ancestor 1, 2, 4, ... up; as many as the deepest joint needs.</summary>
    public static IEnumerable<long[]> Ancestors(int[] parents)
    {
        var top = parents.Length;
        long[] above = [.. parents.Select(parent => (long)(parent < 0 ? top : parent)), top];
        while (above.Any(slot => slot != top))
        {
            yield return above;
            var half = above;
            above = [.. half.Select(slot => half[slot])];
        }
    }

    // Joints = regressor * values, [V, 3, columns] to [J, 3, columns]; nearly all of the regressor is 0.
    private void AddToJoints(double[] result, float[] values, int columns)
    {
        var width = 3 * columns;
        for (var joint = 0; joint < joints; joint++)
            for (var vertex = 0; vertex < model.VertexCount; vertex++)
            {
                double share = model.JointRegressor[(joint * model.VertexCount) + vertex];
                if (share == 0) continue;
                for (var c = 0; c < width; c++) result[(joint * width) + c] += share * values[(vertex * width) + c];
            }
    }
}
