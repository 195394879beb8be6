using Ilt.Bodies;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Support;

/// <summary>A body model as a file: a ball with the joints of SMPL.</summary>
internal static class BodyFiles
{
    /// <summary>Writes the model and gives the path.</summary>
    public static string Write(TempFolder folder, string name = "body.npz", Action<Dictionary<string, NpyArray>>? change = null)
    {
        var model = BallBody.Model();
        var (vertices, joints) = (model.VertexCount, model.JointCount);
        var arrays = new Dictionary<string, NpyArray>
        {
            ["v_template"] = NpyArray.Create(model.Template, vertices, 3),
            ["shapedirs"] = NpyArray.Create(model.ShapeDirections, vertices, 3, model.ShapeCount),
            ["J_regressor"] = NpyArray.Create(model.JointRegressor, joints, vertices),
            ["weights"] = NpyArray.Create(model.Weights, vertices, joints),
            ["kintree_table"] = NpyArray.Create([.. model.Parents, .. Enumerable.Range(0, joints)], 2, joints),
            ["f"] = NpyArray.Create(model.Faces, model.FaceCount, 3),
        };
        change?.Invoke(arrays);
        NpzFile.Write(folder[name], arrays);
        return folder[name];
    }
}
