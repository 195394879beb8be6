using System.IO.Compression;
using System.Text;
using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Bodies;

[TestFixture]
public sealed class BodyModelTests
{
    [Test]
    public void Read_Archive_HasTheArraysOfTheFile()
    {
        using var folder = new TempFolder();
        var arrays = TinyBody.Arrays();
        arrays.Add("bs_style_number", NpyArray.Create<byte>([1], 1)); // unknown arrays do not matter
        NpzFile.Write(folder.Path("body.npz"), arrays);
        var model = BodyModel.Read(folder.Path("body.npz"));

        Assert.That((model.VertexCount, model.JointCount, model.ShapeCount, model.FaceCount), Is.EqualTo((TinyBody.Vertices, TinyBody.Joints, TinyBody.Shapes, 2)));
        Assert.That(model.Template, Is.EqualTo(arrays["v_template"].Values));
        Assert.That(model.ShapeDirections, Is.EqualTo(arrays["shapedirs"].Values));
        Assert.That(model.PoseDirections, Is.EqualTo(arrays["posedirs"].Values));
        Assert.That(model.JointRegressor, Is.EqualTo(arrays["J_regressor"].Values));
        Assert.That(model.Weights, Is.EqualTo(arrays["weights"].Values));
        Assert.That(model.Parents, Is.EqualTo(TinyBody.Parents));
        Assert.That(model.Faces, Is.EqualTo(new[] { 0, 1, 2, 3, 4, 6 }));
    }

    [Test]
    public void FromArrays_SizesOfARealSmplFile_AreTaken()
    {
        const int V = 6890;
        var parents = new[] { -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21 };
        var weights = new double[V * 24];
        for (var v = 0; v < V; v++) weights[(v * 24) + (v % 24)] = 1;
        var shapedirs = new double[V * 3 * 300];
        for (var i = 0; i < shapedirs.Length; i++) shapedirs[i] = i;
        var posedirs = new float[207 * 3 * V];
        posedirs[(206 * 3 * V) + 5] = 8;
        var model = BodyModel.FromArrays(new Dictionary<string, NpyArray>
        {
            ["v_template"] = NpyArray.Create(new double[V * 3], V, 3),
            ["shapedirs"] = NpyArray.Create(shapedirs, V, 3, 300),
            ["posedirs"] = NpyArray.Create(posedirs, 207, 3 * V),
            ["J_regressor"] = NpyArray.Create(new double[24 * V], 24, V),
            ["weights"] = NpyArray.Create(weights, V, 24),
            ["kintree_table"] = NpyArray.Create<uint>([.. parents.Select(p => unchecked((uint)p)), .. Enumerable.Range(0, 24).Select(j => (uint)j)], 2, 24),
            ["f"] = NpyArray.Create(new uint[13776 * 3], 13776, 3),
        }, "smpl.npz");

        Assert.That((model.VertexCount, model.JointCount, model.ShapeCount, model.FaceCount), Is.EqualTo((V, 24, 10, 13776)));
        Assert.That(model.Parents, Is.EqualTo(parents));
        Assert.That(model.ShapeDirections[..11], Is.EqualTo(new float[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 300 }));
        Assert.That(Array.FindIndex(model.PoseDirections!, x => x != 0), Is.EqualTo((5 * 207) + 206), "coordinate 5, feature 206");
    }

    [Test]
    public void FromArrays_Posedirs_AreTheSameInBothForms()
    {
        var arrays = TinyBody.Arrays();
        var model = BodyModel.FromArrays(arrays, "tiny");
        var (features, coordinates) = (9 * (TinyBody.Joints - 1), 3 * TinyBody.Vertices);
        var turned = new float[features * coordinates];
        for (var i = 0; i < turned.Length; i++) turned[(i % features * coordinates) + (i / features)] = model.PoseDirections![i];
        arrays["posedirs"] = NpyArray.Create(turned, features, coordinates);

        Assert.That(BodyModel.FromArrays(arrays, "tiny").PoseDirections, Is.EqualTo(model.PoseDirections));
    }

    [Test]
    public void FromArrays_SparseRegressor_IsTheDenseOne([Values] bool byColumns)
    {
        var arrays = TinyBody.Arrays();
        var dense = (float[])arrays["J_regressor"].Values;
        var (data, indices, starts) = (new List<float>(), new List<int>(), new List<int> { 0 });
        for (var outer = 0; outer < (byColumns ? TinyBody.Vertices : TinyBody.Joints); outer++)
        {
            for (var inner = 0; inner < (byColumns ? TinyBody.Joints : TinyBody.Vertices); inner++)
            {
                var value = byColumns ? dense[(inner * TinyBody.Vertices) + outer] : dense[(outer * TinyBody.Vertices) + inner];
                if (value == 0) continue;
                data.Add(value);
                indices.Add(inner);
            }

            starts.Add(data.Count);
        }

        arrays.Remove("J_regressor");
        arrays["J_regressor_data"] = NpyArray.Create<float>([.. data], data.Count);
        arrays["J_regressor_indices"] = NpyArray.Create<int>([.. indices], data.Count);
        arrays["J_regressor_indptr"] = NpyArray.Create<int>([.. starts], starts.Count);
        Assert.That(BodyModel.FromArrays(arrays, "tiny").JointRegressor, Is.EqualTo(dense));

        indices[0] = 99;
        arrays["J_regressor_indices"] = NpyArray.Create<int>([.. indices], data.Count);
        Assert.That(() => BodyModel.FromArrays(arrays, "tiny"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("J_regressor_indices' holds 99 at position 0"));
        arrays.Remove("J_regressor_indices");
        Assert.That(() => BodyModel.FromArrays(arrays, "tiny"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("J_regressor_indices' is missing"));
    }

    private static readonly long[][] WrongTrees =
    [
        [-1, 2, 1, 0, 0, 1, 2, 3], [-1, 1, 0, 0, 0, 1, 2, 3], [-1, 2, 0, 0, 0, 1, 2, 3], [0, 0, 1, 0, 0, 1, 2, 3], [-1, 0, -1, 0, 0, 1, 2, 3], [-1, 0, 1, 0, 0, 2, 1, 3],
        [-1, 0, 7, 0, 0, 1, 2, 3],
    ];

    private static readonly string[] TreeProblems =
    [
        "has a cycle: joint 1 is its own ancestor", "has a cycle: joint 1 is its own ancestor", "gives joint 1 the parent 2, which comes after it",
        "gives joint 0, the root, the parent 0", "gives joint 2 the parent -1", "has the joint number 2 at position 1 of row 1", "gives joint 2 the parent 7",
    ];

    [Test]
    public void FromArrays_WrongTree_TellsWhatIsWrong([Range(0, 6)] int tree) =>
        AssertProblem("kintree_table", NpyArray.Create(WrongTrees[tree], 2, 4), $"tiny: the array 'kintree_table' {TreeProblems[tree]}");

    [Test]
    public void FromArrays_RootInAnyUnsignedForm_IsTheRoot()
    {
        foreach (var table in new[] { NpyArray.Create<ulong>([ulong.MaxValue, 0, 1, 0, 0, 1, 2, 3], 2, 4), NpyArray.Create([-1, 0, 1, 0, 0, 1, 2, 3], 2, 4), NpyArray.Create([4294967295.0, 0, 1, 0, 0, 1, 2, 3], 2, 4) })
        {
            var arrays = TinyBody.Arrays();
            arrays["kintree_table"] = table;
            Assert.That(BodyModel.FromArrays(arrays, "tiny").Parents, Is.EqualTo(TinyBody.Parents));
        }
    }

    [Test]
    public void FromArrays_WrongArrays_NameTheArrayAndTheShape()
    {
        AssertProblem("v_template", NpyArray.Create(new float[14], 7, 2), "'v_template' has the shape (7, 2); expected the vertices, (V, 3)");
        AssertProblem("v_template", NpyArray.Create(Enumerable.Repeat(float.NaN, 21).ToArray(), 7, 3), "'v_template' holds NaN at position 0");
        AssertProblem("shapedirs", NpyArray.Create(new float[36], 6, 3, 2), "'shapedirs' has the shape (6, 3, 2); expected (V, 3, shape numbers) with V = 7");
        AssertProblem("posedirs", NpyArray.Create(new float[7 * 3 * 8], 7, 3, 8), "'posedirs' has the shape (7, 3, 8); expected (V, 3, 9 (J - 1)) = (7, 3, 27), or (27, 21)");
        AssertProblem("J_regressor", NpyArray.Create(new float[28], 7, 4), "'J_regressor' has the shape (7, 4); expected (J, V) = (4, 7)");
        AssertProblem("weights", NpyArray.Create(new float[28], 4, 7), "'weights' has the shape (4, 7); expected (V, J) = (7, 4)");
        AssertProblem("weights", NpyArray.Create(new float[28], 7, 4), "'weights' sums to 0 for vertex 0; expected 1");
        AssertProblem("f", NpyArray.Create([0, 1, 7], 1, 3), "'f' names the vertex 7; expected 0 .. 6");
        foreach (var name in TinyBody.Arrays(posedirs: false).Keys)
            AssertProblem(name, null, $"tiny: there is no array '{name}'");
    }

    [Test]
    public void Read_Pickles_GetAdvice()
    {
        using var folder = new TempFolder();
        Assert.That(() => BodyModel.Read(folder.File("basicModel_f.pkl", [.. "(dp0"u8])), Throws.TypeOf<ImageFormatException>().With.Message.Contains("is a Python pickle").And.Message.Contains("np.savez("));
        Assert.That(() => BodyModel.Read(folder.File("renamed.npz", [0x80, 2, 0])), Throws.TypeOf<ImageFormatException>().With.Message.Contains("is a Python pickle"));
        Assert.That(() => BodyModel.Read(folder.File("other.npz", [1, 2, 3])), Throws.TypeOf<ImageFormatException>().With.Message.Contains("is not an .npz file"));
        Assert.That(() => BodyModel.Read(folder.Path("none.npz")), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public void Read_ObjectArray_IsRefusedOnlyWhereItIsNeeded()
    {
        using var folder = new TempFolder();
        var path = folder.Path("body.npz");
        NpzFile.Write(path, TinyBody.Arrays());
        AddObjects(path, "bs_type");
        Assert.That(() => BodyModel.Read(path), Throws.Nothing);

        var arrays = TinyBody.Arrays();
        arrays.Remove("J_regressor");
        NpzFile.Write(path, arrays);
        AddObjects(path, "J_regressor");
        Assert.That(() => BodyModel.Read(path), Throws.TypeOf<ImageFormatException>().With.Message.Contains("'J_regressor' holds Python objects").And.Message.Contains(".toarray()"));
    }

    [Test]
    public void Read_MakeHuman_HasTheSizesOfItsDescription()
    {
        var model = BodyModel.Read(Path.Combine(RealData.Set("makehuman-cc0"), "smpl-like-model.npz"));

        Assert.That((model.VertexCount, model.JointCount, model.ShapeCount, model.FaceCount), Is.EqualTo((13572, 24, 10, 26756)));
        Assert.That(model.PoseDirections, Is.Null);
        Assert.That(model.Parents, Is.EqualTo(new[] { -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21 }));
    }

    private static void AssertProblem(string name, NpyArray? array, string message)
    {
        var arrays = TinyBody.Arrays();
        arrays.Remove(name);
        if (array is not null) arrays.Add(name, array);
        Assert.That(() => BodyModel.FromArrays(arrays, "tiny"), Throws.TypeOf<ImageFormatException>().With.Message.Contains(message));
    }

    private static void AddObjects(string path, string name)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Update);
        using var stream = archive.CreateEntry(name + ".npy").Open();
        var header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }".PadRight(117) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), 0x80, 2]);
    }
}
