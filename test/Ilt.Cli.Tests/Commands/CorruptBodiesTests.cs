using Ilt.Cli.Output;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

public sealed class CorruptBodiesTests
{
    private TempFolder folder = null!;
    private BodyTable people = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TempFolder();
        people = new BodyTable(folder);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Corrupt_SeveralRegressions_HaveTheSameWrongRows()
    {
        var output = CliRun.Done(Args("--task", BodyTable.ShapeTask, "--task", BodyTable.PoseTask, "--kind", "uniform", "--range", "-2,2", "--fraction", "0.4"));

        var mask = TruthCsv.Read(folder["m.csv"]);
        var (shape, pose) = (mask.Where(m => m.Task == "shape").ToArray(), mask.Where(m => m.Task == "pose").ToArray());
        Assert.That(shape.Select(m => (m.Id, m.Corrupted)), Is.EqualTo(pose.Select(m => (m.Id, m.Corrupted))));
        Assert.That((shape.Length, shape.Count(m => m.Corrupted)), Is.EqualTo((10, 4)));
        var (before, after) = (TableReader.Read(people.Path), TableReader.Read(folder["w.csv"]));
        var noise = new List<float>();
        foreach (var column in before.Columns)
        {
            var isLabel = column.Name.StartsWith("shape_", StringComparison.Ordinal) || column.Name.StartsWith("pose_", StringComparison.Ordinal);
            var now = after.Column(column.Name, "");
            for (var row = 0; row < 10; row++)
            {
                Assert.That(now[row] == column[row], Is.EqualTo(!isLabel || !shape[row].Corrupted), $"row {row}, column {column.Name}");
                if (isLabel && shape[row].Corrupted)
                    noise.Add(now.ToNumbers("")[row] - column.ToNumbers("")[row]);
            }
        }

        Assert.That(noise, Is.All.InRange(-2f, 2f));
        Assert.That((noise.Min(), noise.Max()), Is.EqualTo((-2f, 2f)).Within(0.1f), "over the whole range");
        Assert.That(noise.Average(), Is.Zero.Within(0.25));
        Assert.That(output, Does.Contain("shape and pose: 4 of 10 labels made wrong in the columns shape_0 .. shape_9, pose_0 .. pose_143 (uniform, seed 1)"));
    }

    [Test]
    public void Corrupt_RowWithoutOneOfTheLabels_IsLeftAlone()
    {
        people.Set(3, "pose_17", "");

        CliRun.Done(Args("--task", BodyTable.ShapeTask, "--task", BodyTable.PoseTask, "--kind", "swap", "--fraction", "1"));

        Assert.That(TruthCsv.Read(folder["m.csv"]).Where(m => !m.Corrupted).Select(m => (m.Id, m.Task)), Is.EqualTo(new[] { ("0003", "shape"), ("0003", "pose") }));
        var (before, after) = (TableReader.Read(people.Path), TableReader.Read(folder["w.csv"]));
        string[] Vectors(Table table) => [.. Enumerable.Range(0, 10).Where(row => row != 3).Select(row => string.Join(' ', table.Columns.Where(c => c.Name.StartsWith("shape_", StringComparison.Ordinal) || c.Name.StartsWith("pose_", StringComparison.Ordinal)).Select(c => c[row])))];
        Assert.That(Vectors(after), Is.EquivalentTo(Vectors(before)), "shape and pose stay together");
    }

    [Test]
    public void Corrupt_PartMasks_PermutesTheParts()
    {
        CliRun.Done(Args("--task", BodyTable.MaskTask, "--labels", people.People, "--classes", "25", "--kind", "permute", "--fraction", "0.5"));

        var cells = TableReader.Read(folder["w.csv"]).Column("mask", "");
        var mask = TruthCsv.Read(folder["m.csv"]);
        Assert.That(mask.Count(m => m.Corrupted), Is.EqualTo(5));
        for (var row = 0; row < 10; row++)
        {
            var old = LabelPng.ReadMask(folder[$"people/segm/{mask[row].Id}.png"]).Pixels;
            var now = LabelPng.ReadMask(Path.Combine(people.People, cells[row])).Pixels;
            var renamed = old.Zip(now).Distinct().ToArray();
            Assert.That(renamed, Has.Length.EqualTo(old.Distinct().Count()), "one new number for each old one");
            Assert.That(now.Distinct().Order(), Is.EqualTo(old.Distinct().Order()));
            Assert.That(renamed.Any(pair => pair.First != pair.Second), Is.EqualTo(mask[row].Corrupted));
        }
    }

    [Test]
    public void Corrupt_MaskWithPart25_IsRefusedWithFileAndPixel()
    {
        var path = folder["people/segm/0004.png"];
        var mask = LabelPng.ReadMask(path);
        mask.Pixels[(16 * 7) + 5] = 25;
        PngWriter.Write(path, mask);

        var error = CliRun.Refused(Args("--task", BodyTable.MaskTask, "--labels", people.People, "--classes", "25", "--kind", "permute", "--fraction", "1"));

        Assert.That(error, Does.Contain("line 6, column 'mask'").And.Contain("0004.png").And.Contain("25 at row 7, column 5"));
        Assert.That(File.Exists(folder["w.csv"]), Is.False);
    }

    [Test]
    public void Corrupt_BadTasks_AreNamed()
    {
        Assert.That(Refused("--task", BodyTable.ShapeTask, "--task", BodyTable.MaskTask), Does.Contain("--task mask: only regressions are made wrong together"));
        Assert.That(Refused("--task", BodyTable.ShapeTask, "--task", "shape=regression:pose_*"), Does.Contain("two tasks are named 'shape'"));
        Assert.That(Refused("--task", BodyTable.ShapeTask, "--task", "more=regression:pose_*,shape_3"), Does.Contain("--task more: column 'shape_3' is a label of task 'shape' too"));
        Assert.That(Refused("--task", "pose=regression:poses_*"), Does.Contain("--task pose: no column").And.Contain("'poses_*'").And.Contain("pose_0"));
        people.Set(2, "pose_9", "NaN");
        Assert.That(Refused("--task", BodyTable.PoseTask), Does.Contain("rows.csv: line 4, column 'pose_9' (id '0002'): 'NaN' is not a number"));
    }

    private string Refused(params string[] tasks) => CliRun.Refused(Args([.. tasks, "--kind", "uniform", "--fraction", "0.4"]));

    private string[] Args(params string[] options) => ["corrupt", people.Path, "--id", "id", "--out", folder["w.csv"], "--truth", folder["m.csv"], .. options];
}
