using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class PngImageTests
{
    [Test]
    public void ReadImage_EveryColourTypeFilterAndOrder_GivesTheColours(
        [Values(0, 2, 4, 6)] int colour, [Values(8, 16)] int depth, [Values(0, 1, 2, 3, 4)] int filter, [Values] bool interlaced)
    {
        using var folder = new TempFolder();
        var png = SlowPng.Random(11, 6, colour, depth, seed: 5) with { Filter = _ => filter, Interlaced = interlaced };
        var image = PngImage.ReadImage(folder.File("i.png", png.Encode()));

        var (channels, kept) = colour switch { 2 => (3, 3), 4 => (2, 1), 6 => (4, 3), _ => (1, 1) };
        Assert.That((image.Size, image.Channels), Is.EqualTo((new ImageSize(11, 6), kept)));
        Assert.That(image.Pixels, Is.EqualTo(png.Samples.Where((_, i) => i % channels < kept).Select(v => v >> (depth - 8))), "alpha is left out");
    }

    [TestCase(1, 255)]
    [TestCase(2, 85)]
    [TestCase(4, 17)]
    public void ReadImage_FewBitsOfGray_AreStretched(int depth, int factor)
    {
        using var folder = new TempFolder();
        var png = SlowPng.Random(5, 6, 0, depth, seed: 5);

        Assert.That(PngImage.ReadImage(folder.File("i.png", png.Encode())).Pixels, Is.EqualTo(png.Samples.Select(v => v * factor)));
    }

    [Test]
    public void ReadImage_Palette_IsLookedUp()
    {
        using var folder = new TempFolder();
        var png = new SlowPng { Height = 1, Width = 3, Colour = 3, Depth = 2, Samples = [1, 0, 2], Palette = [1, 2, 3, 4, 5, 6, 7, 8, 9] };

        Assert.That(PngImage.ReadImage(folder.File("i.png", png.Encode())).Pixels, Is.EqualTo(new byte[] { 4, 5, 6, 1, 2, 3, 7, 8, 9 }));
        Assert.That(() => PngImage.ReadImage(folder.File("i.png", (png with { Samples = [3, 0, 0] }).Encode())),
            Throws.TypeOf<ImageFormatException>().With.Message.Contains("the colour 3 of a palette of 3 colours"));
    }

    [Test]
    public void ReadImage_ChannelsAskedFor_ConvertsGrayAndColour()
    {
        using var folder = new TempFolder();
        var gray = folder.Path("gray.png");
        PngWriter.Write(gray, new ByteImage(1, 2, 1, [7, 200]));
        var colour = folder.Path("colour.png");
        PngWriter.Write(colour, new ByteImage(1, 2, 3, [255, 0, 0, 10, 20, 30]));

        Assert.That(PngImage.ReadImage(gray, 3).Pixels, Is.EqualTo(new byte[] { 7, 7, 7, 200, 200, 200 }));
        // 0.299 * 255 = 76.2; 2.99 + 11.74 + 3.42 = 18.15
        Assert.That(PngImage.ReadImage(colour, 1).Pixels, Is.EqualTo(new byte[] { 76, 18 }));
        Assert.That(() => PngImage.ReadImage(colour, 4), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Write_ThenRead_GivesTheSamePixels([Values(1, 3)] int channels, [Values(1, 300)] int width)
    {
        using var folder = new TempFolder();
        var random = new Random(1);
        var pixels = new byte[40 * width * channels];
        random.NextBytes(pixels);
        var path = folder.Path("i.png");
        PngWriter.Write(path, new ByteImage(40, width, channels, pixels));

        Assert.That(PngImage.ReadImage(path).Pixels, Is.EqualTo(pixels));
    }

    [Test]
    public void Write_MoreThanAChunk_IsReadBack()
    {
        using var folder = new TempFolder();
        var pixels = new byte[1200 * 1000];
        new Random(2).NextBytes(pixels);
        var path = folder.Path("i.png");
        PngWriter.Write(path, new ByteImage(1200, 1000, 1, pixels));

        Assert.That(LabelPng.ReadMask(path, new MaskEncoding()).Pixels.AsSpan().SequenceEqual(pixels));
    }

    [Test]
    public void WriteGray16_ThenRead_GivesTheSameNumbers()
    {
        using var folder = new TempFolder();
        var values = Enumerable.Range(0, 15).Select(i => (ushort)(i * 4567)).ToArray();
        var path = folder.Path("i.png");
        PngWriter.WriteGray16(path, 3, 5, values);

        Assert.That(LabelPng.Read(path).Values, Is.EqualTo(values));
        Assert.That(() => PngWriter.WriteGray16(path, 3, 4, values), Throws.ArgumentException);
        Assert.That(() => PngWriter.Write(path, new ByteImage(1, 1, 2, [1, 2])), Throws.ArgumentException.With.Message.Contains("1 or 3 channels; found 2"));
    }
}
