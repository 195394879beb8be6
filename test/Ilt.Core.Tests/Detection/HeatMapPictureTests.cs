using Ilt.Imaging;

namespace Ilt.Detection;

[TestFixture]
public sealed class HeatMapPictureTests
{
    [Test]
    public void Draw_Plain_IsBlackAtZeroWhiteAtTheHighestAndGrayWithoutHeat()
    {
        var picture = HeatMapPicture.Draw([0, 2, 4, float.NaN], 2, 2);

        Assert.That((picture.Height, picture.Width, picture.Channels), Is.EqualTo((2, 2, 3)));
        Assert.That(picture.Pixels[..3], Is.EqualTo(new byte[] { 0, 0, 0 }));
        Assert.That(picture.Pixels[6..9], Is.EqualTo(new byte[] { 255, 255, 255 }));
        Assert.That(picture.Pixels[9..], Is.EqualTo(new byte[] { 64, 64, 64 }));
    }

    [Test]
    public void Draw_Maximum_CutsOffAbove()
    {
        var picture = HeatMapPicture.Draw([2, 5, -1], 1, 3, maximum: 2);

        Assert.That(picture.Pixels, Is.EqualTo(new byte[] { 255, 255, 255, 255, 255, 255, 0, 0, 0 }));
        Assert.That(HeatMapPicture.Draw([0, 0], 1, 2).Pixels, Is.All.Zero, "no heat at all");
    }

    [Test]
    public void Ramp_EvenSteps_GrowEvenlyInLightness()
    {
        for (var share = 0.0; share <= 1; share += 0.05)
            Assert.That(Lightness(HeatMapPicture.Ramp(share)), Is.EqualTo(100 * share).Within(4), $"at {share}");
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Draw_OverAnImage_ShowsItWhereThereIsNoHeat(int channels)
    {
        var image = new ByteImage(1, 3, channels, [.. Enumerable.Repeat((byte)80, 3 * channels)]);
        var picture = HeatMapPicture.Draw([0, float.NaN, 1], 1, 3, image: image);

        Assert.That(picture.Pixels[..6], Is.All.EqualTo(80));
        Assert.That(picture.Pixels[6..], Is.All.EqualTo(255));
    }

    [Test]
    public void Draw_Regions_OutlinesTheirBoxes()
    {
        var region = new FlaggedRegion(0, 1, new RegionBox(1, 1, 3, 4), 9, 0.1, 1, 3);
        var picture = HeatMapPicture.Draw(new float[36], 6, 6, regions: [region]);
        var outline = Enumerable.Range(0, 36).Where(pixel => picture.Pixels[(pixel * 3) + 2] == 255).Select(pixel => (pixel / 6, pixel % 6));

        Assert.That(outline, Is.EquivalentTo(new[] { (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 4), (3, 1), (3, 2), (3, 3), (3, 4) }));
    }

    [Test]
    public void Draw_BadInput_IsNamed()
    {
        Assert.That(() => HeatMapPicture.Draw([0], 1, 2), Throws.ArgumentException.With.Message.Contains("1 x 2"));
        Assert.That(() => HeatMapPicture.Draw([0], 1, 1, maximum: 0), Throws.InstanceOf<ArgumentException>().With.Message.Contains("above 0"));
        Assert.That(() => HeatMapPicture.Draw([0], 1, 1, image: new ByteImage(1, 2, 1, [0, 0])), Throws.ArgumentException.With.Message.Contains("found 1 x 2"));
    }

    /// <summary>CIE L* of an sRGB colour.</summary>
    private static double Lightness((float Red, float Green, float Blue) colour)
    {
        static double Linear(float value) => value / 255 <= 0.04045 ? value / 255 / 12.92 : Math.Pow(((value / 255) + 0.055) / 1.055, 2.4);
        var y = (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));
        return y > 0.008856 ? (116 * Math.Cbrt(y)) - 16 : 903.3 * y;
    }
}
