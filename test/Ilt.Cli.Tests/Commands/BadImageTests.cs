using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Commands;

/// <summary>Everything that can be wrong with images and label images: one line that names the row and says what to do; skipped and counted on demand.</summary>
public sealed class BadImageTests
{
    private const int BadRow = 5; // s05, line 7

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

    [Test]
    public void Flag_MissingImage_IsNamedAndCounted()
    {
        File.Delete(folder["img/s05.png"]);
        Refused("column 'image'", "s05.png: there is no such file");
    }

    [Test]
    public void Flag_MissingMask_IsNamedAndCounted()
    {
        File.Delete(folder["seg/s05.png"]);
        Refused("column 'mask'", "s05.png: there is no such file");
    }

    [Test]
    public void Flag_TruncatedImage_IsNamedAndCounted()
    {
        var bytes = File.ReadAllBytes(folder["img/s05.png"]);
        folder.Write("img/s05.png", bytes[..(bytes.Length / 2)]);
        Refused("column 'image'", "s05.png: the file is cut short");
    }

    [Test]
    public void Flag_BrokenPixelsOfAnImage_IsNamedAndCounted()
    {
        FlagImagesTests.BreakPixels(folder["img/s05.png"]);
        Refused("column 'image'", "s05.png");
    }

    [Test]
    public void Flag_MaskOfAnotherSize_IsNamedAndCounted()
    {
        PngWriter.Write(folder["seg/s05.png"], new ByteImage(16, 32, 1, new byte[16 * 32]));
        Refused("column 'mask'", "16x32 pixels (height x width), its image", "has 32x32");
    }

    [Test]
    public void Flag_ClassOutOfRange_IsNamedAndCounted()
    {
        var mask = LabelPng.ReadMask(folder["seg/s05.png"]);
        mask.Pixels[33] = 99;
        PngWriter.Write(folder["seg/s05.png"], mask);
        Refused(["--classes", "8"], "column 'mask'", "class id 99 at row 1, column 1", "expected 0 .. 7");
    }

    [Test]
    public void Flag_IdThatTheClassMapDoesNotList_IsNamedAndCounted()
    {
        var map = folder.Write("classes.csv", "id,class\n" + string.Join('\n', Enumerable.Range(0, 8).Select(i => $"{i},{i / 4}")) + "\n");
        var mask = LabelPng.ReadMask(folder["seg/s05.png"]);
        mask.Pixels[0] = 9;
        PngWriter.Write(folder["seg/s05.png"], mask);
        Refused(["--classes-map", map], "column 'mask'", "class id 9, which the class map does not list,");
    }

    [Test]
    public void Flag_16BitMaskBeyondAByte_IsNamedAndCounted()
    {
        PngWriter.WriteGray16(folder["seg/s05.png"], 32, 32, [.. Enumerable.Repeat((ushort)300, 32 * 32)]);
        Refused("column 'mask'", "is a 16-bit image", "holds 300", "--instance-ids");
    }

    [Test]
    public void Flag_NaNInAMap_IsNamedAndCounted()
    {
        var values = NpyFile.Read(folder["arr/s05.npy"]).ToSingles();
        values[70] = float.NaN;
        NpyFile.Write(folder["arr/s05.npy"], NpyArray.Create(values, 32, 32));
        var task = new[] { "--task", "depth=map:array" };

        Refused(task, "column 'array'", "row 2, column 6", "--map-invalid nan");
        CliRun.Done(scenes.Flag(["--task", SceneFiles.SegTask, .. task, "--map-invalid", "nan"]));
    }

    [Test]
    public void Flag_ImageSmallerThanTheCrop_IsNamed()
    {
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--crop", "48x32")), Does.Contain("line 2, column 'image'").And.Contain("less than --crop 48x32"));
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--crop", "48x32", "--size", "32x32")), Does.Contain("--crop 48x32").And.Contain("--size 32x32"));
    }

    [Test]
    public void Flag_SizeThatTheNetworkCannotDivide_ProposesOne() =>
        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--size", "31x32")), Does.Contain("--size 31x32").And.Contain("multiples of 2"));

    [Test]
    public void Flag_ColourPictureAsMask_SaysWhatAMaskIs()
    {
        var table = scenes.Rewrite("mask", (row, _) => row == BadRow ? "img/s05.png" : null);

        Assert.That(CliRun.Refused(scenes.FlagTable(table, "--task", SceneFiles.SegTask)), Does.Contain("line 7").And.Contain("column 'mask'").And.Contain("RGB"));
    }

    [Test]
    public void Flag_EmptyImageCell_IsNamed()
    {
        var table = scenes.Rewrite("image", (row, _) => row == BadRow ? "" : null);

        Assert.That(CliRun.Refused(scenes.FlagTable(table, "--task", SceneFiles.SegTask)), Does.Contain("line 7, column 'image'").And.Contain("empty"));
    }

    [Test]
    public void Flag_AllRowsBad_SaysSoEvenWhenSkipping()
    {
        Directory.Delete(folder["seg"], recursive: true);

        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--on-bad-row", "skip")), Does.Contain("no row").And.Contain("all 10 were skipped").And.Contain("seg/s00.png"));
    }

    [TestCase("--images", "absent", "no such folder")]
    [TestCase("--labels", "absent", "no such folder")]
    [TestCase("--size", "32", "HEIGHTxWIDTH")]
    [TestCase("--crop", "0x8", "HEIGHTxWIDTH")]
    [TestCase("--flip", "2", "from 0 to 1")]
    [TestCase("--scale", "2:1", "the smaller first")]
    [TestCase("--colour", "x", "from 0 to 1")]
    [TestCase("--network", "mlp", "residual-cnn, unet, hrnet")]
    [TestCase("--width", "0", "at least 1")]
    [TestCase("--ignore-value", "x", "or none")]
    [TestCase("--classes-map", "absent.csv", "no such file")]
    [TestCase("--classes", "1", "at least 2")]
    [TestCase("--map-scale", "0", "other than 0")]
    [TestCase("--map-invalid", "x", "expected a number")]
    [TestCase("--memory", "-1", "at least 0")]
    [TestCase("--on-bad-row", "stop", "fail, skip")]
    [TestCase("--regions", "-1", "at least 0")]
    [TestCase("--features", "cars", "leave them out")]
    public void Flag_BadImageOption_NamesItAndWhatIsExpected(string option, string value, string expected) =>
        Assert.That(
            CliRun.Refused("flag", scenes.Table, "--image", "image", "--task", SceneFiles.SegTask, "--out", folder["out"], option, value), Does.Contain(option).And.Contain(expected));

    [Test]
    public void Flag_ImageOptionsOrMasksWithoutImages_AreRefused()
    {
        Assert.That(CliRun.Refused("flag", scenes.Table, "--task", "light=class:light", "--size", "8x8"), Does.Contain("--size").And.Contain("--image"));
        Assert.That(CliRun.Refused("flag", scenes.Table, "--task", "light=class:light", "--instance-ids"), Does.Contain("--instance-ids").And.Contain("--image"));
        Assert.That(CliRun.Refused("flag", scenes.Table, "--task", SceneFiles.SegTask), Does.Contain("--task seg").And.Contain("--image"));
        Assert.That(CliRun.Refused("flag", scenes.Table, "--image", "image", "--task", "seg=mask:image"), Does.Contain("'image' is the image"));
        Assert.That(CliRun.Refused("flag", scenes.Table, "--image", "picture", "--task", SceneFiles.SegTask, "--out", folder["out"]), Does.Contain("--image").And.Contain("no column 'picture'"));
    }

    private void Refused(params string[] expected) => Refused([], expected);

    /// <summary>Refused with the row's line; left out and counted when bad rows are to be skipped.</summary>
    private void Refused(string[] options, params string[] expected)
    {
        string[] args = ["--task", SceneFiles.SegTask, .. options];
        var error = CliRun.Refused(scenes.Flag(args));
        Assert.That(error, Does.Contain("rows.csv: line 7").And.Contain("--on-bad-row skip"));
        foreach (var part in expected)
            Assert.That(error, Does.Contain(part));

        CliRun.Done(scenes.Flag([.. args, "--on-bad-row", "skip"]));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "run.json")), Does.Contain("\"skippedRows\": 1,").And.Contain("s05."));
        Assert.That(File.ReadAllText(Path.Combine(folder["out"], "noise-scores.csv")), Does.Not.Contain("s05").And.Contain("s06"));
    }
}
