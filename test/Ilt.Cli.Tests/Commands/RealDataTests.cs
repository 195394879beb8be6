using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>The real tables and images that <c>ILT_DATA</c> points to, read whole and run briefly.</summary>
[Category("RealData")]
public sealed class RealDataTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("uci-tabular/abalone.csv", "sex=class:Gender", "rings=regression:Rings", "")]
    [TestCase("uci-tabular/winequality-red.csv", "quality=class:quality", "alcohol=regression:alcohol", "")]
    [TestCase("uci-tabular/student-por.csv", "grade=regression:G3", "higher=class:higher", "G1,G2")]
    [TestCase("uci-tabular/bike-hour.csv", "casual=regression:casual", "registered=regression:registered", "cnt,dteday,instant")]
    [TestCase("mulan-mtr/enb.arff", "heating=regression:Y1", "cooling=regression:Y2", "")]
    [TestCase("mulan-mtr/edm.arff", "flow=class:DFlow", "gap=regression:DGap", "")]
    [TestCase("mulan-mtr/sf2.arff", "c=regression:c-class", "m=regression:m-class", "")]
    [TestCase("mulan-mtr/atp1d.arff", "next=regression:LBL+ALLminpA+fut_001", "all=regression:LBL+*", "")]
    public void CorruptFlagEvaluate_RealTable_RunsThrough(string file, string first, string second, string ignore)
    {
        var data = Data(file);
        var kind = first.Contains("=class:") ? "flip" : "swap";
        var wrong = folder["wrong" + Path.GetExtension(file)];

        CliRun.Done("corrupt", data, "--task", first, "--kind", kind, "--fraction", "0.2", "--out", wrong, "--truth", folder["truth.csv"]);
        CliRun.Done(["flag", wrong, "--task", first, "--task", second, .. ignore.Length > 0 ? new[] { "--ignore", ignore } : [], "--epochs", "2", "--out", folder["out"]]);
        var output = CliRun.Done("evaluate", Path.Combine(folder["out"], "noise-scores.csv"), "--truth", folder["truth.csv"]);

        Assert.That(output, Does.Contain(first.Split('=')[0]));
    }

    [TestCase("dsb2018-nuclei", "images", "masks_original", "--instance-ids", "shift")]
    [TestCase("camvid/train", "image", "label", "--ignore-value 11", "permute")]
    public void ListCorruptFlagEvaluate_RealImages_RunsThrough(string set, string images, string masks, string options, string kind)
    {
        var root = Path.GetDirectoryName(Data(Path.Combine(set, images), isFolder: true))!;
        CliRun.Done("list", "folders", Path.Combine(root, images), Path.Combine(root, masks), "--out", folder["all.csv"]);
        File.WriteAllLines(folder["t.csv"], File.ReadLines(folder["all.csv"]).Take(25));

        CliRun.Done([
            "corrupt", folder["t.csv"], "--id", "id", "--task", "seg=mask:mask", "--labels", root, "--kind", kind, "--fraction", "0.4",
            "--out", folder["wrong.csv"], "--truth", folder["truth.csv"], .. options.Split(' '),
        ]);
        CliRun.Done([
            "flag", folder["wrong.csv"], "--id", "id", "--image", "image", "--images", root, "--task", "seg=mask:mask", "--size", "48x64", "--network", "unet", "--width", "4", "--depth", "2",
            "--epochs", "2", "--regions", "2", "--out", folder["out"], .. options.Split(' ')]);
        var output = CliRun.Done("evaluate", Path.Combine(folder["out"], "noise-scores.csv"), "--truth", folder["truth.csv"]);

        Assert.That(output, Does.Contain("seg").And.Contain("24"));
    }

    [Test]
    public void ListCorruptFlagEvaluate_RealPeople_RunsThrough()
    {
        var root = Data("body-like-surreal", isFolder: true);
        var body = Data("makehuman-cc0/smpl-like-model.npz");
        string[] tasks = ["--task", BodyTable.ShapeTask, "--task", BodyTable.PoseTask, "--task", "surface=vertices:shape,pose"];
        CliRun.Done("list", "bodies", root, "--out", folder["all.csv"]);
        File.WriteAllLines(folder["t.csv"], File.ReadLines(folder["all.csv"]).Take(25));

        CliRun.Done(["corrupt", folder["t.csv"], "--id", "id", .. tasks, "--kind", "uniform", "--range", "-2,2", "--fraction", "0.4", "--out", folder["wrong.csv"], "--truth", folder["truth.csv"]]);
        CliRun.Done([
            "flag", folder["wrong.csv"], "--id", "id", "--image", "image", "--images", root, .. tasks, "--task", BodyTable.MaskTask, "--classes-map", "parts25", "--body", body, "--network", "body-unet", "--width", "4",
            "--augment-person", "camera", "--epochs", "2", "--regions", "2", "--pictures", "1", "--out", folder["out"]]);
        var output = CliRun.Done("evaluate", Path.Combine(folder["out"], "noise-scores.csv"), "--truth", folder["truth.csv"]);

        Assert.That(output, Does.Contain("surface").And.Contain("24"));
        Assert.That(Directory.GetFiles(Path.Combine(folder["out"], "pictures"), "*.png", SearchOption.AllDirectories), Has.Length.EqualTo(4));
    }

    private static string Data(string file, bool isFolder = false)
    {
        var folder = Environment.GetEnvironmentVariable("ILT_DATA");
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore("the environment variable ILT_DATA is not set; it names the folder with the real data");
        var path = Path.Combine(folder!, file);
        if (isFolder ? !Directory.Exists(path) : !File.Exists(path))
            Assert.Ignore($"{path} is absent");
        return path;
    }
}
