using System.Text.Json;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

public sealed class FlagImagesTests
{
    private TempFolder folder = null!;
    private SceneFiles scenes = null!;

    [SetUp]
    public void MakeFolder() => (folder, scenes) = (new TempFolder(), null!);

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_MasksMapsClassesAndNumbers_WritesScoresRegionsAndHeatMaps()
    {
        scenes = new SceneFiles(folder);

        var output = CliRun.Done(scenes.Flag(
            "--task", SceneFiles.SegTask, "--task", SceneFiles.DepthTask, "--task", "light=class:light", "--task", "cars=regression:cars", "--map-scale", "0.001", "--regions", "3"));

        var scores = NoiseScoresCsv.Read(Out("noise-scores.csv"));
        foreach (var task in scores.GroupBy(s => s.Task))
        {
            Assert.That(task.Select(s => s.Rank), Is.EqualTo(Enumerable.Range(1, 24)));
            Assert.That(task.Select(s => s.NoiseScore), Is.Ordered.Descending);
        }

        Assert.That(scores.Select(s => s.Task).Distinct(), Is.EqualTo(new[] { "seg", "depth", "light", "cars" }));
        Assert.That(scores.Where(s => s.Task is "seg" or "depth").All(s => s.GivenLabel == "" && s.PredictedLabel == ""), Is.True);
        Assert.That(scores.Where(s => s.Task == "light").All(s => s.PredictedLabel is "even" or "odd" && s.GivenLabel is "even" or "odd"), Is.True);

        Assert.That(File.ReadLines(Out("regions.csv")).First(), Is.EqualTo("task,id,rank,region,given,suggested,top,left,height,width,pixels,share,heat"));
        foreach (var task in new[] { "seg", "depth" })
        {
            var suspects = scores.Where(s => s.Task == task).Take(3).Select(s => $"{s.Rank:D4}-{s.Id}.png");
            Assert.That(Directory.GetFiles(Out($"heatmaps/{task}")).Select(f => Path.GetFileName(f)).Order(), Is.EqualTo(suspects));
        }

        var picture = PngImage.ReadImage(Directory.GetFiles(Out("heatmaps/seg"))[0]);
        Assert.That(picture.Size, Is.EqualTo(new ImageSize(384, 384)), "small images are enlarged");
        Assert.That(output, Does.Contain("24 images, 32x32 pixels").And.Contain("read 24 of 24 images").And.Contain("training waited for images").And.Contain("heatmaps"));
        Assert.That(folder.Files.Where(f => f.EndsWith(".tmp", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Flag_Regions_LieWithinTheImageAndMatchTheScores()
    {
        scenes = new SceneFiles(folder);

        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--regions", "4", "--classes-map", folder.Write("classes.csv",
            "id,class,name\n" + string.Join('\n', Enumerable.Range(0, 8).Select(i => $"{i},{i},class {i}")) + "\n")));

        var ranks = NoiseScoresCsv.Read(Out("noise-scores.csv")).ToDictionary(s => s.Id, s => s.Rank);
        var regions = TableReader.Read(Out("regions.csv"));
        var numbers = regions.Columns.ToDictionary(c => c.Name, c => c.Kind == ColumnKind.Number ? c.ToNumbers("") : []);
        Assert.That(regions.RowCount, Is.GreaterThan(0));
        for (var row = 0; row < regions.RowCount; row++)
        {
            Assert.That(numbers["rank"][row], Is.EqualTo(ranks[regions.Column("id", "")[row]]).And.LessThanOrEqualTo(4));
            Assert.That(numbers["top"][row] + numbers["height"][row], Is.LessThanOrEqualTo(32));
            Assert.That(numbers["share"][row], Is.GreaterThan(0).And.LessThanOrEqualTo(1));
            Assert.That(regions.Column("given", "")[row], Does.Match("^class [0-7]$"));
            Assert.That(regions.Column("suggested", "")[row], Does.Match("^class [0-7]$").And.Not.EqualTo(regions.Column("given", "")[row]));
        }
    }

    [Test]
    public void Flag_Record_TellsOfImagesNetworkAndWaiting()
    {
        scenes = new SceneFiles(folder);

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--task", "depth=map:array", "--validation", "0.25", "--flip", "0.5", "--colour", "0.1", "--scale", "0.9:1.2", "--crop", "24x16", "--memory", "1", "--regions", "0"));

        using var record = Record();
        var images = record.RootElement.GetProperty("images");
        Assert.That((images.GetProperty("height").GetInt32(), images.GetProperty("width").GetInt32()), Is.EqualTo((32, 32)));
        Assert.That(images.GetProperty("network").GetProperty("baseWidth").GetInt32(), Is.EqualTo(4));
        Assert.That(images.GetProperty("augmentation").GetProperty("crop").GetProperty("height").GetInt32(), Is.EqualTo(24));
        Assert.That(images.GetProperty("waitShare").GetDouble(), Is.InRange(0, 1));
        Assert.That(record.RootElement.GetProperty("epochs")[0].GetProperty("waitSeconds").GetDouble(), Is.GreaterThanOrEqualTo(0));
        Assert.That(output, Does.Match(@"validation, task seg: mean IoU \d\.\d{4}, pixel accuracy \d\.\d{4} \(6 masks\)"));
        Assert.That(output, Does.Match(@"validation, task depth: mean absolute error [\d.]+, relative \d+\.\d{4}, root mean squared error [\d.]+ \(6 maps\)"));
        var metrics = record.RootElement.GetProperty("validationMetrics");
        Assert.That(metrics.GetProperty("seg").GetProperty("meanIoU").GetDouble(), Is.InRange(0, 1));
        Assert.That(metrics.GetProperty("depth").GetProperty("rows").GetInt32(), Is.EqualTo(6));
        Assert.That(NoiseScoresCsv.Read(Out("noise-scores.csv")).Count(s => s.Task == "seg"), Is.EqualTo(18));
    }

    [Test]
    public void Flag_SizesDiffer_AsksForOneAndResizesToIt()
    {
        scenes = new SceneFiles(folder, 8);
        var other = new SceneFiles(new TempFolder(), 1, 40);
        foreach (var kind in new[] { "img", "seg" })
            File.Copy(Path.Combine(Path.GetDirectoryName(other.Table)!, kind, "s00.png"), folder[$"{kind}/s05.png"], overwrite: true);

        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask)), Does.Contain("line 7, column 'image'").And.Contain("40x40").And.Contain("--size 32x32"));
        Assert.That(CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--size", "16x24")), Does.Contain("8 images, 16x24 pixels"));
    }

    [Test]
    public void Flag_ImageColumnIsTheId_IsKnownByItsCells()
    {
        scenes = new SceneFiles(folder, 8);

        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--id", "image").Where((_, i) => i is not (2 or 3)).ToArray());
        CliRun.Done("predict", Out("model.zip"), scenes.Table, "--images", folder.Root, "--out", folder["p.csv"]);

        Assert.That(NoiseScoresCsv.Read(Out("noise-scores.csv")).Select(s => s.Id).Order(), Is.EqualTo(Enumerable.Range(0, 8).Select(i => $"img/s0{i}.png")));
        Assert.That(File.ReadLines(folder["p.csv"]).Skip(1).First(), Is.EqualTo("img/s00.png,p-pixels/seg/img_s00.png.png"));
    }

    [Test]
    public void Flag_WithoutIdAndRowsSkipped_NumbersRowsAsTheTableDoes()
    {
        scenes = new SceneFiles(folder, 10);
        File.Delete(folder["img/s02.png"]);
        // A broken file is noticed only when its pixels are read, so the trainer counts it.
        BreakPixels(folder["seg/s04.png"]);

        var output = CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--on-bad-row", "skip").Where((_, i) => i is not (2 or 3)).ToArray());

        var ids = NoiseScoresCsv.Read(Out("noise-scores.csv")).Select(s => int.Parse(s.Id)).Order();
        Assert.That(ids, Is.EqualTo(new[] { 1, 2, 4, 6, 7, 8, 9, 10 }));
        Assert.That(output, Does.Contain("1 bad row skipped").And.Contain("img/s02.png").And.Contain("rows.csv: line 6").And.Contain("s04.png"));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("images").GetProperty("skippedRows").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void Flag_EmptyMaskCells_AreRowsWithoutALabel()
    {
        scenes = new SceneFiles(folder, 10);
        var table = scenes.Rewrite("mask", (row, _) => row < 3 ? "" : null);

        var output = CliRun.Done(scenes.FlagTable(table, "--task", SceneFiles.SegTask, "--task", "light=class:light"));

        var scores = NoiseScoresCsv.Read(Out("noise-scores.csv"));
        Assert.That((scores.Count(s => s.Task == "seg"), scores.Count(s => s.Task == "light")), Is.EqualTo((7, 10)));
        Assert.That(output, Does.Contain("task seg: 3 rows without a label"));
    }

    [Test]
    public void Flag_BinaryMasks_NeedTheBinaryMap()
    {
        scenes = new SceneFiles(folder, 8);
        foreach (var path in Directory.GetFiles(folder["seg"]))
        {
            var mask = LabelPng.ReadMask(path);
            PngWriter.Write(path, mask with { Pixels = Array.ConvertAll(mask.Pixels, id => (byte)(id == 0 ? 255 : 0)) });
        }

        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask)), Does.Contain("one class only, 0").And.Contain("ignore value 255").And.Contain("--classes-map binary"));
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--classes-map", "binary"));

        using var record = Record();
        Assert.That(record.RootElement.GetProperty("tasks")[0].GetProperty("classes").GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public void Flag_CancelledWhileReadingImages_WritesNothing()
    {
        scenes = new SceneFiles(folder);
        using var source = new CancellationTokenSource();
        using var output = new CancellingWriter("training:", source);

        var code = CliApplication.Run(scenes.Flag("--task", SceneFiles.SegTask), output, TextWriter.Null, interactive: false, source.Token);

        Assert.That(code, Is.EqualTo(130));
        Assert.That(Directory.GetFiles(folder["out"]), Is.Empty);
    }

    [Test]
    public void Flag_CancelledWhileTraining_WritesWhatWasLearned()
    {
        scenes = new SceneFiles(folder);
        using var source = new CancellationTokenSource();
        using var output = new CancellingWriter("epoch 1/", source);

        var code = CliApplication.Run(scenes.Flag("--task", SceneFiles.SegTask, "--epochs", "500").Where((_, i) => i is not (8 or 9)).ToArray(), output, TextWriter.Null, interactive: false, source.Token);

        Assert.That(code, Is.EqualTo(130));
        using var record = Record();
        Assert.That(record.RootElement.GetProperty("complete").GetBoolean(), Is.False);
        Assert.That(File.Exists(Out("regions.csv")), Is.True);
    }

    [Test]
    public void Flag_EarlierHeatMaps_AreReplaced()
    {
        scenes = new SceneFiles(folder, 8);
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--regions", "8"));

        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--regions", "2"));

        Assert.That(Directory.GetFiles(Out("heatmaps/seg")), Has.Length.EqualTo(2));
    }

    [Test]
    public void FileNames_OfOddIds_AreSafeAndDistinct()
    {
        Assert.That(FileNames.Safe("../a b/ü:1"), Is.EqualTo("_a_b_ü_1"));
        Assert.That(FileNames.Distinct(["a/b", "a:b", "A_B", "..."]), Is.EqualTo(new[] { "a_b", "a_b-2", "A_B-3", "_" }));
    }

    /// <summary>Damages the compressed pixels of a PNG file, whose head and end stay good.</summary>
    internal static void BreakPixels(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("IDAT"u8) + 8] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
    }

    private string Out(string name) => Path.Combine(folder["out"], name);

    private JsonDocument Record() => JsonDocument.Parse(File.ReadAllBytes(Out("run.json")));
}
