using Ilt.Imaging;

namespace Ilt.Bodies;

/// <summary>
/// A parametric body in the layout of SMPL (Loper et al., 2015): a mesh with a basis of shapes, joints regressed from its vertices, and
/// skinning weights. Immutable by convention: the arrays are not copied and must not be changed.
/// </summary>
/// <remarks>
/// V vertices, J joints, S shape numbers, F triangles. Lengths are in metres. <see cref="LinearBlendSkinning"/> poses it.
/// </remarks>
public sealed class BodyModel
{
    /// <summary>Shape numbers that are used where nothing else is asked for: 10.</summary>
    public const int UsualShapeCount = 10;

    internal BodyModel(string name, float[] template, float[] shapeDirections, float[]? poseDirections, float[] jointRegressor, float[] weights, int[] parents, int[] faces)
    {
        Name = name;
        Template = template;
        ShapeDirections = shapeDirections;
        PoseDirections = poseDirections;
        JointRegressor = jointRegressor;
        Weights = weights;
        Parents = parents;
        Faces = faces;
    }

    /// <summary>The file it came from, for messages.</summary>
    public string Name { get; }

    /// <summary>Number of vertices V.</summary>
    public int VertexCount => Template.Length / 3;

    /// <summary>Number of joints J: 24 in SMPL.</summary>
    public int JointCount => Parents.Length;

    /// <summary>Number of shape coefficients S that are used.</summary>
    public int ShapeCount => ShapeDirections.Length / Template.Length;

    /// <summary>Number of triangles F.</summary>
    public int FaceCount => Faces.Length / 3;

    /// <summary>Vertices of the mean shape in the rest pose, [V, 3], metres (<c>v_template</c>).</summary>
    public float[] Template { get; }

    /// <summary>Displacement of each vertex per unit of each shape coefficient, [V, 3, S], metres (<c>shapedirs</c>, its first S).</summary>
    public float[] ShapeDirections { get; }

    /// <summary>
    /// Displacement of each vertex per unit of each element of R_1 - I, ..., R_(J-1) - I (row by row), [V, 3, 9 (J - 1)], metres
    /// (<c>posedirs</c>); null where the model has none.
    /// </summary>
    public float[]? PoseDirections { get; }

    /// <summary>Joints of the rest pose = this times the shaped vertices, [J, V] (<c>J_regressor</c>).</summary>
    public float[] JointRegressor { get; }

    /// <summary>Skinning weights, [V, J]; rows sum to 1 (<c>weights</c>).</summary>
    public float[] Weights { get; }

    /// <summary>Parent of each joint, [J]: -1 for joint 0, the root, and a smaller number than the joint's own for all others.</summary>
    public int[] Parents { get; }

    /// <summary>Vertices of each triangle, [F, 3], from 0 (<c>f</c> or <c>faces</c>).</summary>
    public int[] Faces { get; }

    /// <summary>Reads a model from an .npz file with the arrays that SMPL's own files have.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shapeCount">Shape coefficients to keep, at least 1. Default 10; a model with fewer keeps all of its own.</param>
    /// <returns>The model.</returns>
    /// <remarks>
    /// Arrays: <c>v_template</c> [V, 3], <c>shapedirs</c> [V, 3, at least 1], <c>J_regressor</c> [J, V] (or its sparse parts
    /// <c>J_regressor_data</c>, <c>_indices</c> and <c>_indptr</c>, by columns or by rows), <c>weights</c> [V, J], <c>kintree_table</c>
    /// [2, J], <c>f</c> or <c>faces</c> [F, 3], and, where there is one, <c>posedirs</c> [V, 3, 9 (J - 1)] or [9 (J - 1), 3 V]. Other arrays are
    /// not looked at.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">
    /// Not an .npz file (a .pkl file gets advice how to convert it), an array is missing, holds Python objects, or has a wrong shape or values.
    /// </exception>
    public static BodyModel Read(string path, int shapeCount = UsualShapeCount) => FromArrays(BodyModelFile.Read(path), path, shapeCount);

    /// <summary>Makes a model from named arrays.</summary>
    /// <param name="arrays">The arrays by the names that <see cref="Read"/> tells.</param>
    /// <param name="name">Name of the model for messages, usually its file.</param>
    /// <param name="shapeCount">As for <see cref="Read"/>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ImageFormatException">An array is missing or has a wrong shape or values; the message names it.</exception>
    public static BodyModel FromArrays(IReadOnlyDictionary<string, NpyArray> arrays, string name, int shapeCount = UsualShapeCount)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentOutOfRangeException.ThrowIfLessThan(shapeCount, 1);
        return new BodyModelArrays(arrays, name).Build(shapeCount);
    }
}
