namespace Ilt.Imaging;

[TestFixture]
public sealed class PixelResizeTests
{
    [Test]
    public void NearestMask_ToHalfAndToDouble_TakesThePixelUnderTheCentre()
    {
        // Centres of the two result pixels lie at 1 and 3 of the source's four: pixels 1 and 3.
        Assert.That(PixelResize.NearestMask(new ByteImage(1, 4, 1, [1, 2, 3, 4]), new ImageSize(1, 2)).Pixels, Is.EqualTo(new byte[] { 2, 4 }));
        Assert.That(PixelResize.NearestMask(new ByteImage(2, 1, 1, [1, 2]), new ImageSize(4, 1)).Pixels, Is.EqualTo(new byte[] { 1, 1, 2, 2 }));
    }

    [Test]
    public void Nearest_AnySizes_TakesTheSourcePixelThatHoldsTheCentre()
    {
        for (var from = 1; from <= 20; from++)
            for (var to = 1; to <= 20; to++)
            {
                var source = Enumerable.Range(0, from).Select(i => (byte)i).ToArray();
                var expected = Enumerable.Range(0, to).Select(i => (byte)Math.Floor((i + 0.5m) * from / to));
                Assert.That(PixelResize.NearestMask(new ByteImage(1, from, 1, source), new ImageSize(1, to)).Pixels, Is.EqualTo(expected), $"{from} to {to}");
            }
    }

    [Test]
    public void NearestMap_MaskAndImage_MoveTogether()
    {
        var values = Enumerable.Range(0, 7 * 5).ToArray();
        var size = new ImageSize(4, 9);
        var mask = PixelResize.NearestMask(new ByteImage(7, 5, 1, Array.ConvertAll(values, v => (byte)v)), size);
        var map = PixelResize.NearestMap(new FloatMap(7, 5, Array.ConvertAll(values, v => (float)v)), size);
        var colours = PixelResize.NearestMask(new ByteImage(7, 5, 3, [.. values.SelectMany(v => new[] { (byte)v, (byte)(v + 100), (byte)(v + 200) })]), size);

        Assert.That(map.Values, Is.EqualTo(mask.Pixels));
        Assert.That(colours.Pixels, Is.EqualTo(mask.Pixels.SelectMany(v => new[] { v, (byte)(v + 100), (byte)(v + 200) })));
    }

    [Test]
    public void BilinearImage_ToDouble_GivesTheWeightsOfTheCentres()
    {
        // Centres at 0.25, 0.75, 1.25, 1.75 of the source's axis: outside the outer centres the value stays.
        Assert.That(PixelResize.BilinearImage(new ByteImage(1, 2, 1, [0, 100]), new ImageSize(1, 4)).Pixels, Is.EqualTo(new byte[] { 0, 25, 75, 100 }));
    }

    [Test]
    public void BilinearImage_ToAFifth_AveragesFinePatternsAway()
    {
        // Two neighbours alone would give 0 or 200 here, as each centre is that of a source pixel.
        var pixels = Enumerable.Range(0, 20 * 20).Select(i => (byte)((i / 20 + i % 20) % 2 * 200)).ToArray();
        var result = PixelResize.BilinearImage(new ByteImage(20, 20, 1, pixels), new ImageSize(4, 4));

        Assert.That(result.Pixels, Is.All.InRange(85, 115));
    }

    [Test]
    public void BilinearImage_ConstantImage_StaysConstant()
    {
        foreach (var size in (ImageSize[])[new(1, 1), new(3, 20), new(17, 2)])
            Assert.That(PixelResize.BilinearImage(new ByteImage(5, 7, 3, [.. Enumerable.Repeat((byte)201, 105)]), size).Pixels, Is.EqualTo(Enumerable.Repeat((byte)201, size.PixelCount * 3)));
    }

    [Test]
    public void BilinearImage_SlopingImage_StaysSlopingAndSymmetric()
    {
        var slope = new ByteImage(1, 10, 1, [.. Enumerable.Range(0, 10).Select(i => (byte)(i * 20))]);
        var result = PixelResize.BilinearImage(slope, new ImageSize(1, 4)).Pixels;

        Assert.That(result, Is.Ordered);
        Assert.That(result[0] + result[3], Is.EqualTo(180).Within(1));
        Assert.That(result[1] + result[2], Is.EqualTo(180).Within(1));
    }

    [Test]
    public void Resize_SameSizeOrEmpty_GivesTheSameOrRefuses()
    {
        var image = new ByteImage(2, 2, 1, new byte[4]);

        Assert.That(PixelResize.BilinearImage(image, image.Size), Is.SameAs(image));
        Assert.That(() => PixelResize.NearestMask(image, new ImageSize(0, 2)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("found 0x2"));
    }

    [Test]
    public void ByteImage_WrongLength_IsRefused()
    {
        Assert.That(() => new ByteImage(2, 3, 1, new byte[5]), Throws.ArgumentException.With.Message.Contains("2 x 3 pixels and 1 channels has 6 bytes, at least one; found 5"));
        Assert.That(() => new FloatMap(0, 3, []), Throws.ArgumentException);
    }
}
