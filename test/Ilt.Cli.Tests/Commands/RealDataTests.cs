using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

/// <summary>The real tables that <c>ILT_DATA</c> points to, read whole and run briefly.</summary>
[Category("RealData")]
public sealed class RealDataTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

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
        var wrong = _folder["wrong" + Path.GetExtension(file)];

        CliRun.Done("corrupt", data, "--task", first, "--kind", kind, "--fraction", "0.2", "--out", wrong, "--mask", _folder["mask.csv"]);
        CliRun.Done(["flag", wrong, "--task", first, "--task", second, .. ignore.Length > 0 ? new[] { "--ignore", ignore } : [], "--epochs", "2", "--out", _folder["out"]]);
        var output = CliRun.Done("evaluate", Path.Combine(_folder["out"], "noise-scores.csv"), "--mask", _folder["mask.csv"]);

        Assert.That(output, Does.Contain(first.Split('=')[0]));
    }

    private static string Data(string file)
    {
        var folder = Environment.GetEnvironmentVariable("ILT_DATA");
        if (string.IsNullOrEmpty(folder))
            Assert.Ignore("the environment variable ILT_DATA is not set; it names the folder with the real data");
        var path = Path.Combine(folder!, file);
        if (!File.Exists(path))
            Assert.Ignore($"{path} is absent");
        return path;
    }
}
