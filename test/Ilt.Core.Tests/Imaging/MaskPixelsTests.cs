using Ilt.Support;

namespace Ilt.Imaging;

/// <summary>What a mask file is taken for follows from its values, not from the kind of picture that holds them.</summary>
[TestFixture]
public sealed class MaskPixelsTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void ReadMask_GrayWithAlphaAndEqualChannels_AreNumbers([Values(2, 4, 6)] int colour, [Values(8, 16)] int depth)
    {
        int[] ids = [0, 3, 7, 250, 1, 0];
        var path = File(new SlowPng { Height = 2, Width = 3, Colour = colour, Depth = depth, Samples = [.. ids.SelectMany((id, i) => Samples(id, i, colour))] });

        Assert.That(LabelFiles.ReadMask(path).Pixels, Is.EqualTo(ids));
        Assert.That(LabelPng.Read(path).Values, Is.EqualTo(ids));
        Assert.That(LabelFiles.ReadMap(path).Values, Is.EqualTo(ids));
        var pixels = MaskPixels.Read(path);
        Assert.That((pixels.Kind, pixels.IsGray), Is.EqualTo(colour == 4 ? (MaskPixelKind.Numbers, false) : (MaskPixelKind.Colours, true)));
        Assert.That(depth == 16 && colour != 4 ? null : pixels.Numbers(), Is.EqualTo(depth == 16 && colour != 4 ? null : ids));

        static int[] Samples(int id, int i, int colour) => colour == 2 ? [id, id, id] : colour == 4 ? [id, i * 9] : [id, id, id, i * 9];
    }

    [Test]
    public void ReadMask_ColoursWithClasses_AreTheirClasses()
    {
        var path = Colours(0x000000, 0x800000, 0x008000, 0xE0E0C0);
        var encoding = new MaskEncoding { Colours = new Dictionary<int, byte> { [0] = 0, [0x800000] = 2, [0x008000] = 1, [0xE0E0C0] = 255 } };

        Assert.That(LabelFiles.ReadMask(path, encoding).Pixels, Is.EqualTo(new byte[] { 0, 2, 1, 255 }));
        Assert.That(() => LabelFiles.ReadMask(Colours(0x000000, 0x800000, 0x800001, 0), encoding), Throws.TypeOf<ImageFormatException>()
            .With.Message.Contains("the colour #800001 at row 1, column 0 (from 0) is none of the 4 colours"));
        Assert.That(() => LabelFiles.ReadMask(path), Throws.TypeOf<ImageFormatException>().With.Message.Contains("this is an RGB image").And.Message.Contains("MaskEncoding.Colours"));
        Assert.That(() => LabelFiles.ReadMask(path, encoding with { InstanceIds = true }), Throws.ArgumentException.With.Message.Contains("excludes"));
    }

    [Test]
    public void ReadMask_PaletteByColour_LooksIndicesUp()
    {
        var png = new SlowPng { Height = 1, Width = 3, Colour = 3, Samples = [2, 0, 1], Palette = [0, 128, 0, 128, 0, 0, 0, 0, 0] };
        var path = File(png);

        var pixels = MaskPixels.Read(path);
        Assert.That(pixels.Kind, Is.EqualTo(MaskPixelKind.Palette));
        Assert.That(pixels.Numbers(), Is.EqualTo(new[] { 2, 0, 1 }));
        Assert.That(pixels.Colours(path), Is.EqualTo(new[] { 0x000000, 0x008000, 0x800000 }));
        Assert.That(LabelFiles.ReadMask(path, new MaskEncoding { Colours = new Dictionary<int, byte> { [0] = 0, [0x008000] = 1, [0x800000] = 2 } }).Pixels, Is.EqualTo(new byte[] { 0, 1, 2 }));
        Assert.That(() => MaskPixels.Read(File(png with { Palette = [0, 0, 0] })).Colours("p"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("palette of 1 colours"));
    }

    [Test]
    public void ReadMask_GrayByColour_IsTheGrayOfItsNumber()
    {
        PngWriter.Write(folder.Path("m.png"), new ByteImage(1, 3, 1, [0, 128, 0]));

        Assert.That(LabelFiles.ReadMask(folder.Path("m.png"), new MaskEncoding { Colours = new Dictionary<int, byte> { [0] = 0, [0x808080] = 1 } }).Pixels, Is.EqualTo(new byte[] { 0, 1, 0 }));
    }

    [Test]
    public void ReadMask_Jpeg_IsPartedIntoBackgroundAndForegroundOnly()
    {
        var path = folder.File("m.jpg", [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[30]]);
        ByteImage Decode(string _) => new(1, 4, 3, [3, 2, 4, 127, 127, 127, 128, 128, 128, 250, 251, 255]);

        Assert.That(LabelFiles.ReadMask(path, MaskEncoding.Binary, Decode).Pixels, Is.EqualTo(new byte[] { 0, 0, 1, 1 }));
        Assert.That(() => LabelFiles.ReadMask(path, MaskEncoding.Plain, Decode), Throws.TypeOf<ImageFormatException>().With.Message.Contains("JPEG and lossy WebP change the numbers"));
        Assert.That(() => LabelFiles.ReadMask(path, MaskEncoding.Binary), Throws.TypeOf<ImageFormatException>().With.Message.Contains("JPEG changes the numbers"));
    }

    [Test]
    public void ReadMask_FormatByItsFirstBytes_WhateverItIsCalled()
    {
        PngWriter.Write(folder.Path("m.bmp"), new ByteImage(1, 2, 1, [0, 5]));
        Assert.That(LabelFiles.ReadMask(folder.Path("m.bmp")).Pixels, Is.EqualTo(new byte[] { 0, 5 }));

        var bitmap = folder.File("m.png", [.. "BM"u8, .. new byte[60]]);
        Assert.That(LabelFiles.ReadMask(bitmap, null, _ => new ByteImage(1, 2, 3, [4, 4, 4, 0, 0, 0])).Pixels, Is.EqualTo(new byte[] { 4, 0 }));
        Assert.That(() => LabelFiles.ReadMask(folder.File("m.tif", [.. "II*\0"u8, .. new byte[60]])), Throws.TypeOf<ImageFormatException>().With.Message.Contains("this is a TIFF file, which is not read; save it as PNG"));
    }

    [Test]
    public void Binary_IsWhatItSays()
    {
        PngWriter.Write(folder.Path("m.png"), new ByteImage(1, 3, 1, [0, 1, 255]));

        Assert.That(LabelFiles.ReadMask(folder.Path("m.png"), MaskEncoding.Binary).Pixels, Is.EqualTo(new byte[] { 0, 1, 1 }));
        Assert.That(MaskEncoding.Plain.IsBinary, Is.False);
    }

    [Test]
    public void Read_PipeOrEmptyFile_IsRefusedWithoutWaiting()
    {
        folder.File("empty.png", []);
        Assert.That(() => PictureFile.RequireComplete(folder.Path("empty.png")), Throws.TypeOf<ImageFormatException>().With.Message.Contains("empty"));
        if (!OperatingSystem.IsLinux()) Assert.Ignore("needs pipes");
        using var made = System.Diagnostics.Process.Start("mkfifo", [folder.Path("pipe.png")])!;
        made.WaitForExit();
        System.IO.File.CreateSymbolicLink(folder.Path("link.png"), folder.Path("pipe.png"));
        foreach (var name in new[] { "pipe.png", "link.png" })
        {
            Assert.That(() => PictureFile.RequireComplete(folder.Path(name)), Throws.TypeOf<ImageFormatException>().With.Message.Contains("a pipe or a device"));
            Assert.That(() => LabelFiles.ReadMask(folder.Path(name)), Throws.TypeOf<ImageFormatException>());
            Assert.That(() => NpyFile.Read(folder.Path(name)), Throws.TypeOf<ImageFormatException>());
        }
    }

    private string Colours(params int[] colours) =>
        File(new SlowPng { Height = 2, Width = 2, Colour = 2, Samples = [.. colours.SelectMany(c => new[] { c >> 16, c >> 8 & 255, c & 255 })] });

    private string File(SlowPng png) => folder.File("mask.png", png.Encode());
}
