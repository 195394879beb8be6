using System.Diagnostics;
using Ilt.Cli.Images;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;
using Ilt.MLNet;
using SkiaSharp;

namespace Ilt.Cli.Tests.Commands;

/// <summary>Pictures of every format and orientation, and what is no picture.</summary>
public sealed class PictureFormatTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void FlagAndPredict_TurnedPictures_AreThoseThatViewersShow([Values(3, 6, 7)] int orientation)
    {
        var scenes = new SceneFiles(folder, 10);
        string[] args = ["--task", SceneFiles.SegTask, "--size", "16x32", "--regions", "2"];
        foreach (var kind in new[] { "img", "seg" })
            foreach (var path in Directory.GetFiles(folder[kind]))
                Crop(path, kind == "img");
        CliRun.Done(scenes.Flag(args));
        var scores = File.ReadAllText(folder["out/noise-scores.csv"]);
        var heat = Directory.GetFiles(folder["out/heatmaps/seg"]).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        foreach (var path in Directory.GetFiles(folder["img"]))
            Store(path, (PictureOrientation)orientation);

        CliRun.Done(scenes.Flag(args));
        CliRun.Done("predict", folder["out/model.zip"], scenes.Table, "--images", folder.Root, "--out", folder["p.csv"]);

        Assert.That(File.ReadAllText(folder["out/noise-scores.csv"]), Is.EqualTo(scores));
        foreach (var path in Directory.GetFiles(folder["out/heatmaps/seg"]))
            Assert.That(File.ReadAllBytes(path), Is.EqualTo(heat[Path.GetFileName(path)]));
        Assert.That(LabelPng.ReadMask(folder["p-pixels/seg/s00.png"]).Size, Is.EqualTo(new ImageSize(20, 32)));
        Assert.That(ImageFile.Read(folder["img/s00.png"]).Size, Is.EqualTo(new ImageSize(20, 32)));
    }

    [Test]
    public void Flag_MaskOfThePictureBeforeItWasTurned_SaysWhy()
    {
        var scenes = new SceneFiles(folder, 8);
        foreach (var kind in new[] { "img", "seg" })
            foreach (var path in Directory.GetFiles(folder[kind]))
                Crop(path, kind == "img");
        PngChunks.Orient(folder["img/s05.png"], 6);

        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask, "--size", "16x32")), Does.Contain("line 7, column 'mask'").And.Contain("has 32x20").And.Contain("Exif orientation (6)"));
    }

    [TestCase(".webp")]
    [TestCase(".bmp")]
    [TestCase(".jpg")]
    public void ListFlagPredict_OtherFormats_AreRead(string extension)
    {
        var scenes = new SceneFiles(folder, 8);
        foreach (var path in Directory.GetFiles(folder["img"]))
        {
            Save(path, Path.ChangeExtension(path, extension));
            File.Delete(path);
        }

        var listed = CliRun.Done("list", "folders", folder["img"], folder["seg"], "--out", folder["t.csv"]);
        Assert.That(listed, Does.Contain("8 rows"));
        Assert.That(File.ReadAllLines(folder["t.csv"])[1], Is.EqualTo($"s00,img/s00{extension},seg/s00.png"));
        CliRun.Done(scenes.FlagTable(folder["t.csv"], "--task", SceneFiles.SegTask));
        CliRun.Done("predict", folder["out/model.zip"], folder["t.csv"], "--images", folder.Root, "--out", folder["p.csv"]);
        Assert.That(ImageFile.Read(folder[$"img/s00{extension}"]).Size, Is.EqualTo(new ImageSize(32, 32)));
    }

    [Test]
    public void Read_WebP_TellsTheSizeOfEveryKind()
    {
        using (var bitmap = new SKBitmap(30, 17))
        {
            folder.Write("lossy.webp", bitmap.Encode(SKEncodedImageFormat.Webp, 80).ToArray());
            using var pixels = bitmap.PeekPixels();
            folder.Write("lossless.webp", pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100)).ToArray());
        }

        byte[] extended = [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 29, 0, 0, 16, 0, 0];
        foreach (var name in new[] { "lossy.webp", "lossless.webp" })
            Assert.That(ImageFile.Read(folder[name]).Size, Is.EqualTo(new ImageSize(17, 30)), name);
        Assert.That(ImageFile.Read(folder.Write("extended.webp", extended)).Size, Is.EqualTo(new ImageSize(17, 30)));
        Assert.That((MaskKind("lossy.webp"), MaskKind("lossless.webp")), Is.EqualTo((PictureFormat.WebP, PictureFormat.WebPLossless)));

        PictureFormat MaskKind(string name) => PictureFormats.OfFile(folder[name]);
    }

    [Test]
    public void FlagAndList_Tiff_SaysWhatToDo()
    {
        var scenes = new SceneFiles(folder, 8);
        foreach (var path in Directory.GetFiles(folder["img"]))
            File.Move(path, Path.ChangeExtension(path, ".tif"));
        foreach (var path in Directory.GetFiles(folder["img"]))
            File.WriteAllBytes(path, [.. "II*\0"u8, .. new byte[100]]);

        Assert.That(CliRun.Refused("list", "folders", folder["img"], folder["seg"], "--out", folder["t.csv"]), Does.Contain("8 files are .tif, which is not read").And.Contain("magick mogrify"));
        var table = scenes.Rewrite("image", (_, cell) => Path.ChangeExtension(cell, ".tif"));
        Assert.That(CliRun.Refused(scenes.FlagTable(table, "--task", SceneFiles.SegTask)), Does.Contain("line 2, column 'image'").And.Contain("this is a TIFF file, which is not read; save it as PNG"));
    }

    [Test]
    public void FlagPredictCorrupt_Pipes_AreRefusedWithoutWaiting()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("needs pipes");
        var scenes = new SceneFiles(folder, 8);
        CliRun.Done(scenes.Flag("--task", SceneFiles.SegTask, "--epochs", "1").Where((_, i) => i is not (8 or 9)).ToArray());
        foreach (var kind in new[] { "img", "seg" })
        {
            File.Delete(folder[$"{kind}/s05.png"]);
            Process.Start("mkfifo", [folder[$"{kind}/s05.png"]]).WaitForExit();
        }

        Assert.That(CliRun.Refused(scenes.Flag("--task", SceneFiles.SegTask)), Does.Contain("line 7, column 'image'").And.Contain("a pipe or a device"));
        Assert.That(CliRun.Refused("predict", folder["out/model.zip"], scenes.Table, "--images", folder.Root, "--out", folder["p.csv"]), Does.Contain("line 7, column 'image'").And.Contain("a pipe or a device"));
        Assert.That(CliRun.Refused("corrupt", scenes.Table, "--task", SceneFiles.SegTask, "--kind", "permute", "--fraction", "1", "--labels", folder.Root, "--out", folder["new/w.csv"], "--truth", folder["new/t.csv"]), Does.Contain("line 7, column 'mask'").And.Contain("empty"));
    }

    [Test]
    public void FlagAndPredict_PictureBeyondTheLimit_IsRefusedInOneLine()
    {
        var scenes = new SceneFiles(folder, 8);
        CliRun.Done(scenes.Flag("--task", "light=class:light"));
        var file = File.ReadAllBytes(folder["img/s05.png"]);
        (file[18], file[22]) = (0x7F, 0x7F);
        folder.Write("img/s05.png", file);

        Assert.That(CliRun.Refused(scenes.Flag("--task", "light=class:light")), Does.Contain("line 7").And.Contain("too large; at most 2^30 numbers"));
        Assert.That(CliRun.Refused("predict", folder["out/model.zip"], scenes.Table, "--images", folder.Root, "--out", folder["p.csv"]), Does.Contain("line 7").And.Contain("too large; at most 2^30 numbers"));
    }

    [Test]
    public void Predict_ArraysForAModelOfPictures_AreRefused()
    {
        var scenes = new SceneFiles(folder, 8);
        CliRun.Done(scenes.Flag("--task", "light=class:light"));
        var table = scenes.Rewrite("image", (row, _) => row == 5 ? "arr/s05.npy" : null);

        Assert.That(CliRun.Refused("predict", folder["out/model.zip"], table, "--images", folder.Root, "--out", folder["p.csv"]), Does.Contain("line 7").And.Contain("NumPy arrays of 1 channel(s), and the model was trained on pictures"));
    }

    // Not square, so that a picture that was not turned has another size.
    private static void Crop(string path, bool isColour)
    {
        var image = isColour ? PngImage.ReadImage(path, 3) : LabelPng.ReadMask(path);
        PngWriter.Write(path, new ByteImage(20, 32, image.Channels, image.Pixels[..(20 * 32 * image.Channels)]));
    }

    /// <summary>Stores a picture as a camera does that was held in another way.</summary>
    private static void Store(string path, PictureOrientation orientation)
    {
        var seen = PngImage.ReadImage(path, 3);
        // The way back of the two turns is each other; all others are their own.
        var back = orientation switch { PictureOrientation.TurnRight => PictureOrientation.TurnLeft, PictureOrientation.TurnLeft => PictureOrientation.TurnRight, _ => orientation };
        var size = PictureFile.Turned(seen.Size, back);
        PngWriter.Write(path, new ByteImage(size.Height, size.Width, 3, PictureFile.Turn(seen.Pixels, seen.Size, 3, back)));
        PngChunks.Orient(path, (int)orientation);
        Assert.That(PictureReader.Read(path).Pixels, Is.EqualTo(seen.Pixels));
    }

    private static void Save(string from, string to)
    {
        if (to.EndsWith(".bmp", StringComparison.Ordinal))
        {
            var image = PngImage.ReadImage(from, 3);
            var lines = Enumerable.Range(0, image.Height).Reverse().SelectMany(y => Enumerable.Range(0, image.Width).SelectMany(x => image.Pixels[(((y * image.Width) + x) * 3)..][..3].Reverse())).ToArray();
            var head = new byte[54];
            "BM"u8.CopyTo(head);
            BitConverter.TryWriteBytes(head.AsSpan(2), 54 + lines.Length);
            (head[10], head[14], head[26], head[28]) = (54, 40, 1, 24);
            BitConverter.TryWriteBytes(head.AsSpan(18), image.Width);
            BitConverter.TryWriteBytes(head.AsSpan(22), image.Height);
            File.WriteAllBytes(to, [.. head, .. lines]);
            return;
        }

        using var bitmap = SKBitmap.Decode(from);
        File.WriteAllBytes(to, bitmap.Encode(to.EndsWith(".webp", StringComparison.Ordinal) ? SKEncodedImageFormat.Webp : SKEncodedImageFormat.Jpeg, 95).ToArray());
    }
}
