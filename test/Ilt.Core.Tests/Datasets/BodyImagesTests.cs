using Ilt.Bodies;
using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class BodyImagesTests
{
    [Test]
    public void Write_ThenList_GivesTheScenesAgain()
    {
        using var folder = new TempFolder();
        var generator = new BodyGenerator(BallBody.Model(), new BodySceneOptions { Height = 32, Width = 32 });
        BodyImages.Write(folder.Root, generator, 3, 2);
        var examples = BodyImages.List(folder.Root);

        Assert.That(examples.Select(e => (e.Id, e.Split)), Is.EqualTo(new[] { ("0000", "train"), ("0001", "train"), ("0002", "train"), ("0003", "val"), ("0004", "val") }));
        Assert.That(BodyImages.List(folder.Root, "val").Select(e => e.Id), Is.EqualTo(new[] { "0003", "0004" }));
        var (example, scene) = (examples[3], generator.Generate(3));
        Assert.That(example.ReadImage().Pixels, Is.EqualTo(scene.Image.Pixels));
        Assert.That(example.ReadMask().Pixels, Is.EqualTo(scene.Mask.Pixels));
        Assert.That(example.ReadDepth().Values, Is.EqualTo(scene.Depth.Values).Within(6e-4f));
        Assert.That(example.Body.Shape, Is.EqualTo(scene.Body.Shape).Within(1e-5f));
        Assert.That(example.Body.AxisAngles, Is.EqualTo(scene.Body.AxisAngles).Within(1e-5f));
        Assert.That(example.Body.Translation, Is.EqualTo(scene.Body.Translation).Within(1e-5f));
        Assert.That(example.Joints3D, Is.EqualTo(scene.Joints3D).Within(1e-5f));
        Assert.That(example.Joints2D, Is.EqualTo(scene.Joints2D).Within(1e-5f));
    }

    [Test]
    public void Write_People_ShowsOthersInVal()
    {
        using var folder = new TempFolder();
        var generator = new BodyGenerator(BallBody.Model(), new BodySceneOptions { Height = 16, Width = 16, People = 2 });
        var written = 0;
        BodyImages.Write(folder.Root, generator, 3, 3, () => Interlocked.Increment(ref written));
        var images = BodyImages.List(folder.Root);

        Assert.That(images.Select(i => i.Person), Is.EqualTo(new int?[] { 0, 1, 0, 2, 3, 2 }));
        Assert.That(images.Select(i => i.Body.Shape[0]).Distinct().Count(), Is.EqualTo(4));
        Assert.That(images[5].Body.Shape, Is.EqualTo(images[3].Body.Shape));
        Assert.That(images[5].Body.AxisAngles, Is.Not.EqualTo(images[3].Body.AxisAngles));
        Assert.That(images[3].Body.Shape, Is.EqualTo(generator.GeneratePerson(3, 2).Body.Shape).Within(1e-5f));
        Assert.That(written, Is.EqualTo(6));

        // As the folders that others made, which do not tell.
        var path = folder.Path("info.csv");
        File.WriteAllLines(path, [.. File.ReadAllLines(path).Select(line => line[..line.LastIndexOf(',')])]);
        Assert.That(BodyImages.List(folder.Root).Select(i => i.Person), Is.All.Null);
    }

    [Test]
    public void Write_Cancelled_LeavesNoInfo()
    {
        using var folder = new TempFolder();
        using var source = new CancellationTokenSource();
        var generator = new BodyGenerator(BallBody.Model(), new BodySceneOptions { Height = 16, Width = 16 });
        BodyImages.Write(folder.Root, generator, 1, 0);
        Assert.That(() => BodyImages.Write(folder.Root, generator, 200, 0, source.Cancel, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(folder.Path("info.csv")), Is.False);
    }

    [Test]
    public void List_WrongFiles_NameLineAndColumn()
    {
        using var folder = new TempFolder();
        Assert.That(() => BodyImages.List(folder.Root), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("info.csv: there is no such file"));
        BodyImages.Write(folder.Root, new BodyGenerator(BallBody.Model(), new BodySceneOptions { Height = 16, Width = 16 }), 1, 0);
        var path = folder.Path("info.csv");
        var lines = File.ReadAllLines(path);

        AssertProblem([lines[0].Replace(",pose71,", ",pose99,", StringComparison.Ordinal), lines[1]], "there is no column 'pose71'");
        var cells = lines[1].Split(',');
        cells[12] = "NaN";
        AssertProblem([lines[0], string.Join(',', cells)], "line 2, column 'pose0' is 'NaN'; expected a finite number");
        AssertProblem([lines[0], lines[1] + ",1"], "line 2 has 209 cells; the header has 208");
        cells = lines[1].Split(',');
        cells[^1] = "Ann";
        AssertProblem([lines[0], string.Join(',', cells)], "line 2, column 'person' is 'Ann'; expected a whole number");
        AssertProblem([lines[0]], "there are no lines after the header");
        File.WriteAllLines(path, lines);
        Assert.That(() => BodyImages.List(folder.Root, "test"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("no lines with the split 'test'"));
        PngWriter.Write(folder.Path("segm", "0000.png"), new ByteImage(1, 1, 1, [25]));
        Assert.That(() => BodyImages.List(folder.Root)[0].ReadMask(), Throws.TypeOf<ImageFormatException>().With.Message.Contains("class id 25 at row 0, column 0"));
        File.Delete(folder.Path("depth", "0000.png"));
        Assert.That(() => BodyImages.List(folder.Root), Throws.TypeOf<FileNotFoundException>().With.Message.Contains(Path.Combine("depth", "0000.png")));

        void AssertProblem(string[] contents, string message)
        {
            File.WriteAllLines(path, contents);
            Assert.That(() => BodyImages.List(folder.Root), Throws.TypeOf<ImageFormatException>().With.Message.Contains(message));
        }
    }

    [Test]
    public void List_RealSet_HasTheStatedFigures()
    {
        var folder = RealData.Set("body-like-surreal");
        Assert.That((BodyImages.List(folder, "train").Count, BodyImages.List(folder, "val").Count), Is.EqualTo((800, 200)));
        var (background, all, near, far) = (0, 0, float.MaxValue, 0f);
        foreach (var example in BodyImages.List(folder, "val"))
        {
            background += example.ReadMask().Pixels.Count(part => part == 0);
            all += 64 * 64;
            var depth = example.ReadDepth().Values.Where(value => !float.IsNaN(value)).ToArray();
            (near, far) = (Math.Min(near, depth.Min()), Math.Max(far, depth.Max()));
        }

        Assert.That(100.0 * background / all, Is.EqualTo(90.3).Within(0.05));
        Assert.That((near, far), Is.EqualTo((3.85f, 6.75f)).Using<(float, float)>((a, b) => a.Item1 > b.Item1 - 0.01 && a.Item2 < b.Item2 + 0.01 && a.Item1 < 4.3 && a.Item2 > 6));
    }
}
