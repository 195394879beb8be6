using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;
using SkiaSharp;

namespace Ilt.MLNet.Tests;

/// <summary>Pictures that end too early: ML.NET's decoder shows them half black, the library refuses them.</summary>
public sealed class CutPictureTests
{
    private static readonly MLContext Ml = new(1);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase("picture.png")]
    [TestCase("picture.jpg")]
    [TestCase("picture.webp")]
    [TestCase("picture.bmp")]
    [TestCase("picture.gif")]
    public void RequireComplete_EveryPrefixOfAFile_IsRefusedUnlessItIsTheWholePicture(string name)
    {
        var whole = Write(name);
        PictureFile.RequireComplete(folder.File(name));
        Assert.That(Pixels(whole), Is.Not.Null, "the decoder takes the file");
        // Heads of fewer bytes are of no known format, and no decoder takes them.
        for (var length = 12; length < whole.Length; length++)
        {
            using var stream = new MemoryStream(whole, 0, length);
            var refused = Refused(name, stream);
            if (refused is null) Assert.That(Pixels(whole[..length]), Is.EqualTo(Pixels(whole)), $"{length} of {whole.Length} bytes passed");
            else Assert.That(refused, Does.StartWith($"{name}: the file is cut short"), $"{length} of {whole.Length} bytes");
        }
    }

    [TestCase("picture.png")]
    [TestCase("picture.jpg")]
    [TestCase("picture.webp")]
    [TestCase("picture.bmp")]
    [TestCase("picture.gif")]
    public void RequireComplete_BytesBehindThePicture_AreNoFault(string name)
    {
        var whole = Write(name);
        foreach (var more in (int[])[1, 2, 100, 70_000])
            Assert.That(Refused(name, new MemoryStream([.. whole, .. new byte[more]])), Is.Null, $"{more} bytes more");
    }

    [TestCase("picture.png")]
    [TestCase("picture.jpg")]
    public void RequireComplete_RestOfZeros_IsRefused(string name)
    {
        var whole = Write(name);
        foreach (var part in (double[])[0.3, 0.6, 0.95])
        {
            var zeroed = (byte[])whole.Clone();
            zeroed.AsSpan((int)(part * whole.Length)).Clear();
            Assert.That(Refused(name, new MemoryStream(zeroed)), Does.Contain("the file is cut short").Or.Contains("is damaged at byte"), $"zeros from {part}");
        }
    }

    [Test]
    public void RequireComplete_PreviewWithItsOwnEnd_IsNotTakenForThePicture()
    {
        var whole = Write("picture.jpg");
        // A segment that holds a small JPEG file, as cameras write it, and nothing after it.
        byte[] preview = [0xFF, 0xD8, 0xFF, 0xE1, 0, 2 + 6, 0xFF, 0xD8, 1, 2, 0xFF, 0xD9];
        Assert.That(Refused("p.jpg", new MemoryStream(preview)), Does.Contain("cut short (a JPEG file of 12 bytes without its end)"));
        Assert.That(Refused("p.jpg", new MemoryStream([.. preview, .. whole[2..]])), Is.Null);
    }

    [Test]
    public void RequireComplete_OtherFormats_AreLeftToTheDecoder()
        => Assert.That(Refused("x", new MemoryStream("no picture at all, but a text of some length"u8.ToArray())), Is.Null);

    [TestCase("png")]
    [TestCase("jpg")]
    public void Fit_PictureCutAnywhere_NamesRowAndFileOrReadsTheWholePicture(string format)
    {
        using var scenes = new SceneFiles(8);
        using (var image = MLImage.CreateFromFile(scenes.File("image2.png"))) image.Save(scenes.File($"cut.{format}"));
        var whole = File.ReadAllBytes(scenes.File($"cut.{format}"));
        scenes.Rows[2].ImagePath = $"cut.{format}";
        var quick = SceneFiles.Options with { Tasks = [TaskColumn.Regression("cars", "Cars")], Training = SceneFiles.Options.Training with { Epochs = 1 } };
        for (var part = 1; part <= 20; part++)
        {
            var length = part * (whole.Length - 1) / 20;
            File.WriteAllBytes(scenes.File($"cut.{format}"), whole[..length]);
            Assert.That(() => scenes.Fit(Ml, quick), Throws.InvalidOperationException
                .With.Message.StartsWith("Training row 3 (id 's2'): image column 'Image' cannot be read: ")
                // Without the head of a file ML.NET's decoder refuses it, and does not name it.
                .And.Message.Contains(part <= 10 && format == "jpg" ? "" : $"cut.{format}: the file is cut short"), $"{length} of {whole.Length} bytes");
        }
        File.WriteAllBytes(scenes.File($"cut.{format}"), whole);
        using var fitted = scenes.Fit(Ml, quick);
        Assert.That(fitted.LastTransformer.SkippedRows, Is.Zero);
    }

    [Test]
    public void Transform_CutPicture_NamesRowAndFile()
    {
        using var scenes = new SceneFiles(8);
        using var model = scenes.Fit(Ml, SceneFiles.Options with { Tasks = [TaskColumn.Regression("cars", "Cars")], Training = SceneFiles.Options.Training with { Epochs = 1 } });
        var bytes = File.ReadAllBytes(scenes.File("image1.png"));
        File.WriteAllBytes(scenes.File("image1.png"), bytes[..(bytes.Length / 2)]);
        Assert.That(() => Pipelines.Column<float>(model.Transform(scenes.Data(Ml)), "cars.Score"), Throws.InvalidOperationException
            .With.Message.StartsWith("Row 2: image column 'Image' cannot be read: ").And.Message.Contains("image1.png: the file is cut short"));
    }

    private static string? Refused(string name, Stream stream)
    {
        try
        {
            PictureFile.RequireComplete(name, stream);
            return null;
        }
        catch (ImageFormatException e)
        {
            return e.Message;
        }
    }

    private static byte[]? Pixels(byte[] file)
    {
        using var bitmap = SKBitmap.Decode(file);
        return bitmap?.Bytes;
    }

    private byte[] Write(string name)
    {
        const int side = 24;
        var random = new Random(1);
        var pixels = Enumerable.Range(0, side * side).SelectMany(i => (byte[])[(byte)(i % side * 8), (byte)(i / side * 8), (byte)random.Next(256), 255]).ToArray();
        using (var bitmap = new SKBitmap(side, side, SKColorType.Bgra8888, SKAlphaType.Opaque))
        {
            System.Runtime.InteropServices.Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
            var bytes = Path.GetExtension(name) switch
            {
                ".bmp" => Bitmap(side, pixels),
                ".gif" => Gif(side),
                ".jpg" => bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray(),
                ".webp" => bitmap.Encode(SKEncodedImageFormat.Webp, 90).ToArray(),
                _ => bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray(),
            };
            File.WriteAllBytes(folder.File(name), bytes);
            return bytes;
        }
    }

    private static byte[] Bitmap(int side, byte[] pixels)
    {
        var head = new byte[54];
        "BM"u8.CopyTo(head);
        BitConverter.TryWriteBytes(head.AsSpan(2), 54 + pixels.Length);
        BitConverter.TryWriteBytes(head.AsSpan(10), 54);
        BitConverter.TryWriteBytes(head.AsSpan(14), 40);
        BitConverter.TryWriteBytes(head.AsSpan(18), side);
        BitConverter.TryWriteBytes(head.AsSpan(22), side);
        BitConverter.TryWriteBytes(head.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(head.AsSpan(28), (short)32);
        return [.. head, .. pixels];
    }

    // Codes of three bits of a palette of four colours, cleared before they would grow.
    private static byte[] Gif(int side)
    {
        const int clear = 4, end = 5;
        var codes = new List<int>();
        for (var i = 0; i < side * side; i++)
        {
            if (i % 2 == 0) codes.Add(clear);
            codes.Add(i / 3 % 4);
        }
        codes.Add(end);
        var bits = codes.SelectMany(code => Enumerable.Range(0, 3).Select(b => code >> b & 1)).Chunk(8).Select(b => (byte)b.Select((bit, i) => bit << i).Sum()).ToArray();
        return
        [
            .. "GIF89a"u8, (byte)side, 0, (byte)side, 0, 0x81, 0, 0, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255,
            0x21, 0xF9, 4, 0, 0, 0, 0, 0, // an extension
            0x2C, 0, 0, 0, 0, (byte)side, 0, (byte)side, 0, 0, 2,
            .. bits.Chunk(200).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0, 0x3B,
        ];
    }
}
