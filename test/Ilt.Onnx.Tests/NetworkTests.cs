using System.Text.Json.Serialization;
using Google.Protobuf;
using Ilt.Imaging;
using Ilt.Torch;
using Onnx;

namespace Ilt.Onnx.Tests;

/// <summary>Every network with every kind of task gives in ONNX Runtime what it gives here.</summary>
public class NetworkTests
{
    private static IEnumerable<TestCaseData> Tables()
    {
        yield return new TestCaseData(new MlpDefinition([12, 8], dropout: 0.3)).SetArgDisplayNames("mlp with dropout");
        yield return new TestCaseData(new MlpDefinition([])).SetArgDisplayNames("linear");
    }

    private static IEnumerable<TestCaseData> Images()
    {
        yield return Case("residual", new ResidualCnnDefinition { Widths = [4, 6, 8], PixelWidth = 5 }, 16, 16);
        yield return Case("residual, odd sides, uneven cells", new ResidualCnnDefinition { Widths = [4, 6], StemStride = 1, PoolGrid = 3, BlocksPerStage = 2, PixelWidth = 4 }, 11, 14);
        yield return Case("unet, one decoder", new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8 }, 16, 24);
        yield return Case("unet, a decoder per task", new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8, SharedDecoder = false }, 16, 16);
        yield return Case("unet, on a smaller picture", new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8, InputStride = 2, BottleneckGrid = 4 }, 32, 32);
        yield return Case("hrnet", new HrNetDefinition { Width = 4, StemWidth = 4, Blocks = 1, Modules = [1, 2, 1] }, 32, 64);

        static TestCaseData Case(string name, NetworkDefinition network, int height, int width) => new TestCaseData(network, new ImageSize(height, width)).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Tables))]
    public void Run_OnRowsOfATable_GivesWhatPredictGives(NetworkDefinition network)
    {
        using var model = Models.Table(network);
        using var session = new Session(Models.Export(model));
        foreach (var rows in (int[])[1, 7]) Compare(session, model, Models.TableRows(rows), rows);
    }

    [TestCaseSource(nameof(Images))]
    public void Run_OnImages_GivesWhatPredictGives(NetworkDefinition network, ImageSize size)
    {
        using var model = Models.Images(network, size);
        using var session = new Session(Models.Export(model));
        foreach (var rows in (int[])[1, 7]) Compare(session, model, Models.ImageRows(rows, model.FeatureCount), rows);
        Assert.Multiple(() =>
        {
            Assert.That(session.ShapeOf("mask")[1..], Is.EqualTo(new[] { 3, size.Height, size.Width }));
            Assert.That(session.ShapeOf("map")[1..], Is.EqualTo(new[] { size.Height, size.Width }));
            Assert.That(session.ShapeOf("class")[1..], Is.EqualTo(new[] { 2 }));
        });
    }

    [Test]
    public void Run_HeadsOfOneKindOnly_GivesWhatPredictGives()
    {
        foreach (var tasks in (TaskDefinition[][])[[Models.ImageTasks[0]], [Models.ImageTasks[4]]])
            foreach (var network in (NetworkDefinition[])[new UNetDefinition { BaseWidth = 4, Depth = 1, BranchWidth = 8 }, new ResidualCnnDefinition { Widths = [4, 6], PixelWidth = 4 }])
            {
                using var model = Models.Images(network, new ImageSize(8, 8), tasks);
                using var session = new Session(Models.Export(model));
                Compare(session, model, Models.ImageRows(2, model.FeatureCount), 2);
            }
    }

    // What the comparison above would say of a scale that is one in a hundred off.
    [TestCase("/factors"), TestCase("/offsets_2"), TestCase("/factors_3"), TestCase("/highest_2")]
    public void Difference_WithOneWrongScale_IsFarAboveTheTolerance(string constant)
    {
        using var model = Models.Table(new MlpDefinition([12, 8]));
        var file = ModelProto.Parser.ParseFrom(Models.Export(model));
        var wrong = file.Graph.Initializer.Single(tensor => tensor.Name == constant);
        wrong.RawData = ByteString.CopyFrom([.. wrong.RawData.ToByteArray().Chunk(4).SelectMany(bytes => BitConverter.GetBytes(BitConverter.ToSingle(bytes) * 1.01f))]);
        using var session = new Session(file.ToByteArray());
        var found = session.Run(7, new Dictionary<string, Array> { ["x"] = Models.TableRows(7) });
        var expected = model.Predict(Models.TableRows(7));
        Assert.That(Models.TableTasks.Select((task, k) => Close.Difference(found[task.Name], expected[k])).Max(), Is.GreaterThan(10 * Close.Tolerance));
    }

    [Test]
    public void Predict_FarAway_MeetsBothLimits()
    {
        using var model = Models.Table(new MlpDefinition([12, 8]));
        var bent = model.Predict(Models.TableRows(40))[1];
        Assert.That(bent.Count(value => value == bent.Max()), Is.GreaterThan(1), "else the rows that are compared would not see the limits");
    }

    [Test]
    public void Write_InHalfPrecision_HalvesTheFileAndKeepsThreeDigits()
    {
        using var model = Models.Table(new MlpDefinition([128, 128]));
        var (whole, half) = (Models.Export(model), Models.Export(model, OnnxPrecision.Float16));
        Assert.That(half, Has.Length.LessThan(0.6 * whole.Length));
        using var session = new Session(half);
        var found = session.Run(1, new Dictionary<string, Array> { ["x"] = Models.TableRows(1) });
        var expected = model.Predict(Models.TableRows(1));
        foreach (var (task, k) in Models.TableTasks.Select((task, k) => (task, k)))
            Assert.That(Close.Difference(found[task.Name], expected[k]), Is.LessThan(0.02), task.Name);
    }

    [Test]
    public void Write_MoreThanAFileHolds_IsRefused()
    {
        using var model = Models.Table(new MlpDefinition([12, 8]));
        Assert.That(() => Models.Graph(model, limit: 200), Throws.InstanceOf<NotSupportedException>().With.Message.Contains("less than 2 GiB").And.Message.Contains("Float16"));
    }

    [Test]
    public void Constants_OfANetwork_HaveTheNamesOfItsParametersOnce()
    {
        using var model = Models.Images(new UNetDefinition { BaseWidth = 4, Depth = 1, BranchWidth = 8 }, new ImageSize(8, 8));
        var names = Models.Graph(model).Proto.Initializer.Select(tensor => tensor.Name).ToArray();
        Assert.That(names, Has.Exactly(1).EqualTo("/encoder.0.first.conv.weight").And.Exactly(1).EqualTo("/encoder.0.first.norm.running_mean"));
        Assert.That(names, Is.Unique);
    }

    [Test]
    public void Networks_OfThisLibrary_AreAllTriedHere()
    {
        var known = typeof(NetworkDefinition).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().Select(known => known.DerivedType);
        var tried = Tables().Concat(Images()).Select(data => data.Arguments[0]!.GetType());
        Assert.That(tried.Distinct(), Is.EquivalentTo(known.Where(type => type != typeof(CustomNetworkDefinition))), "a network says in an IGraphNetwork how it is exported, and is compared here");
    }

    [Test]
    public void Tasks_OfThisLibrary_AreAllTriedHere()
    {
        var known = typeof(TaskDefinition).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(TaskDefinition)) && type != typeof(DerivedTask));
        Assert.That(Models.TableTasks.Concat(Models.ImageTasks).Select(task => task.GetType()).Distinct(), Is.EquivalentTo(known));
    }

    private static void Compare(Session session, MultiTaskModel model, float[] inputs, int rows)
    {
        var found = session.Run(rows, new Dictionary<string, Array> { ["x"] = inputs });
        var expected = model.Predict(inputs);
        for (var k = 0; k < expected.Length; k++) Close.Check(found[model.Tasks[k].Name], expected[k], $"{model.Tasks[k].Name}, {rows} row(s)");
    }
}
