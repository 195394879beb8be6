using System.Globalization;
using Ilt.Bodies;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Datasets;

namespace Ilt.Cli.Tests.Commands;

public sealed class ListBodiesTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        folder = new TempFolder();
        CliRun.Done("generate", "bodies", folder["people"], "--body", BodyFiles.Write(folder), "--train", "4", "--val", "3", "--size", "16");
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void List_Bodies_GivesImageMaskShapeAndSixNumbersPerJoint()
    {
        var output = CliRun.Done("list", "bodies", folder["people"], "--split", "val", "--out", folder["val.csv"]);

        var table = TableReader.Read(folder["val.csv"]);
        Assert.That(table.Names.Take(7), Is.EqualTo(new[] { "id", "split", "person", "image", "mask", "depth", "shape_0" }));
        Assert.That(table.Names.Skip(6), Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"shape_{i}").Concat(Enumerable.Range(0, 144).Select(i => $"pose_{i}")).Concat(["trans_x", "trans_y", "trans_z"])));
        Assert.That(new[] { "id", "split", "person", "image", "mask", "depth" }.Select(c => table.Column(c, "")[1]), Is.EqualTo(new[] { "0005", "val", "5", "rgb/0005.png", "segm/0005.png", "depth/0005.png" }));
        var image = BodyImages.List(folder["people"], "val")[1];
        float[] Row(string prefix, int count) => [.. Enumerable.Range(0, count).Select(i => float.Parse(table.Column($"{prefix}_{i}", "")[1], CultureInfo.InvariantCulture))];
        Assert.That(Row("shape", 10), Is.EqualTo(image.Body.Shape).Within(1e-6f));
        Assert.That(Rotations.SixToMatrices(Row("pose", 144)), Is.EqualTo(Rotations.AxisAnglesToMatrices(image.Body.AxisAngles)).Within(1e-5f));
        Assert.That(table.Column("trans_z", "").ToNumbers("")[1], Is.EqualTo(image.Body.Translation[2]).Within(1e-5f));
        Assert.That(output, Does.Contain("3 rows with the columns id, split, person, image, mask, depth, shape_0 .. shape_9, pose_0 .. pose_143, trans_x, trans_y, trans_z"));
        Assert.That(output, Does.Contain("--task mask=mask:mask --task shape=regression:shape_* --task pose=regression:pose_* --classes-map parts25"));
    }

    [Test]
    public void List_FewerShapeCoefficients_GivesOnlyThoseOfTheModel()
    {
        var info = File.ReadAllLines(folder["people/info.csv"]).Select((line, i) => line.Split(',').Select((cell, c) => i > 0 && c is >= 5 and < 12 ? "0" : cell).ToArray());
        File.WriteAllLines(folder["people/info.csv"], [.. info.Select(cells => string.Join(',', cells))]);

        CliRun.Done("list", "bodies", folder["people"], "--out", folder["train.csv"]);

        Assert.That(TableReader.Read(folder["train.csv"]).Names.Count(name => name.StartsWith("shape", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void List_BadFolder_NamesFileLineAndColumn()
    {
        Assert.That(CliRun.Refused("list", "bodies", folder["nowhere"], "--out", folder["t.csv"]), Does.Contain("nowhere"));
        Assert.That(CliRun.Refused("list", "bodies", folder.Root, "--out", folder["t.csv"]), Does.Contain("info.csv: there is no such file"));
        Assert.That(CliRun.Refused("list", "bodies", folder["people"], "--split", "test", "--out", folder["t.csv"]), Does.Contain("'test'"));
        Assert.That(CliRun.Refused("list", "bodies", folder["people"], "--size", "64", "--out", folder["t.csv"]), Does.Contain("--size 64: does not go with this layout"));
        Assert.That(CliRun.Refused("list", "bodies", folder["people"], "--skip-bad", "--out", folder["t.csv"]), Does.Contain("--skip-bad: does not go with this layout"));
        var lines = File.ReadAllLines(folder["people/info.csv"]);
        lines[2] = string.Join(',', lines[2].Split(',').Select((cell, c) => c == 20 ? "NaN" : cell));
        File.WriteAllLines(folder["people/info.csv"], lines);
        Assert.That(CliRun.Refused("list", "bodies", folder["people"], "--out", folder["t.csv"]), Does.Contain("info.csv: line 3, column 'pose8' is 'NaN'"));
        Assert.That(File.Exists(folder["t.csv"]), Is.False);
    }
}
