using System.Globalization;
using Ilt.Cli.Images;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ilt.Cli.Tests.Commands;

public sealed class ExportCommandTests
{
    private static readonly string[] Tasks = ["--task", SmallTable.KindTask, "--task", SmallTable.SizeTask, "--task", "both=regression:size,weight"];

    private TempFolder folder = null!;
    private string data = null!;
    private string run = null!;

    [OneTimeSetUp]
    public void Train()
    {
        folder = new TempFolder();
        data = folder.Write("t.csv", WithGaps(SmallTable.Csv()));
        run = folder["out"];
        CliRun.Done(SmallTable.Quick(["flag", data, .. Tasks, "--id", "id", "--out", run]));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Export_OfATable_PredictsFromItsColumnsWhatPredictDoes()
    {
        var output = CliRun.Done("export", run, folder["m.onnx"]);
        Assert.That(output, Does.Contain("inputs: x1, x2, colour").And.Contain("outputs: kind, size, both").And.Contain("written: "));
        CliRun.Done("predict", Path.Combine(run, "model.zip"), data, "--out", folder["p.csv"]);

        var (table, predicted) = (TableReader.Read(data), TableReader.Read(folder["p.csv"]));
        using var session = new InferenceSession(folder["m.onnx"]);
        using var results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("x1", Column(table.Column("x1", "").ToNumbers(""))),
            NamedOnnxValue.CreateFromTensor("x2", Column(table.Column("x2", "").ToNumbers(""))),
            NamedOnnxValue.CreateFromTensor("colour", Column(Enumerable.Range(0, table.RowCount).Select(table.Column("colour", "").Text).ToArray())),
        ]);
        var found = results.ToDictionary(result => result.Name, result => result.AsTensor<float>());
        Assert.That(session.ModelMetadata.CustomMetadataMap["ilt.tasks"], Does.Contain("\"label\":\"size,weight\"").And.Contain("\"names\":[\"size\",\"weight\"]"));
        Compare("size", found["size"], 0, 1);
        Compare("both.weight", found["both"], 1, 2);
        var first = session.ModelMetadata.CustomMetadataMap["ilt.tasks"].Contains("[\"big\",\"small\"]", StringComparison.Ordinal) ? "kind.big" : "kind.small";
        Compare(first, found["kind"], 0, 2);

        void Compare(string column, Tensor<float> values, int slot, int size)
        {
            var expected = predicted.Column(column, "").ToNumbers("");
            var numbers = values.ToArray();
            for (var row = 0; row < expected.Length; row++)
                Assert.That(numbers[(row * size) + slot], Is.EqualTo(expected[row]).Within(1e-4 * Math.Max(1, Math.Abs(expected[row]))), $"{column}, row {row + 1}");
        }

        static DenseTensor<T> Column<T>(T[] values) => new(values, [values.Length, 1]);
    }

    [Test]
    public void Export_OfTheNetworkInHalfPrecision_TakesFeaturesAndIsSmaller()
    {
        CliRun.Done("export", Path.Combine(run, "model.zip"), folder["whole.onnx"], "--network-only");
        Assert.That(CliRun.Done("export", run, folder["half.onnx"], "--network-only", "--precision", "float16"), Does.Contain("inputs: features\n").Or.Contain("inputs: features\r"));
        Assert.That(new FileInfo(folder["half.onnx"]).Length, Is.LessThan(0.7 * new FileInfo(folder["whole.onnx"]).Length));
    }

    [Test]
    public void Export_OfImages_TakesPlanesOfPixelsAndPredictsTheMasksOfPredict()
    {
        using var own = new TempFolder();
        var scenes = new SceneFiles(own, count: 12);
        var map = own.Write("classes.csv", "id,class,name\n" + string.Join('\n', Enumerable.Range(0, 8).Select(i => $"{i},{i},class {i}")) + "\n");
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", map, "--regions", "0"));
        Assert.That(CliRun.Done("export", own["out"], own["m.onnx"]), Does.Contain("inputs: image").And.Contain("outputs: seg"));
        CliRun.Done("predict", Path.Combine(own["out"], "model.zip"), scenes.Table, "--images", own.Root, "--id", "id", "--out", own["p.csv"]);

        using var session = new InferenceSession(own["m.onnx"]);
        Assert.That(session.ModelMetadata.CustomMetadataMap["ilt.tasks"], Does.Contain("\"class 7\""));
        var pixels = Picture.Read(own["img/s03.png"], new ImageSize(32, 32)).Pixels;
        var planes = Enumerable.Range(0, pixels.Length).Select(i => (float)pixels[(i % 1024 * 3) + (i / 1024)]).ToArray();
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("image", new DenseTensor<float>(planes, [1, 3, 32, 32]))]);
        var probabilities = results[0].AsTensor<float>().ToArray();
        var classes = new byte[1024];
        PixelClasses.MostProbable(probabilities, probabilities.Length / 1024, classes);
        var predicted = Directory.EnumerateFiles(own["p-pixels"], "*s03*.png", SearchOption.AllDirectories).Single();
        var expected = LabelFiles.ReadMask(predicted).Pixels;
        Assert.That(classes.Where((value, i) => value != expected[i]).Count(), Is.LessThanOrEqualTo(2), "but for ties");
    }

    [Test]
    public void Export_WhatIsNoRunOrNoPlace_IsRefused()
    {
        Assert.That(CliRun.Refused("export", folder["absent"], folder["q.onnx"]), Does.Contain("there is no such file"));
        Assert.That(CliRun.Refused("export", run, run), Does.Contain("FILE").And.Contain("is a directory"));
        Assert.That(CliRun.Refused("export", run, Path.Combine(run, "model.zip")), Does.Contain("is the file that is read"));
        Assert.That(CliRun.Refused("export", run, folder["q.onnx"], "--precision", "int8"), Does.Contain("--precision int8").And.Contain("float16"));
        Assert.That(File.Exists(folder["q.onnx"]), Is.False);
    }

    // Some numbers and texts are missing, as in most tables.
    private static string WithGaps(string csv) => string.Join('\n', csv.TrimEnd().Split('\n').Select((line, i) =>
    {
        var cells = line.Split(',');
        if (i > 0 && i % 7 == 0) cells[1] = "";
        if (i > 0 && i % 11 == 0) cells[3] = "";
        return string.Join(',', cells);
    })) + "\n";
}
