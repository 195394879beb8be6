using Ilt.Bodies;
using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class SurrealDatasetTests
{
    [Test]
    public void List_Tree_FindsClipsAndTheirFiles()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 2);
        SurrealFiles.Write(folder, 2, run: "run1", name: "ung_104_46_c0002");
        File.Delete(SurrealFiles.Stem(folder, "run1", "ung_104_46_c0002") + "_depth.mat");
        var clips = SurrealDataset.List(folder.Root, "train");

        Assert.That(clips.Select(c => c.Id), Is.EqualTo(new[] { "run0/01_01/01_01_c0001", "run1/01_01/ung_104_46_c0002" }));
        Assert.That(clips.Select(c => c.Sequence), Is.EqualTo(new[] { "01_01", "ung_104_46" }));
        Assert.That((clips[0].DepthPath, clips[1].DepthPath), Is.EqualTo((SurrealFiles.Stem(folder) + "_depth.mat", (string?)null)));
        Assert.That(SurrealDataset.List(folder.Root, "train", "run1"), Has.Count.EqualTo(1));
        Assert.That(() => SurrealDataset.List(folder.Root, "val"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("found the folders train"));
        Assert.That(() => SurrealDataset.List(folder.Root, "train", "run2"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("found the folders run0, run1"));
        Assert.That(() => new SurrealClipReader(clips[1]).ReadDepth(0), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("ung_104_46_c0002_depth.mat"));
    }

    [Test]
    public void Reader_EachFrame_HasItsNumbersMaskAndDepth([Values(1, 3)] int frames)
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, frames);
        var reader = new SurrealClipReader(SurrealDataset.List(folder.Root, "train")[0]);
        var info = reader.Info;

        Assert.That((info.FrameCount, info.Male), Is.EqualTo((frames, (bool?)true)));
        Assert.That(info.CameraLocation, Is.EqualTo(new[] { 6f, 1, 0.5f }));
        for (var frame = 0; frame < frames; frame++)
        {
            Assert.That(info.Pose(frame), Is.EqualTo(Enumerable.Range(72 * frame, 72).Select(i => 0.001f * i)).Within(1e-6f));
            Assert.That(info.Shape(frame), Is.EqualTo(Enumerable.Range(10 * frame, 10).Select(i => 0.1f * i)).Within(1e-6f));
            Assert.That(info.Joints2D(frame), Is.EqualTo(Enumerable.Range(48 * frame, 48).Select(i => (float)i)));
            Assert.That(info.Joints3D(frame), Is.EqualTo(Enumerable.Range(72 * frame, 72).Select(i => 0.01f * i)).Within(1e-5f));
            var (mask, depth) = (reader.ReadMask(frame), reader.ReadDepth(frame));
            Assert.That((mask.Height, mask.Width), Is.EqualTo((SurrealFiles.Height, SurrealFiles.Width)));
            for (var pixel = 0; pixel < 12; pixel++)
            {
                var (row, column) = (pixel / 4, pixel % 4);
                Assert.That(mask.Pixels[pixel], Is.EqualTo(row + column + frame));
                Assert.That(depth.Values[pixel], Is.EqualTo(row == 0 ? float.NaN : 2 + row + (column / 10f)));
            }
        }

        Assert.That(() => info.Pose(frames), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains($"has the frames 0 .. {frames - 1}"));
        Assert.That(() => reader.ReadMask(frames), Throws.TypeOf<ImageFormatException>().With.Message.Contains($"no variable 'segm_{frames + 1}'"));
    }

    [Test]
    public void WorldPose_Root_IsTurnedAboutZAndThenUpright()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 2);
        var info = SurrealInfo.Read(SurrealFiles.Stem(folder) + "_info.mat");
        var pose = info.Pose(1);
        var root = RotationsTests.Product(RotationsTests.Exponential([Math.PI / 2, 0, 0]), RotationsTests.Product(RotationsTests.Exponential([0, 0, 0.5]), RotationsTests.Exponential([pose[0], pose[1], pose[2]])));

        var world = info.WorldPose(1);
        Assert.That(Rotations.AxisAnglesToMatrices(world[..3]), Is.EqualTo(root).Within(1e-6));
        Assert.That(world[3..], Is.EqualTo(pose[3..]));
    }

    [Test]
    public void WorldBody_AnyModel_HasItsRootWhereTheClipSays()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 2);
        var info = SurrealInfo.Read(SurrealFiles.Stem(folder) + "_info.mat");
        var skinning = new LinearBlendSkinning(BallBody.Model());
        var body = skinning.Pose(info.WorldBody(1, skinning));
        Assert.That(body.Joints[..3], Is.EqualTo(info.Joints3D(1)[..3]).Within(1e-5f));
    }

    [Test]
    public void Project_Camera_IsSurreals()
    {
        // By hand: camera at (6, 1, 0.5), point (1, 1.5, 0): seen 5 m ahead, 0.5 m to the right and 0.5 m down.
        Assert.That(SurrealCamera.Project([1, 1.5f, 0], [6, 1, 0.5f]), Is.EqualTo(new float[] { 160 + 60, 120 + 60 }).Within(1e-4f));
        var r = SurrealCamera.Rotation;
        double[] offset = [1 - 6, 1.5 - 1, 0 - 0.5];
        var byMatrix = Enumerable.Range(0, 3).Select(row => (float)((r[3 * row] * offset[0]) + (r[(3 * row) + 1] * offset[1]) + (r[(3 * row) + 2] * offset[2])));
        Assert.That(SurrealCamera.ToCamera([1, 1.5f, 0], [6, 1, 0.5f]), Is.EqualTo(byMatrix).Within(1e-6f));
    }

    [Test]
    public void Read_WrongClips_NameFileAndVariable()
    {
        using var folder = new TempFolder();
        AssertProblem(info => info.Remove("shape"), "there is no variable 'shape'");
        AssertProblem(info => info["pose"] = (MatClass.Single, MatType.Single, [69, 2], new float[138]), "the variable 'pose' is 69 x 2; expected 72 x frames");
        AssertProblem(info => info["joints3D"] = (MatClass.Single, MatType.Single, [3, 24, 5], new float[360]), "the variable 'joints3D' is 3 x 24 x 5; expected 3 x 24 x 2");
        AssertProblem(info => info["zrot"] = (MatClass.Single, MatType.Single, [3, 1], new float[3]), "the variable 'zrot' is 3 x 1; expected 2 x 1");
        AssertProblem(info => ((float[])info["pose"].Item4)[72 + 5] = float.NaN, "the variable 'pose' holds NaN in column 2 (frames are columns)");
        AssertProblem(info => info["shape"] = (MatClass.Char, MatType.UInt8, [10, 2], new byte[20]), "the variable 'shape' holds no numbers");

        void AssertProblem(Action<Dictionary<string, (MatClass, MatType, int[], Array)>> change, string message)
        {
            SurrealFiles.Write(folder, 2, change);
            Assert.That(() => SurrealInfo.Read(SurrealFiles.Stem(folder) + "_info.mat"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("_info.mat: " + message));
        }
    }

    [Test]
    public void ReadMask_PartTwentyFive_IsRefusedWithItsPlace()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 1);
        File.WriteAllBytes(SurrealFiles.Stem(folder) + "_segm.mat", new MatFileWriter().Add("segm_1", MatClass.UInt8, MatType.UInt8, [2, 2], new byte[] { 0, 24, 25, 0 }).ToArray());
        Assert.That(() => new SurrealClipReader(SurrealDataset.List(folder.Root, "train")[0]).ReadMask(0),
            Throws.TypeOf<ImageFormatException>().With.Message.Contains("_segm.mat: the variable 'segm_1' holds the part 25 at row 0, column 1"));
    }

    [Test]
    public void ReadImage_ExtractedOrNot_IsReadOrTellsTheCommand()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 2);
        var reader = new SurrealClipReader(SurrealDataset.List(folder.Root, "train")[0]);
        Assert.That(() => reader.ReadImage(0), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("there is no picture frame0001.png").And.Message.Contains("ffmpeg -loglevel error -i"));

        SurrealFiles.WriteFrame(folder, 2);
        Assert.That(reader.ReadImage(1).Pixels, Is.All.EqualTo(2));
        File.WriteAllBytes(Path.Combine(reader.Clip.FramesFolder, "frame0001.jpg"), [0xFF, 0xD8]);
        Assert.That(reader.ImagePath(0), Does.EndWith("frame0001.jpg"));
        Assert.That(() => reader.ReadImage(0), Throws.TypeOf<ImageFormatException>().With.Message.Contains("JPEG files cannot be read here"));
    }

    [Test]
    public void Extract_Program_IsCalledWithFilmAndPattern()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("the test replaces the decoder by a shell script");
            return;
        }

        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 1);
        var clip = SurrealDataset.List(folder.Root, "train")[0];
        var program = folder.File("decoder.sh", "#!/bin/sh\nfor last; do :; done\necho \"$*\" > \"$(dirname \"$last\")/called\"\n"u8.ToArray());
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        SurrealVideo.Extract(clip, program);
        Assert.That(File.ReadAllText(Path.Combine(clip.FramesFolder, "called")).Trim(), Is.EqualTo($"-y -loglevel error -i {clip.VideoPath} {Path.Combine(clip.FramesFolder, "frame%04d.png")}"));

        File.WriteAllText(program, "#!/bin/sh\necho no such codec >&2\nexit 3\n");
        Assert.That(() => SurrealVideo.Extract(clip, program), Throws.TypeOf<InvalidDataException>().With.Message.Contains("failed with exit code 3: no such codec"));
        Assert.That(() => SurrealVideo.Extract(clip, folder.Path("none")), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("there is no such program"));
    }
}
