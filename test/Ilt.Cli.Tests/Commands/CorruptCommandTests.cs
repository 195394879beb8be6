using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;

namespace Ilt.Cli.Tests.Commands;

public sealed class CorruptCommandTests
{
    private const string Arff = "% kept\n@relation r\n@attribute x numeric\n@attribute 'c c' {'a a',b}\n@attribute y numeric\n@data\n";

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("flip", SmallTable.KindTask)]
    [TestCase("pair", SmallTable.KindTask)]
    [TestCase("permute", SmallTable.KindTask)]
    [TestCase("swap", SmallTable.KindTask)]
    [TestCase("uniform", SmallTable.SizeTask)]
    [TestCase("gaussian", SmallTable.SizeTask)]
    [TestCase("swap", SmallTable.SizeTask)]
    public void Corrupt_EveryKind_ChangesExactlyTheMaskedCells(string kind, string task)
    {
        var data = folder.Write("t.csv", SmallTable.Csv(separator: ';'));

        CliRun.Done("corrupt", data, "--task", task, "--kind", kind, "--fraction", "0.25", "--id", "id", "--out", folder["w.csv"], "--truth", folder["m.csv"]);

        var (before, after) = (TableReader.Read(data), TableReader.Read(folder["w.csv"]));
        var mask = TruthCsv.Read(folder["m.csv"]);
        var column = task.Split(':')[1];
        Assert.That(after.Names, Is.EqualTo(before.Names));
        Assert.That(mask.Select(m => m.Id), Is.EqualTo(Enumerable.Range(1, 120).Select(i => $"row{i}")));
        Assert.That(mask.Count(m => m.Corrupted), kind == "swap" ? Is.InRange(15, 30) : Is.EqualTo(30));
        for (var row = 0; row < 120; row++)
        {
            foreach (var name in before.Names)
            {
                var same = before.Column(name, "")[row] == after.Column(name, "")[row];
                Assert.That(same, Is.EqualTo(name != column || !mask[row].Corrupted), $"row {row + 1}, column {name}");
            }
        }
    }

    [Test]
    public void Corrupt_Arff_StaysArffAndKeepsTheRest()
    {
        var rows = Enumerable.Range(0, 10).Select(i => $" {i}, {(i % 2 == 0 ? "'a a'" : "b")} ,{i}.50\n");
        var data = folder.Write("t.arff", Arff + string.Concat(rows) + "% end\n");

        CliRun.Done("corrupt", data, "--task", "c=class:c c", "--kind", "flip", "--fraction", "0.5", "--out", folder["w.arff"], "--truth", folder["m.csv"]);

        var mask = TruthCsv.Read(folder["m.csv"]);
        var expected = Enumerable.Range(0, 10).Select(i => $" {i}, {((i % 2 == 0) != mask[i].Corrupted ? "'a a'" : i % 2 == 0 ? "'b'" : "b")} ,{i}.50\n");
        Assert.That(File.ReadAllText(folder["w.arff"]), Is.EqualTo(Arff + string.Concat(expected) + "% end\n"));
        Assert.That(mask.Count(m => m.Corrupted), Is.EqualTo(5));
        Assert.That(mask.Select(m => m.Id), Is.EqualTo(Enumerable.Range(1, 10).Select(i => $"{i}")));
    }

    [Test]
    public void Corrupt_MissingLabels_StayMissing()
    {
        var data = folder.Write("t.csv", "x,c\n1,a\n2,\n3,b\n4,NA\n5,a\n6,b\n");

        CliRun.Done("corrupt", data, "--task", "c=class:c", "--kind", "pair", "--fraction", "1", "--out", folder["w.csv"], "--truth", folder["m.csv"]);

        Assert.That(File.ReadAllText(folder["w.csv"]), Is.EqualTo("x,c\n1,b\n2,\n3,a\n4,NA\n5,b\n6,a\n"));
        Assert.That(TruthCsv.Read(folder["m.csv"]).Select(m => m.Corrupted), Is.EqualTo(new[] { true, false, true, false, true, true }));
    }

    [Test]
    public void Corrupt_Range_BoundsTheNoise()
    {
        var data = folder.Write("t.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{i},100\n")));

        CliRun.Done("corrupt", data, "--task", "y=regression:y", "--kind", "uniform", "--range", "-3,-1", "--fraction", "1", "--out", folder["w.csv"], "--truth", folder["m.csv"]);

        Assert.That(TableReader.Read(folder["w.csv"]).Column("y", "").ToNumbers(""), Is.All.InRange(97f, 99f));
    }

    [TestCase("--out")]
    [TestCase("--truth")]
    public void Corrupt_OntoTheTableRead_IsRefused(string option)
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        var (output, mask) = option == "--out" ? (data, folder["m.csv"]) : (folder["w.csv"], data);

        var error = CliRun.Refused("corrupt", data, "--task", SmallTable.KindTask, "--kind", "flip", "--fraction", "0.2", "--out", output, "--truth", mask);

        Assert.That(error, Does.Contain(option).And.Contain("name another"));
        Assert.That(File.ReadAllText(data), Is.EqualTo(SmallTable.Csv()));
    }

    [TestCase("--kind", "shuffle", "flip, pair, permute, uniform, gaussian, swap")]
    [TestCase("--kind", "uniform", "does not fit a class task")]
    [TestCase("--fraction", "40", "from 0 to 1")]
    [TestCase("--fraction", "0,4", "decimal point")]
    [TestCase("--range", "1,2", "only --kind uniform")]
    [TestCase("--task", "kind=class:nothing", "no column 'nothing'")]
    public void Corrupt_BadOption_SaysWhatIsExpected(string option, string value, string expected)
    {
        var data = folder.Write("t.csv", SmallTable.Csv());
        var options = new Dictionary<string, string>
        {
            ["--task"] = SmallTable.KindTask,
            ["--kind"] = "flip",
            ["--fraction"] = "0.2",
            ["--out"] = folder["w.csv"],
            ["--truth"] = folder["m.csv"],
            [option] = value,
        };

        var error = CliRun.Refused(["corrupt", data, .. options.SelectMany(o => new[] { o.Key, o.Value })]);

        Assert.That(error, Does.Contain(expected));
        Assert.That(folder.Files, Is.EqualTo(new[] { "t.csv" }));
    }
}
