using System.Text.Json;
using Ilt.MLNet;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Ilt.Onnx.Tests;

/// <summary>A whole pipeline, from the columns of a table to the predictions, in ONNX Runtime and in ML.NET.</summary>
public class PipelineTests
{
    private static readonly string[] Tasks = ["class", "flag", "number", "vector", "count"];

    private readonly MLContext ml = new(1);
    private readonly string folder = Directory.CreateTempSubdirectory("ilt-onnx-").FullName;
    private IDataView data = null!;
    private TransformerChain<MultiTaskTransformer> model = null!;

    private string PathOf(string name) => Path.Combine(folder, name);

    [OneTimeSetUp]
    public void Train()
    {
        data = ml.Data.LoadFromEnumerable(Row.Many(200, 1));
        model = Steps().Append(ml.MultiTask.Train(Options())).Fit(data);
    }

    [OneTimeTearDown]
    public void RemoveFolder()
    {
        model.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void ExportOnnx_ByDefault_TakesTheColumnsOfTheTable()
    {
        var export = ml.MultiTask.ExportOnnx(model, data.Schema, PathOf("columns.onnx"));

        Assert.That(export.Inputs, Is.EqualTo(new[] { "A", "B", "Colour", "Shape", "Year", "Pair" }));
        Assert.That(export.Outputs, Is.EqualTo(Tasks));
        Assert.That(export.LeftOut, Is.EqualTo(new[] { "area" }));
        using var session = new Session(File.ReadAllBytes(PathOf("columns.onnx")));
        foreach (var count in (int[])[1, 7])
        {
            var rows = Row.Many(count, 5);
            CompareRows(session.Run(count, Inputs(rows)), rows);
        }
    }

    [Test]
    public void ApplyOnnxModel_OnTheTable_GivesWhatThePipelineGives()
    {
        var export = ml.MultiTask.ExportOnnx(model, data.Schema, PathOf("apply.onnx"));
        var rows = Row.Many(7, 6);
        var view = ml.Data.LoadFromEnumerable(rows);
        var applied = ml.Transforms.ApplyOnnxModel([.. export.Outputs], [.. export.Inputs], PathOf("apply.onnx")).Fit(view).Transform(view);
        CompareRows(export.Outputs.ToDictionary(output => output, output => applied.GetColumn<float[]>(output).SelectMany(values => values).ToArray()), rows);
    }

    [Test]
    public void ExportOnnx_OfTheNetwork_TakesTheFeatures()
    {
        var options = new OnnxExportOptions { Input = OnnxInput.Network, InputName = "prepared" };
        var export = ml.MultiTask.ExportOnnx(model, data.Schema, PathOf("network.onnx"), options);
        Assert.That(export.Inputs, Is.EqualTo(new[] { "prepared" }));
        var rows = Row.Many(7, 7);
        var features = model.Transform(ml.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Features").SelectMany(values => values).ToArray();
        using var session = new Session(File.ReadAllBytes(PathOf("network.onnx")));
        CompareRows(session.Run(7, new Dictionary<string, Array> { ["prepared"] = features }), rows);
        Assert.That(session.Metadata["ilt.inputs"], Does.Contain("ColourHot.red"), "what the numbers of the vector are");
    }

    [Test]
    public void Metadata_OfAFile_SaysNamesAndUnits()
    {
        var names = new Dictionary<string, OnnxTaskNames> { ["vector"] = new() { Label = "x, y", Outputs = ["x", "y"] } };
        ml.MultiTask.ExportOnnx(model, data.Schema, PathOf("names.onnx"), new OnnxExportOptions { Names = names });
        using var session = new Session(File.ReadAllBytes(PathOf("names.onnx")));
        var tasks = JsonDocument.Parse(session.Metadata["ilt.tasks"]).RootElement.EnumerateArray().ToDictionary(task => task.GetProperty("name").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(session.About.ProducerName, Is.EqualTo("Ilt.MLNet"));
            Assert.That(session.Metadata["ilt.version"], Is.EqualTo(OnnxMetadata.Version));
            Assert.That(session.Metadata["ilt.leftOut"], Is.EqualTo("[\"area\"]"));
            Assert.That(Texts(tasks["class"]), Is.EqualTo(ClassNames()));
            Assert.That(Texts(tasks["flag"]), Is.EqualTo(new[] { "false", "true" }));
            Assert.That(Texts(tasks["vector"]), Is.EqualTo(new[] { "x", "y" }));
            Assert.That(tasks["vector"].GetProperty("label").GetString(), Is.EqualTo("x, y"));
            Assert.That(tasks["number"].GetProperty("values").GetString(), Is.EqualTo("numbers in the unit of the label"));
            Assert.That(tasks["count"].GetProperty("kind").GetString(), Is.EqualTo("Count"));
        });

        static string?[] Texts(JsonElement task) => [.. task.GetProperty("names").EnumerateArray().Select(name => name.GetString())];
    }

    [Test]
    public void ExportOnnx_TaskCalledAsAColumn_GetsAnotherName()
    {
        var options = Options() with { Tasks = [TaskColumn.Regression("B", "Number")] };
        using var other = Steps().Append(ml.MultiTask.Train(options)).Fit(data);
        var export = ml.MultiTask.ExportOnnx(other, data.Schema, PathOf("same.onnx"));
        Assert.That(export.Outputs, Is.EqualTo(new[] { "B.predicted" }));
        using var session = new Session(File.ReadAllBytes(PathOf("same.onnx")));
        Assert.That(session.Run(3, Inputs(Row.Many(3, 8))).Keys, Is.EqualTo(export.Outputs));
    }

    [Test]
    public void ExportOnnx_OfASavedPipeline_IsTheSameFile()
    {
        ml.Model.Save(model, data.Schema, PathOf("model.zip"));
        var product = TaskDerivation.FromFunction("product", _ => 1, values => values[0].mul(values[1]));
        var loaded = ml.MultiTask.LoadModel(PathOf("model.zip"), out var schema, derivations: [product]);
        ml.MultiTask.ExportOnnx(model, data.Schema, PathOf("before.onnx"));
        ml.MultiTask.ExportOnnx(loaded, schema, PathOf("after.onnx"));
        Assert.That(File.ReadAllBytes(PathOf("after.onnx")), Is.EqualTo(File.ReadAllBytes(PathOf("before.onnx"))));
    }

    [Test]
    public void ExportOnnx_StepThatHasNoOperator_NamesItAndLeavesTheOldFile()
    {
        var steps = Steps().Append(ml.Transforms.NormalizeBinning("Features"));
        using var binned = steps.Append(ml.MultiTask.Train(Options())).Fit(data);
        File.WriteAllText(PathOf("old.onnx"), "old");
        Assert.That(() => ml.MultiTask.ExportOnnx(binned, data.Schema, PathOf("old.onnx")), Throws.InstanceOf<NotSupportedException>()
            .With.Message.Contains("'Features'").And.Message.Contains(nameof(NormalizingTransformer)).And.Message.Contains("OnnxInput.Network"));
        Assert.That(File.ReadAllText(PathOf("old.onnx")), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(folder, "*.tmp"), Is.Empty);
        ml.MultiTask.ExportOnnx(binned, data.Schema, PathOf("old.onnx"), new OnnxExportOptions { Input = OnnxInput.Network });
        Assert.That(new FileInfo(PathOf("old.onnx")).Length, Is.GreaterThan(1000));
    }

    [Test]
    public void ExportOnnx_CustomNetwork_IsRefusedInASentence()
    {
        var network = CustomNetworkDefinition.FromBackbone("mine", (input, _) => TorchSharp.torch.nn.Sequential(TorchSharp.torch.nn.Linear(input.Channels, 4), TorchSharp.torch.nn.ReLU()));
        var options = Options() with { Tasks = [TaskColumn.Regression("number", "Number")], Training = new TrainingOptions { Epochs = 1, Network = network } };
        using var custom = Steps().Append(ml.MultiTask.Train(options)).Fit(data);
        Assert.That(() => ml.MultiTask.ExportOnnx(custom, data.Schema, PathOf("custom.onnx")),
            Throws.InstanceOf<NotSupportedException>().With.Message.Contains("custom network 'mine'").And.Message.Contains("cannot be exported"));
        Assert.That(File.Exists(PathOf("custom.onnx")), Is.False);
    }

    [Test]
    public void ExportOnnx_WrongNames_AreRefused()
    {
        Assert.That(() => Export(new() { Names = new Dictionary<string, OnnxTaskNames> { ["nobody"] = new() } }), Throws.ArgumentException.With.Message.Contains("'nobody'"));
        Assert.That(() => Export(new() { Names = new Dictionary<string, OnnxTaskNames> { ["class"] = new() { Outputs = ["a"] } } }), Throws.ArgumentException.With.Message.Contains("1 name(s)"));
        Assert.That(() => Export(new() { InputName = "x" }), Throws.ArgumentException.With.Message.Contains("InputName"));
        Assert.That(() => Export(new() { Precision = (OnnxPrecision)7 }), Throws.ArgumentException.With.Message.Contains("Float16"));

        void Export(OnnxExportOptions options) => ml.MultiTask.ExportOnnx(model, data.Schema, Stream.Null, options);
    }

    private EstimatorChain<ITransformer> Steps() => new EstimatorChain<ITransformer>()
        .Append(ml.Transforms.Categorical.OneHotEncoding([new InputOutputColumnPair("ColourHot", "Colour"), new InputOutputColumnPair("Shape")]))
        .Append(ml.Transforms.IndicateMissingValues("Missing", "A"))
        .Append(ml.Transforms.Conversion.ConvertType([new InputOutputColumnPair("Missing"), new InputOutputColumnPair("Year")]))
        .Append(ml.Transforms.Concatenate("Numbers", "B", "A", "Pair"))
        .Append(ml.Transforms.ReplaceMissingValues("Numbers", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
        .Append(ml.Transforms.NormalizeMeanVariance("Numbers", fixZero: false))
        .Append(ml.Transforms.NormalizeMinMax([new InputOutputColumnPair("Year"), new InputOutputColumnPair("MissingToo", "Missing")]))
        .Append(ml.Transforms.CopyColumns("YearAgain", "Year"))
        .Append(ml.Transforms.Conversion.MapValueToKey("Class"))
        .Append((IEstimator<ITransformer>)ml.Transforms.Concatenate("Features", "YearAgain", "Shape", "Numbers", "Missing", "MissingToo", "ColourHot"));

    private static MultiTaskTrainer.Options Options() => new()
    {
        Tasks =
        [
            TaskColumn.Classification("class", "Class"), TaskColumn.Classification("flag", "Flag"), TaskColumn.Regression("number", "Number"),
            TaskColumn.Regression("vector", "Vector", TargetScale.Common), TaskColumn.Count("count", "Count"),
            TaskColumn.Derived("area", TaskDerivation.FromFunction("product", _ => 1, values => values[0].mul(values[1])), "number", "count"),
        ],
        Training = new TrainingOptions { Epochs = 8, BatchSize = 16, LearningRate = 0.01, HiddenUnits = [16], Seed = 1 },
    };

    private static Dictionary<string, Array> Inputs(IReadOnlyList<Row> rows) => new()
    {
        ["A"] = rows.Select(row => row.A).ToArray(), ["B"] = rows.Select(row => row.B).ToArray(), ["Year"] = rows.Select(row => row.Year).ToArray(),
        ["Pair"] = rows.SelectMany(row => row.Pair).ToArray(), ["Colour"] = rows.Select(row => row.Colour).ToArray(), ["Shape"] = rows.Select(row => row.Shape).ToArray(),
    };

    private string[] ClassNames()
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        model.Transform(data).Schema["class.Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    // By the columns that users see.
    private void CompareRows(IReadOnlyDictionary<string, float[]> found, IReadOnlyList<Row> rows)
    {
        var expected = model.Transform(ml.Data.LoadFromEnumerable(rows));
        Close.Check(found["class"], Vectors("class.Score"), "class");
        Close.Check([.. found["flag"].Where((_, i) => i % 2 == 1)], [.. expected.GetColumn<float>("flag.Probability")], "flag");
        Close.Check(found["number"], [.. expected.GetColumn<float>("number.Score")], "number");
        Close.Check(found["vector"], Vectors("vector.Score"), "vector");
        Close.Check(found["count"], [.. expected.GetColumn<float>("count.Score")], "count");

        float[] Vectors(string column) => [.. expected.GetColumn<float[]>(column).SelectMany(values => values)];
    }

    private sealed class Row
    {
        public float A { get; set; }

        public float B { get; set; }

        public string Colour { get; set; } = "";

        public string Shape { get; set; } = "";

        public float Year { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        public string Class { get; set; } = "";

        public bool Flag { get; set; }

        public float Number { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];

        public float Count { get; set; }

        /// <summary>Every fifth A, every ninth B and one colour in four is missing; in other rows than those of training some texts are new.</summary>
        public static List<Row> Many(int count, int seed)
        {
            var random = new Random(seed);
            string[] colours = ["red", "green", "blue", ""];
            return [.. Enumerable.Range(0, count).Select(i =>
            {
                var (a, b, year) = (random.NextSingle(), random.NextSingle(), random.Next(1950, 2020));
                return new Row
                {
                    A = i % 5 == 4 ? float.NaN : a,
                    B = i % 9 == 3 ? float.NaN : 1000 + b,
                    Colour = seed > 1 && i % 6 == 5 ? "purple" : colours[random.Next(4)],
                    Shape = random.Next(2) == 0 ? "flat" : "round",
                    Year = year,
                    Pair = [-a, 5 * b],
                    Class = a < 0.3f ? "low" : a < 0.6f ? "middle" : "high",
                    Flag = b > 0.5f,
                    Number = 100_000 + (20_000 * a),
                    Vector = [-5 + a, 9 + b],
                    Count = 10 + random.Next(1, 3) + (int)(30 * b),
                };
            })];
        }
    }
}
