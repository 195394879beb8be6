using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

public sealed class CorruptFilesTests
{
    private TempFolder folder = null!;
    private SceneFiles scenes = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TempFolder();
        scenes = new SceneFiles(folder, 10);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("permute")]
    [TestCase("swap")]
    [TestCase("shift")]
    [TestCase("drop-region")]
    [TestCase("rename-region")]
    public void Corrupt_Masks_ChangesExactlyTheRowsOfTheMask(string kind)
    {
        var before = Directory.GetFiles(folder["seg"]).ToDictionary(f => f, File.ReadAllBytes);

        var output = Corrupt("seg=mask:mask", "--kind", kind);

        var (mask, cells) = Result("mask");
        Assert.That(mask.Count(m => m.Corrupted), Is.EqualTo(4));
        for (var row = 0; row < mask.Count; row++)
        {
            var old = LabelPng.ReadMask(folder[$"seg/s0{row}.png"]).Pixels;
            Assert.That(cells[row] != $"seg/s0{row}.png", Is.EqualTo(mask[row].Corrupted));
            Assert.That(LabelPng.ReadMask(folder[cells[row]]).Pixels.SequenceEqual(old), Is.EqualTo(!mask[row].Corrupted));
        }

        Assert.That(Directory.GetFiles(folder["new/wrong-labels"]), Has.Length.EqualTo(4));
        Assert.That(before.All(file => File.ReadAllBytes(file.Key).SequenceEqual(file.Value)), Is.True, "the old files stay");
        Assert.That(output, Does.Contain($"seg: 4 of 10 labels made wrong ({kind}, seed 1)").And.Contain("wrong-labels"));
    }

    [TestCase("uniform-noise", "map")]
    [TestCase("uniform-values", "map")]
    [TestCase("swap", "map")]
    [TestCase("uniform-noise", "array")]
    [TestCase("uniform-values", "array")]
    [TestCase("swap", "array")]
    public void Corrupt_Maps_KeepTheirFormatAndEncoding(string kind, string column)
    {
        var encoding = column == "map" ? new MapEncoding { Scale = 0.001 } : MapEncoding.Plain;

        Corrupt($"depth=map:{column}", ["--kind", kind, .. column == "map" ? new[] { "--map-scale", "0.001" } : []]);

        var (mask, cells) = Result(column);
        Assert.That(mask.Count(m => m.Corrupted), Is.EqualTo(4));
        for (var row = 0; row < mask.Count; row++)
        {
            var old = LabelFiles.ReadMap(folder[$"{(column == "map" ? "map" : "arr")}/s0{row}{Path.GetExtension(cells[row])}"], encoding).Values;
            var now = LabelFiles.ReadMap(folder[cells[row]], encoding).Values;
            Assert.That(now.SequenceEqual(old), Is.EqualTo(!mask[row].Corrupted));
            if (kind == "uniform-noise" && mask[row].Corrupted)
                Assert.That(now.Zip(old).Max(p => Math.Abs(p.First - p.Second)), Is.GreaterThan(0.15).And.LessThan(0.2006), "noise of 0 to 0.2 in the map's units");
            if (column == "map")
                Assert.That(LabelPng.Read(folder[cells[row]]).BitDepth, Is.EqualTo(16));
        }
    }

    [Test]
    public void Corrupt_ClassMap_WritesTheNumbersOfTheFiles()
    {
        var map = folder.Write("classes.csv", "id,class\n0,1\n1,1\n2,0\n3,\n4,2\n5,3\n6,0\n7,0\n");

        Corrupt("seg=mask:mask", "--kind", "permute", "--classes-map", map);

        var (mask, cells) = Result("mask");
        foreach (var row in Enumerable.Range(0, 10).Where(row => mask[row].Corrupted))
        {
            var (old, now) = (LabelPng.ReadMask(folder[$"seg/s0{row}.png"]).Pixels, LabelPng.ReadMask(folder[cells[row]]).Pixels);
            Assert.That(now.Max(), Is.LessThan(8), "numbers that the class map lists");
            for (var pixel = 0; pixel < old.Length; pixel++)
                Assert.That(now[pixel] == 3, Is.EqualTo(old[pixel] == 3), "pixels without a label stay so");
        }
    }

    [Test]
    public void Corrupt_ThenFlagAndEvaluate_JoinsById()
    {
        Corrupt("seg=mask:mask", "--kind", "permute");

        CliRun.Done(scenes.FlagTable(folder["new/wrong.csv"], "--task", SceneFiles.SegTask, "--task", "light=class:light"));
        var output = CliRun.Done("evaluate", folder["out/noise-scores.csv"], "--truth", folder["new/m.csv"]);

        Assert.That(output, Does.Contain("seg").And.Contain("nothing known of: light"));
    }

    [Test]
    public void Corrupt_SameSeed_WritesTheSameFiles()
    {
        Corrupt("seg=mask:mask", "--kind", "rename-region", "--label-out", folder["a"]);
        Corrupt("seg=mask:mask", "--kind", "rename-region", "--label-out", folder["b"]);

        foreach (var file in Directory.GetFiles(folder["a"]))
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder["b"], Path.GetFileName(file)))));
    }

    [Test]
    public void Corrupt_MasksOfOneClass_SaysWhyNothingChanged()
    {
        foreach (var path in Directory.GetFiles(folder["seg"]))
            PngWriter.Write(path, new ByteImage(32, 32, 1, new byte[1024]));

        Assert.That(Refused("seg=mask:mask", "--kind", "permute"), Does.Contain("--task seg").And.Contain("--among-all"));
        Assert.That(File.Exists(folder["new/wrong.csv"]), Is.False);
    }

    [Test]
    public void Corrupt_BadInput_NamesItAndWhatIsExpected()
    {
        Assert.That(Refused("seg=mask:mask", "--kind", "flip"), Does.Contain("--kind flip").And.Contain("permute, swap, shift, drop-region, rename-region"));
        Assert.That(Refused("depth=map:map", "--kind", "permute"), Does.Contain("uniform-noise, uniform-values, swap"));
        Assert.That(Refused("light=class:light", "--kind", "flip", "--labels", folder.Root), Does.Contain("--task light").And.Contain("masks and maps"));
        Assert.That(Refused("seg=mask:mask", "--kind", "shift", "--label-out", folder["seg"]), Does.Contain("--label-out").And.Contain("overwrite"));
        File.Delete(folder["seg/s03.png"]);
        Assert.That(Refused("seg=mask:mask", "--kind", "permute", "--fraction", "1"), Does.Contain("line 5, column 'mask'").And.Contain("s03.png"));
    }

    [Test]
    public void Corrupt_OverPicturesOrLabelsThatTheTableNames_IsRefusedAndLeavesThem([Values("shifted", "link", "images", "out", "truth")] string kind)
    {
        if (kind == "link") Directory.CreateSymbolicLink(folder["other"], folder["seg"]);
        // The id of each row is the name of the next one's mask.
        var table = kind == "shifted" ? scenes.Rewrite("id", (row, _) => $"s{(row + 1) % 10:D2}") : scenes.Table;
        var before = Contents();

        var error = CliRun.Refused(
            "corrupt", table, "--task", "seg=mask:mask", "--kind", "permute", "--fraction", "1", "--id", "id", "--labels", folder.Root,
            "--label-out", folder[kind switch { "shifted" => "seg", "link" => "other", "images" => "img", _ => "new" }],
            "--out", folder[kind == "out" ? "seg/s03.png" : "w.csv"], "--truth", folder[kind == "truth" ? "img/s03.png" : "t.csv"]);

        Assert.That(error, Does.Contain("would overwrite the file that is read, or that the table names").And.Contain(kind is "out" or "truth" ? $"--{kind}" : "--label-out"));
        Assert.That(Contents(), Is.EqualTo(before));
    }

    private string[] Contents() => [.. new[] { "img", "seg", "map" }.SelectMany(name => Directory.GetFiles(folder[name])).Order().Select(path => Convert.ToHexString(File.ReadAllBytes(path)))];

    private string Corrupt(string task, params string[] options) => CliRun.Done(Args(task, options));

    private string Refused(string task, params string[] options) => CliRun.Refused(Args(task, options));

    private string[] Args(string task, string[] options) =>
    [
        "corrupt", scenes.Table, "--task", task, "--id", "id", "--out", folder["new/wrong.csv"], "--truth", folder["new/m.csv"],
        .. options.Contains("--fraction") ? [] : new[] { "--fraction", "0.4" }, .. task.Contains("=class") ? [] : new[] { "--labels", folder.Root }, .. options,
    ];

    private (IReadOnlyList<TruthRow> Mask, string[] Cells) Result(string column)
    {
        var table = TableReader.Read(folder["new/wrong.csv"]).Column(column, "");
        return (TruthCsv.Read(folder["new/m.csv"]), Enumerable.Range(0, table.Count).Select(row => table[row]).ToArray());
    }
}
