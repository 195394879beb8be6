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

    /// <summary>[P, 4]: x, y, z, 1 of the mean shape, less the pose directions' part of I, since they are given R_k instead of R_k - I.</summary>
    public double[] Rest()
    {
        var result = new double[4 * Points];
        var ofJoints = OfJoints(model.Template, 1);
        for (var point = 0; point < Points; point++)
        {
            for (var c = 0; c < 3; c++) result[(4 * point) + c] = point < joints ? ofJoints[(3 * point) + c] : WithoutPose((3 * vertices[point - joints]) + c);
            result[(4 * point) + 3] = 1;
        }
        return result;
    }

    /// <summary>[P, 4, Features]: displacement per unit of each shape coefficient, then of each element of R_1 .. R_(J-1); none of the 1.</summary>
    public double[] Directions()
    {
        var result = new double[4 * Points * Features];
        var ofJoints = OfJoints(model.ShapeDirections, shapes);
        for (var point = 0; point < Points; point++)
            for (var c = 0; c < 3; c++)
            {
                var to = result.AsSpan(((4 * point) + c) * Features, Features);
                if (point < joints)
                {
                    ofJoints.AsSpan(((3 * point) + c) * shapes, shapes).CopyTo(to); // the joints follow the shape alone
                    continue;
                }
                var from = (3 * vertices[point - joints]) + c;
                for (var s = 0; s < shapes; s++) to[s] = model.ShapeDirections[(from * shapes) + s];
                for (var f = 0; f < poseFeatures; f++) to[shapes + f] = model.PoseDirections![(from * poseFeatures) + f];
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

    private double WithoutPose(int coordinate)
    {
        double value = model.Template[coordinate];
        for (var f = 0; f < poseFeatures; f++)
            if (f % 9 % 4 == 0) value -= model.PoseDirections![(coordinate * poseFeatures) + f]; // an element of the diagonal
        return value;
    }

    // Regressor * values, [V, 3, columns] to [J, 3, columns]; nearly all of the regressor is 0.
    private double[] OfJoints(float[] values, int columns)
    {
        var width = 3 * columns;
        var result = new double[joints * width];
        for (var joint = 0; joint < joints; joint++)
            for (var vertex = 0; vertex < model.VertexCount; vertex++)
            {
                double share = model.JointRegressor[(joint * model.VertexCount) + vertex];
                if (share == 0) continue;
                for (var c = 0; c < width; c++) result[(joint * width) + c] += share * values[(vertex * width) + c];
            }
        return result;
    }
}
