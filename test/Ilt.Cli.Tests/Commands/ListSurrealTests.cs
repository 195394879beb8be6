using Ilt.Bodies;
using Ilt.Cli.Tables;
using Ilt.Cli.Tests.Support;
using Ilt.Datasets;
using Ilt.Imaging;
using SurrealFolder = Ilt.Support.TempFolder;

namespace Ilt.Cli.Tests.Commands;

public sealed class ListSurrealTests
{
    private SurrealFolder surreal = null!;
    private Support.TempFolder folder = null!;

    [SetUp]
    public void MakeFolders() => (surreal, folder) = (new SurrealFolder(), new Support.TempFolder());

    [TearDown]
    public void RemoveFolders()
    {
        surreal.Dispose();
        folder.Dispose();
    }

    [Test]
    public void List_ExtractedFrames_CutsPeopleOutAndGivesTheirLabels()
    {
        SurrealFiles.Write(surreal, 5);
        foreach (var number in Enumerable.Range(1, 5))
            SurrealFiles.WriteFrame(surreal, number);

        var output = List("--every", "2", "--size", "8");

        var table = TableReader.Read(folder["out/rows.csv"]);
        Assert.That(table.Names.Take(7), Is.EqualTo(new[] { "id", "split", "sequence", "gender", "image", "mask", "depth" }));
        Assert.That(table.Names.Skip(7), Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"shape_{i}").Concat(Enumerable.Range(0, 144).Select(i => $"pose_{i}"))));
        Assert.That(Enumerable.Range(0, table.RowCount).Select(row => table.Column("id", "")[row]), Is.EqualTo(new[] { 1, 3, 5 }.Select(n => $"run0/01_01/01_01_c0001/000{n}")));
        Assert.That(new[] { "split", "sequence", "gender", "image" }.Select(c => table.Column(c, "")[1]), Is.EqualTo(new[] { "train", "01_01", "male", "rgb/run0/01_01/01_01_c0001/0003.png" }));
        var reader = new SurrealClipReader(SurrealDataset.List(surreal.Root, "train")[0]);
        var view = PersonView.Around(reader.ReadMask(2), 8)!;
        Assert.That(PngImage.ReadImage(folder["out/rgb/run0/01_01/01_01_c0001/0003.png"]).Pixels, Is.EqualTo(view.Image(reader.ReadImage(2)).Pixels));
        Assert.That(LabelPng.ReadMask(folder["out/segm/run0/01_01/01_01_c0001/0003.png"]).Pixels, Is.EqualTo(view.Mask(reader.ReadMask(2)).Pixels));
        Assert.That(LabelPng.ReadMap(folder["out/depth/run0/01_01/01_01_c0001/0003.png"], BodyImages.Depth).Values, Is.EqualTo(view.Map(reader.ReadDepth(2)).Values).Within(6e-4f));
        var pose = Enumerable.Range(0, 144).Select(i => table.Column($"pose_{i}", "").ToNumbers("")[1]).ToArray();
        Assert.That(Rotations.SixToMatrices(pose), Is.EqualTo(Rotations.AxisAnglesToMatrices(reader.Info.WorldPose(2))).Within(1e-5f), "the pose as the picture shows it");
        Assert.That(Enumerable.Range(0, 10).Select(i => table.Column($"shape_{i}", "").ToNumbers("")[1]), Is.EqualTo(reader.Info.Shape(2)).Within(1e-6f));
        Assert.That(output, Does.Contain("1 clip(s) of train; one frame in 2 is cut to 8 x 8 pixels").And.Contain("3 rows").And.Contain("--task pose=regression:pose_*"));
    }

    [Test]
    public void List_FramesWithoutAPerson_AreCounted()
    {
        SurrealFiles.Write(surreal, 3);
        var writer = new MatFileWriter();
        foreach (var frame in Enumerable.Range(1, 3))
            writer.Add($"segm_{frame}", MatClass.UInt8, MatType.UInt8, [SurrealFiles.Height, SurrealFiles.Width], Enumerable.Repeat((byte)(frame == 2 ? 0 : 1), 12).ToArray());
        File.WriteAllBytes(SurrealFiles.Stem(surreal) + "_segm.mat", writer.ToArray());
        foreach (var number in Enumerable.Range(1, 3))
            SurrealFiles.WriteFrame(surreal, number);

        var output = List();

        Assert.That(output, Does.Contain("1 frame(s) without a person skipped").And.Contain("2 rows"));
        Assert.That(Directory.GetFiles(folder["out/rgb"], "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "0001.png", "0003.png" }));
        Assert.That(PngImage.ReadImage(folder["out/rgb/run0/01_01/01_01_c0001/0001.png"]).Size, Is.EqualTo(new ImageSize(256, 256)), "the default");
    }

    [Test]
    public void List_Films_AreDecodedElsewhere()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("the test replaces the decoder by a shell script");
            return;
        }

        SurrealFiles.Write(surreal, 2);
        var frame = folder["frame.png"];
        PngWriter.Write(frame, new ByteImage(SurrealFiles.Height, SurrealFiles.Width, 3, new byte[3 * 12]));
        var decoder = Decoder($"cp '{frame}' \"$d/frame0001.png\"; cp '{frame}' \"$d/frame0002.png\"");

        List("--decoder", decoder, "--size", "4");
        Assert.That(TableReader.Read(folder["out/rows.csv"]).RowCount, Is.EqualTo(2));
        Assert.That(Directory.Exists(SurrealFiles.Stem(surreal)), Is.False, "nothing is written beside the films");

        Decoder($"cp '{frame}' \"$d/frame0001.png\"");
        Assert.That(Refused("--decoder", decoder, "--overwrite"), Does.Contain("01_01_c0001.mp4: the film has no frame 2").And.Contain("2 frames"));
        Assert.That(Refused("--decoder", folder["no-such-program"], "--overwrite"), Does.Contain("no-such-program: there is no such program"));
        Assert.That(TableReader.Read(folder["out/rows.csv"]).RowCount, Is.EqualTo(2), "a failure leaves what was there");

        string Decoder(string copy)
        {
            var program = folder.Write("decoder.sh", $"#!/bin/sh\nfor last; do :; done\nd=$(dirname \"$last\")\n{copy}\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return program;
        }
    }

    [Test]
    public void List_BrokenClip_IsNamedOrSkipped()
    {
        SurrealFiles.Write(surreal, 1);
        SurrealFiles.WriteFrame(surreal, 1);
        SurrealFiles.Write(surreal, 1, info => info.Remove("shape"), run: "run1", name: "02_01_c0001");

        Assert.That(Refused(), Does.Contain("clip run1/01_01/02_01_c0001: ").And.Contain("02_01_c0001_info.mat: there is no variable 'shape'").And.Contain("--skip-bad"));
        Assert.That(Directory.Exists(folder["out"]), Is.False);

        File.WriteAllBytes(SurrealFiles.Stem(surreal, "run1", "02_01_c0001") + "_info.mat", File.ReadAllBytes(SurrealFiles.Stem(surreal) + "_info.mat")[..200]);
        Assert.That(Refused(), Does.Contain("02_01_c0001_info.mat").And.Contain("truncated"));

        var output = List("--skip-bad");
        Assert.That(output, Does.Contain("1 broken clip(s) skipped, the first because: ").And.Contain("1 rows"));
        Assert.That(Refused("--run", "run1", "--skip-bad", "--overwrite"), Does.Contain("no frame of train shows a person").And.Contain("truncated"));
    }

    [Test]
    public void List_NoDepthOrNoPictures_IsSaidOrLeftOut()
    {
        SurrealFiles.Write(surreal, 1);
        File.Delete(SurrealFiles.Stem(surreal) + "_depth.mat");
        File.Delete(SurrealFiles.Stem(surreal) + ".mp4");
        Assert.That(Refused(), Does.Contain("there is no picture frame0001.png").And.Contain("ffmpeg"));

        PngWriter.Write(surreal.Path("train", "run0", "01_01", "01_01_c0001", "frame0001.png"), new ByteImage(5, 4, 3, new byte[60]));
        Assert.That(Refused(), Does.Contain("frame0001.png").And.Contain("5x4").And.Contain("3x4"));

        SurrealFiles.WriteFrame(surreal, 1);
        List();
        Assert.That(TableReader.Read(folder["out/rows.csv"]).Names, Does.Not.Contain("depth").And.Contain("mask"));
    }

    private string List(params string[] options) => CliRun.Done(["list", "surreal", surreal.Root, "--out", folder["out"], .. options]);

    private string Refused(params string[] options) => CliRun.Refused(["list", "surreal", surreal.Root, "--out", folder["out"], .. options]);
}
