using System.Text.Json;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

public sealed class FlagBodiesTests
{
    private static readonly string[] ShapeAndPose = ["--task", BodyTable.ShapeTask, "--task", BodyTable.PoseTask];
    private static readonly string[] Surface = [.. ShapeAndPose, "--task", "surface=vertices:shape,pose"];

    private TempFolder folder = null!;
    private BodyTable people = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Flag_Surface_ComesFromShapeAndPose()
    {
        people = new BodyTable(folder, 10, 4);

        var output = CliRun.Done(people.Flag([.. Surface, "--task", BodyTable.MaskTask, "--classes", "25", "--body", people.Body, "--validation", folder["val.csv"]]));

        Assert.That(output, Does.Contain("task surface: vertices of a body from shape and pose"));
        Assert.That(output, Does.Contain("body.npz, 370 vertices (370 of them computed), 24 joints, 10 shape coefficients"));
        Assert.That(output, Does.Match(@"validation, task surface: surface error \d+\.\d mm, MPJPE \d+\.\d mm, aligned \d+\.\d mm \(4 rows\)"));
        Assert.That(output, Does.Contain("task pose: regression of pose_0 .. pose_143 (144 columns)"));
        var scores = NoiseScoresCsv.Read(folder["out/noise-scores.csv"]);
        Assert.That(scores.GroupBy(s => s.Task).Select(g => (g.Key, g.Count())), Is.EqualTo(new[] { ("shape", 10), ("pose", 10), ("surface", 10), ("mask", 10) }));
        Assert.That(scores.Where(s => s.Task == "surface").Select(s => s.GivenLabel + s.PredictedLabel), Is.All.Empty);
        using var record = JsonDocument.Parse(File.ReadAllBytes(folder["out/run.json"]));
        var surface = record.RootElement.GetProperty("tasks")[2];
        Assert.That((surface.GetProperty("kind").GetString(), surface.GetProperty("labelledRows").GetInt32()), Is.EqualTo(("vertices", 10)));
        Assert.That(surface.GetProperty("sources").EnumerateArray().Select(e => e.GetString()), Is.EqualTo(new[] { "shape", "pose" }));
        Assert.That(record.RootElement.GetProperty("body").GetProperty("vertices").GetInt32(), Is.EqualTo(370));
        Assert.That(record.RootElement.GetProperty("body").GetProperty("sha256").GetString(), Has.Length.EqualTo(64));
        var metrics = record.RootElement.GetProperty("validationMetrics").GetProperty("surface");
        Assert.That(metrics.GetProperty("surfaceErrorMm").GetDouble(), Is.GreaterThan(metrics.GetProperty("alignedJointErrorMm").GetDouble()).And.LessThan(2000));
        Assert.That(metrics.GetProperty("jointErrorMm").GetDouble(), Is.Positive);

        CliRun.Done("predict", folder["out/model.zip"], folder["val.csv"], "--images", people.People, "--out", folder["p.csv"]);
        var predictions = TableReader.Read(folder["p.csv"]);
        Assert.That(predictions.Names, Is.EqualTo(["id", .. Enumerable.Range(0, 10).Select(i => $"shape.shape_{i}"), .. Enumerable.Range(0, 144).Select(i => $"pose.pose_{i}"), "mask"]), "no vertices");
        Assert.That(predictions.RowCount, Is.EqualTo(4));
    }

    [Test]
    public void Flag_ColumnsInAnyOrder_LearnsTheSame()
    {
        people = new BodyTable(folder);
        CliRun.Done(people.Flag([.. Surface, "--body", people.Body]));
        var scores = File.ReadAllText(folder["out/noise-scores.csv"]);

        people.Shuffle(3);
        CliRun.Done(people.Flag([.. Surface, "--body", people.Body]));

        Assert.That(TableReader.Read(people.Path).Names, Is.Not.Ordered);
        Assert.That(File.ReadAllText(folder["out/noise-scores.csv"]), Is.EqualTo(scores));
    }

    [Test]
    public void Flag_WithoutABody_LearnsVectorsWithConstantNumbers()
    {
        people = new BodyTable(folder);
        foreach (var row in Enumerable.Range(0, 10))
            people.Set(row, "pose_7", "1");

        var output = CliRun.Done(people.Flag("--task", BodyTable.PoseTask, "--network", "body-unet"));

        Assert.That(output, Does.Contain("note: task pose: some of its columns hold one value only, so all are learned on one scale"));
        Assert.That(CliRun.Refused(people.Flag("--task", "both=regression:pose_7,trans_x")), Does.Contain("column 'pose_7' is constant"));
    }

    [Test]
    public void Flag_NoNetworkNamed_TakesTheOneForBodiesWhereItFits()
    {
        people = new BodyTable(folder);
        string[] args = ["flag", people.Path, "--id", "id", "--image", "image", "--images", people.People, "--epochs", "1", "--batch", "5", .. Surface, "--task", BodyTable.MaskTask, "--body", people.Body];
        string Network()
        {
            using var record = JsonDocument.Parse(File.ReadAllBytes(folder["out/run.json"]));
            return record.RootElement.GetProperty("images").GetProperty("network").GetRawText();
        }

        var output = CliRun.Done([.. args, "--size", "16x16", "--out", folder["out"]]);
        Assert.That(output, Does.Not.Contain("no multiples"));
        Assert.That(Network(), Does.Contain("\"inputStride\": 2"));

        output = CliRun.Done([.. args, "--size", "24x24", "--out", folder["out"]]);
        Assert.That(output, Does.Contain("note: 24x24 pixels are no multiples of 16, so the network is a residual CNN"));
        Assert.That(Network(), Does.Not.Contain("inputStride"));
    }

    [Test]
    public void Flag_CorruptShapeAndPose_AreMarkedForTheSurfaceToo()
    {
        people = new BodyTable(folder);
        CliRun.Done(["corrupt", people.Path, .. Surface, "--kind", "uniform", "--range", "-2,2", "--fraction", "0.4", "--id", "id", "--out", folder["wrong.csv"], "--truth", folder["m.csv"]]);

        CliRun.Done([.. people.Flag([.. Surface, "--body", people.Body]).Select(arg => arg == people.Path ? folder["wrong.csv"] : arg)]);
        var output = CliRun.Done("evaluate", folder["out/noise-scores.csv"], "--truth", folder["m.csv"]);

        Assert.That(TruthCsv.Read(folder["m.csv"]).GroupBy(m => m.Task).Select(g => (g.Key, g.Count(m => m.Corrupted))), Is.EqualTo(new[] { ("shape", 4), ("pose", 4), ("surface", 4) }));
        Assert.That(output, Does.Contain("shape").And.Contain("pose").And.Contain("surface").And.Not.Contain("no mask for"));
    }

    [Test]
    public void Flag_MissingOrBadNumbers_NameRowAndColumn()
    {
        people = new BodyTable(folder);
        people.Set(4, "pose_20", "");
        var output = CliRun.Done(people.Flag([.. Surface, "--body", people.Body]));
        Assert.That(output, Does.Contain("task pose: 1 row without a label").And.Contain("rows.csv: line 6, column 'pose_20' (id '0004')"));
        Assert.That(output, Does.Contain("task surface: 1 row without a label"));

        people.Set(6, "pose_3", "NaN");
        Assert.That(CliRun.Refused(people.Flag(ShapeAndPose)), Does.Contain("rows.csv: line 8, column 'pose_3' (id '0006'): 'NaN' is not a number"));
        output = CliRun.Done(people.Flag([.. ShapeAndPose, "--on-bad-row", "skip"]));
        Assert.That(output, Does.Contain("1 bad row skipped, the first because: ").And.Contain("column 'pose_3' (id '0006')"));
        Assert.That(NoiseScoresCsv.Read(folder["out/noise-scores.csv"]).Where(s => s.Task == "shape").Select(s => s.Id), Does.Not.Contain("0006").And.Contain("0004"));
    }

    [Test]
    public void Flag_MaskWithPart25_NamesFileAndPixel()
    {
        people = new BodyTable(folder);
        var path = folder["people/segm/0002.png"];
        var mask = LabelPng.ReadMask(path);
        mask.Pixels[(16 * 3) + 9] = 25;
        PngWriter.Write(path, mask);

        Assert.That(CliRun.Refused(people.Flag("--task", BodyTable.MaskTask, "--classes", "25")), Does.Contain("0002.png").And.Contain("25 at row 3, column 9"));
    }

    [Test]
    public void Flag_Body_DrawsTheMostSuspiciousRows()
    {
        people = new BodyTable(folder);
        string[] tasks = [.. Surface, "--task", BodyTable.MaskTask, "--classes", "25", "--body", people.Body];

        var output = CliRun.Done(people.Flag([.. tasks, "--pictures", "2", "--size", "8x8"]));

        Assert.That(output, Does.Contain(Path.Combine(folder["out"], "pictures")));
        var files = Directory.GetFiles(folder["out/pictures"], "*.png", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder["out/pictures"], f).Replace('\\', '/')).Order();
        Assert.That(files, Is.EquivalentTo(NoiseScoresCsv.Read(folder["out/noise-scores.csv"]).Where(s => s.Rank <= 2).Select(s => $"{s.Task}/000{s.Rank}-{s.Id}.png")));
        var id = NoiseScoresCsv.Read(folder["out/noise-scores.csv"]).First(s => s.Task == "pose").Id;
        var picture = PngImage.ReadImage(folder[$"out/pictures/pose/0001-{id}.png"], channels: 3);
        var image = Ilt.Datasets.BodyImages.List(people.People).Single(i => i.Id == id);
        Assert.That(picture.Size, Is.EqualTo(new ImageSize(256, (5 * 256) + 8)), "the image is 16 x 16, whatever size was learned");
        var camera = Ilt.Bodies.BodyCamera.For(new ImageSize(16, 16));
        var given = new Ilt.Bodies.BodyPictures(Ilt.Bodies.BodyModel.Read(people.Body)).Row(image.ReadImage(), camera, image.ReadMask(), null, image.Body, null, 16);
        // All but the two panels of predictions; a label of six decimals moves an edge by a pixel at most.
        var differing = Enumerable.Range(0, 256 * 1288).Count(i => i % 1288 / 258 is 0 or 1 or 3 && Enumerable.Range(3 * i, 3).Any(c => Math.Abs(picture.Pixels[c] - given.Pixels[c]) > 1));
        Assert.That(differing, Is.LessThan(100));

        CliRun.Done(people.Flag([.. tasks, "--pictures", "0", "--out", folder["none"]]));
        Assert.That(Directory.Exists(folder["none/pictures"]), Is.False);
    }

    [TestCase("camera")]
    [TestCase("surreal")]
    public void Flag_AugmentPerson_ChangesPartsAndPoseWithTheImage(string frame)
    {
        people = new BodyTable(folder);
        string[] tasks = [.. Surface, "--task", BodyTable.MaskTask, "--classes-map", "parts25", "--body", people.Body, "--pictures", "0"];
        CliRun.Done(people.Flag(tasks));
        var plain = File.ReadAllText(folder["out/noise-scores.csv"]);

        CliRun.Done(people.Flag([.. tasks, "--augment-person", frame]));

        Assert.That(File.ReadAllText(folder["out/noise-scores.csv"]), Is.Not.EqualTo(plain));
        using var record = JsonDocument.Parse(File.ReadAllBytes(folder["out/run.json"]));
        Assert.That(record.RootElement.GetProperty("images").GetProperty("augmentPerson").GetString(), Is.EqualTo(frame));
        Assert.That(record.RootElement.GetProperty("tasks")[3].GetProperty("classes").EnumerateArray().Select(c => c.GetString()), Is.EqualTo(Ilt.Bodies.BodyParts.ClassNames));
    }

    [Test]
    public void Flag_PersonOptionsThatDoNotFit_AreNamed()
    {
        people = new BodyTable(folder);
        string[] mask = ["--task", BodyTable.MaskTask, "--augment-person", "camera"];
        Assert.That(CliRun.Refused(people.Flag(mask)), Does.Contain("--augment-person").And.Contain("25 body parts").And.Contain("--classes-map parts25"));
        Assert.That(CliRun.Refused(people.Flag([.. mask, "--classes", "25", "--size", "16x24"])), Does.Contain("square images, found 16x24"));
        Assert.That(CliRun.Refused(people.Flag([.. mask, "--flip", "0.5"])), Does.Contain("--flip: does not go with --augment-person"));
        Assert.That(CliRun.Refused(people.Flag([.. Surface, "--body", people.Body, "--flip", "0.5"])), Does.Contain("--flip").And.Contain("--augment-person"));
        Assert.That(CliRun.Refused(people.Flag("--task", BodyTable.PoseTask, "--task", "again=regression:pose_*", "--augment-person", "camera")), Does.Contain("both look like a pose"));
        Assert.That(CliRun.Refused(people.Flag([.. ShapeAndPose, "--pictures", "3"])), Does.Contain("--pictures 3: draws bodies"));
        File.WriteAllText(people.Path, File.ReadAllText(people.Path).Replace("trans_z", "elsewhere", StringComparison.Ordinal));
        Assert.That(CliRun.Refused(people.Flag([.. Surface, "--body", people.Body, "--pictures", "3"])), Does.Contain("--pictures").And.Contain("no column 'trans_z'"));
    }

    [Test]
    public void Flag_BadTasksOrBody_AreNamed()
    {
        people = new BodyTable(folder);
        Assert.That(Refused("surface=vertices:shape,pose"), Does.Contain("--task surface: needs a body model").And.Contain("--body"));
        Assert.That(Refused("surface=vertices:shap,pose", "--body", people.Body), Does.Contain("--task surface: there is no task 'shap'").And.Contain("did you mean 'shape'?"));
        Assert.That(Refused("surface=vertices:shape", "--body", people.Body), Does.Contain("from two tasks, shape and pose, found 1"));
        Assert.That(Refused("surface=vertices:pose,shape", "--body", people.Body), Does.Contain("--task surface: of its tasks pose and shape").And.Contain("144 numbers"));
        Assert.That(Refused("surface=vertices:shape,more", "--task", "more=regression:pose_0,pose_1", "--body", people.Body), Does.Contain("found 2 numbers").And.Contain("144"));
        Assert.That(Refused("surface=vertices:shape,mask", "--task", BodyTable.MaskTask, "--body", people.Body), Does.Contain("'mask' is a mask task"));
        Assert.That(Refused("surface=vertices:shape,pose", "--body", folder["absent.npz"]), Does.Contain("--body").And.Contain("absent.npz"));
        Assert.That(CliRun.Refused(people.Flag([.. ShapeAndPose, "--body", people.Body])), Does.Contain("no task is computed with a body"));
    }

    private string Refused(string task, params string[] more) => CliRun.Refused(people.Flag([.. ShapeAndPose, "--task", task, .. more]));
}
