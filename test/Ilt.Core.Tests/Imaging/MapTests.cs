using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class MapTests
{
    [Test]
    public void ReadMap_DisparityOfCityscapes_IsInPixelsAndZeroIsNoValue()
    {
        using var folder = new TempFolder();
        var path = folder.Path("disparity.png");
        PngWriter.WriteGray16(path, 1, 4, [0, 1, 257, 32257]);

        // (p - 1) / 256; the largest number seen in the data set is 126 pixels.
        Assert.That(LabelFiles.ReadMap(path, MapEncoding.CityscapesDisparity).Values, Is.EqualTo(new[] { float.NaN, 0, 1, 126 }));
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    [TestCase(16)]
    public void ReadMap_GrayOfAnyDepth_IsScaledAndShifted(int depth)
    {
        using var folder = new TempFolder();
        var png = SlowPng.Random(5, 7, 0, depth, seed: depth);
        var map = LabelFiles.ReadMap(folder.File("m.PNG", png.Encode()), new MapEncoding { Scale = 0.5, Offset = -3 });

        Assert.That(map.Size, Is.EqualTo(new ImageSize(5, 7)));
        Assert.That(map.Values, Is.EqualTo(png.Samples.Select(sample => sample * 0.5f - 3)));
    }

    [Test]
    public void ReadMap_SingleOrHalfPrecision_GivesTheValues()
    {
        using var folder = new TempFolder();
        var path = folder.Path("m.npy");
        float[] values = [0.5f, -2, 1024, 0];
        NpyFile.Write(path, NpyArray.Create(values, 2, 2));
        Assert.That(LabelFiles.ReadMap(path).Values, Is.EqualTo(values));

        NpyFile.Write(path, NpyArray.Create(Array.ConvertAll(values, v => (Half)v), 1, 2, 2));
        Assert.That(LabelFiles.ReadMap(path, new MapEncoding { Scale = 2, Invalid = 0 }).Values, Is.EqualTo(new[] { 1, -4, 2048, float.NaN }));
    }

    [Test]
    public void ReadMap_NanOrInfinity_IsRefusedWithItsPixelUnlessNanIsNoValue()
    {
        using var folder = new TempFolder();
        var path = folder.Path("m.npy");
        NpyFile.Write(path, NpyArray.Create([1f, 2, 3, 4, float.NaN, 6], 2, 3));
        Assert.That(() => LabelFiles.ReadMap(path), Throws.TypeOf<ImageFormatException>()
            .With.Message.StartsWith($"{path}: the value at row 1, column 1 (from 0) is NaN; expected a finite number; if NaN means"));
        Assert.That(LabelFiles.ReadMap(path, new MapEncoding { NanIsInvalid = true }).Values, Is.EqualTo(new[] { 1f, 2, 3, 4, float.NaN, 6 }));

        NpyFile.Write(path, NpyArray.Create([1f, float.PositiveInfinity], 1, 2));
        Assert.That(() => LabelFiles.ReadMap(path, new MapEncoding { NanIsInvalid = true }), Throws.TypeOf<ImageFormatException>().With.Message.Contains("row 0, column 1 (from 0) is Infinity"));
    }

    [Test]
    public void ReadMap_Palette_IsRefused()
    {
        using var folder = new TempFolder();
        var path = folder.File("m.png", SlowPng.Random(2, 2, 3, 8, seed: 1).Encode());

        Assert.That(() => LabelFiles.ReadMap(path), Throws.TypeOf<ImageFormatException>().With.Message.Contains("a palette image, whose numbers name colours"));
    }
}
