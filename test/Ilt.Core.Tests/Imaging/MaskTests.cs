using Ilt.Datasets;
using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class MaskTests
{
    [TestCase(0, 1)]
    [TestCase(0, 4)]
    [TestCase(0, 8)]
    [TestCase(3, 2)]
    [TestCase(3, 8)]
    public void ReadMask_GrayOrPalette_GivesTheIdsUnscaled(int colour, int depth)
    {
        using var folder = new TempFolder();
        var png = SlowPng.Random(6, 9, colour, depth, seed: 1);

        Assert.That(LabelPng.ReadMask(folder.File("m.png", png.Encode())).Pixels, Is.EqualTo(png.Samples));
    }

    [TestCase(".png")]
    [TestCase(".npy")]
    public void ReadMask_ClassCount_RefusesAnIdBeyondItWithItsPixel(string extension)
    {
        using var folder = new TempFolder();
        var path = Write(folder, extension, 2, 3, [0, 1, 255, 10, 11, 0]);
        Assert.That(LabelFiles.ReadMask(path, new MaskEncoding { ClassCount = 12 }).Pixels, Is.EqualTo(new byte[] { 0, 1, 255, 10, 11, 0 }));
        Assert.That(() => LabelFiles.ReadMask(path, new MaskEncoding { ClassCount = 11 }), Throws.TypeOf<ImageFormatException>()
            .With.Message.EqualTo($"{path}: class id 11 at row 1, column 1 (from 0); expected 0 .. 10 or the ignore value 255."));
    }

    [TestCase(".png")]
    [TestCase(".npy")]
    public void ReadMask_AnotherIgnoreValue_BecomesTheIgnoredOneAnd255IsNoClass(string extension)
    {
        using var folder = new TempFolder();
        var encoding = new MaskEncoding { IgnoreValue = 11, ClassCount = 11 };

        Assert.That(LabelFiles.ReadMask(Write(folder, extension, 1, 3, [10, 11, 0]), encoding).Pixels, Is.EqualTo(new byte[] { 10, 255, 0 }));
        Assert.That(() => LabelFiles.ReadMask(Write(folder, extension, 1, 3, [10, 255, 0]), encoding with { ClassCount = null }),
            Throws.TypeOf<ImageFormatException>().With.Message.Contains("class id 255 at row 0, column 1"));
    }

    [TestCase(".png")]
    [TestCase(".npy")]
    public void ReadMask_ClassMap_TranslatesIds(string extension)
    {
        using var folder = new TempFolder();
        var path = Write(folder, extension, 1, 5, [7, 26, 0, 33, 255]);

        Assert.That(LabelFiles.ReadMask(path, new MaskEncoding { ClassMap = CityscapesClasses.To7, ClassCount = 7 }).Pixels, Is.EqualTo(new byte[] { 0, 6, 255, 6, 255 }));
        Assert.That(() => LabelFiles.ReadMask(path, new MaskEncoding { ClassMap = CityscapesClasses.To7, ClassCount = 6 }),
            Throws.TypeOf<ImageFormatException>().With.Message.Contains("class id 26 (which the class map turns into 6) at row 0, column 1"));
    }

    [Test]
    public void ReadMask_SixteenBitsBeyondAByte_IsRefusedUnlessItNumbersInstances()
    {
        using var folder = new TempFolder();
        var path = folder.Path("ids.png");
        PngWriter.WriteGray16(path, 2, 2, [0, 1, 255, 65535]);

        Assert.That(() => LabelPng.ReadMask(path), Throws.TypeOf<ImageFormatException>()
            .With.Message.StartsWith($"{path}: this is a 16-bit image; a mask holds class ids of at most 8 bits."));
        Assert.That(LabelPng.ReadMask(path, new MaskEncoding { InstanceIds = true }).Pixels, Is.EqualTo(new byte[] { 0, 1, 1, 1 }), "the 255th object is an object");
        Assert.That(LabelPng.ReadMask(path, new MaskEncoding { IgnoreValue = 65535, ClassMap = [0, 1, .. new byte[253], 2] }).Pixels, Is.EqualTo(new byte[] { 0, 1, 2, 255 }));
    }

    [Test]
    public void ReadMask_SixteenBitsOfSmallNumbers_AreNumbers()
    {
        using var folder = new TempFolder();
        PngWriter.WriteGray16(folder.Path("ids.png"), 2, 2, [0, 1, 255, 7]);

        Assert.That(LabelPng.ReadMask(folder.Path("ids.png")).Pixels, Is.EqualTo(new byte[] { 0, 1, 255, 7 }));
        Assert.That(() => LabelPng.ReadMask(folder.Path("ids.png"), new MaskEncoding { ClassCount = 7 }), Throws.TypeOf<ImageFormatException>().With.Message.Contains("class id 7 at row 1, column 1"));
    }

    [Test]
    public void ReadMask_NumPy_TakesMinusOneAndWholeFloatsAndRefusesOthers()
    {
        using var folder = new TempFolder();
        var path = folder.Path("m.npy");
        NpyFile.Write(path, NpyArray.Create<float>([-1, 0, 1, 254], 2, 2, 1));
        Assert.That(LabelFiles.ReadMask(path).Pixels, Is.EqualTo(new byte[] { 255, 0, 1, 254 }));

        NpyFile.Write(path, NpyArray.Create<float>([0, 0.5f, 1, 2], 2, 2));
        Assert.That(() => LabelFiles.ReadMask(path), Throws.TypeOf<ImageFormatException>().With.Message.EqualTo($"{path}: the value at index (0, 1) is 0.5; expected a whole number."));

        NpyFile.Write(path, NpyArray.Create<int>([0, 0, -2, 2], 2, 2));
        Assert.That(() => LabelFiles.ReadMask(path), Throws.TypeOf<ImageFormatException>().With.Message.Contains("class id -2 at row 1, column 0"));
    }

    [Test]
    public void ReadMask_WrongExtensionOrShape_SaysWhatIsExpected()
    {
        using var folder = new TempFolder();
        var array = folder.Path("m.npy");
        NpyFile.Write(array, NpyArray.Create(new byte[12], 2, 2, 3));

        Assert.That(() => LabelFiles.ReadMask(array), Throws.TypeOf<ImageFormatException>().With.Message.Contains("the shape (2, 2, 3); a mask has one number per pixel"));
        Assert.That(() => LabelFiles.ReadMask("m.jpg"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("JPEG changes the numbers"));
        Assert.That(() => LabelFiles.ReadMask("m.tif"), Throws.TypeOf<ImageFormatException>().With.Message.EqualTo("m.tif: a mask is read from .png or .npy files; found the extension '.tif'."));
    }

    [Test]
    public void RequireSize_AnotherSize_NamesBothFiles()
    {
        Assert.That(() => LabelFiles.RequireSize("mask.png", new ImageSize(2, 3), "image.png", new ImageSize(2, 3)), Throws.Nothing);
        Assert.That(() => LabelFiles.RequireSize("mask.png", new ImageSize(2, 3), "image.png", new ImageSize(4, 5)), Throws.TypeOf<ImageFormatException>()
            .With.Message.EqualTo("mask.png: this label has 2 x 3 pixels (height x width), but its image image.png has 4 x 5; they must show the same pixels."));
    }

    [Test]
    public void Validate_OptionOutOfRange_NamesIt()
    {
        Assert.That(() => new MaskEncoding { IgnoreValue = -2 }.Validate(), Throws.ArgumentException.With.Message.Contains("MaskEncoding.IgnoreValue must be -1 .. 65535; found -2"));
        Assert.That(() => new MaskEncoding { ClassMap = new byte[3] }.Validate(), Throws.ArgumentException.With.Message.Contains("MaskEncoding.ClassMap must have 256 entries"));
        Assert.That(() => new MaskEncoding { ClassCount = 256 }.Validate(), Throws.ArgumentException.With.Message.Contains("MaskEncoding.ClassCount must be 1 .. 255; found 256"));
        Assert.That(() => new MaskEncoding { ClassMap = CityscapesClasses.To7, InstanceIds = true }.Validate(), Throws.ArgumentException.With.Message.Contains("exclude each other"));
        Assert.That(() => new MapEncoding { Scale = 0 }.Validate(), Throws.ArgumentException.With.Message.Contains("MapEncoding.Scale must be a finite number other than 0; found 0"));
        Assert.That(() => new MapEncoding { Offset = double.NaN }.Validate(), Throws.ArgumentException.With.Message.Contains("MapEncoding.Offset"));
        Assert.That(() => new MapEncoding { Invalid = double.NaN }.Validate(), Throws.ArgumentException.With.Message.Contains("NanIsInvalid"));
    }

    private static string Write(TempFolder folder, string extension, int height, int width, byte[] ids)
    {
        var path = folder.Path("m" + extension);
        if (extension == ".png") PngWriter.Write(path, new ByteImage(height, width, 1, ids));
        else NpyFile.Write(path, NpyArray.Create(ids, height, width));
        return path;
    }
}
