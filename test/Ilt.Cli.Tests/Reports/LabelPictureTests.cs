using Ilt.Cli.Reports;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Reports;

/// <summary>Given label images drawn over their pictures.</summary>
public sealed class LabelPictureTests
{
    // A 6 x 6 square in a black picture of 8 x 8 pixels.
    private static readonly ByteImage Under = new(8, 8, 1, new byte[64]);

    private static int Value(int pixel, int inside) => pixel / 8 is > 0 and < 7 && pixel % 8 is > 0 and < 7 ? inside : 0;

    private static (int Red, int Green, int Blue) At(ByteImage picture, int y, int x)
    {
        var at = 3 * ((y * picture.Width) + x);
        return (picture.Pixels[at], picture.Pixels[at + 1], picture.Pixels[at + 2]);
    }

    private static ByteImage Mask(ushort inside, int ignore = -1)
    {
        using var folder = new TempFolder();
        PngWriter.WriteGray16(folder["mask.png"], 8, 8, [.. Enumerable.Range(0, 64).Select(i => (ushort)Value(i, inside))]);
        return LabelPicture.OfMask(folder["mask.png"], Under, ignore);
    }

    [TestCase(1)]
    [TestCase(700)]
    public void Mask_HasAFaintSurface_AStrongEdge_AndAPlainBackground(int id)
    {
        var drawn = Mask((ushort)id);
        var (edge, surface) = (At(drawn, 1, 3), At(drawn, 3, 3));
        Assert.Multiple(() =>
        {
            Assert.That(At(drawn, 0, 0), Is.EqualTo((0, 0, 0)));
            Assert.That(new[] { edge.Red, edge.Green, edge.Blue }.Max(), Is.EqualTo(255));
            Assert.That(new[] { surface.Red, surface.Green, surface.Blue }.Max(), Is.EqualTo(102).Within(1));
        });
    }

    [Test]
    public void Masks_OfDifferentObjects_HaveDifferentColours() => Assert.That(At(Mask(1), 3, 3), Is.Not.EqualTo(At(Mask(2), 3, 3)));

    [Test]
    public void Mask_PixelsWithoutALabel_StayAsTheyAre() => Assert.That(Mask(255, 255).Pixels, Is.All.Zero);

    [Test]
    public void Mask_OfColours_KeepsThem()
    {
        using var folder = new TempFolder();
        PngWriter.Write(folder["mask.png"], new ByteImage(8, 8, 3, [.. Enumerable.Range(0, 64).SelectMany(i => new byte[] { 0, (byte)Value(i, 200), 0 })]));
        var drawn = LabelPicture.OfMask(folder["mask.png"], Under, -1);
        Assert.That((At(drawn, 1, 1), At(drawn, 3, 3)), Is.EqualTo(((0, 200, 0), (0, 80, 0))));
    }

    [Test]
    public void Mask_OfALargerFile_IsDrawnInTheSizeOfThePicture()
    {
        using var folder = new TempFolder();
        PngWriter.WriteGray16(folder["mask.png"], 16, 16, [.. Enumerable.Range(0, 256).Select(i => (ushort)Value((i / 32 * 8) + (i % 16 / 2), 3))]);
        Assert.That(LabelPicture.OfMask(folder["mask.png"], Under, -1).Pixels, Is.EqualTo(Mask(3).Pixels));
    }

    [Test]
    public void Map_GoesFromDarkToLight_WithoutWhatHasNoValue()
    {
        using var folder = new TempFolder();
        PngWriter.WriteGray16(folder["map.png"], 8, 8, [.. Enumerable.Range(0, 64).Select(i => (ushort)(i == 0 ? 0 : 1000 + i))]);
        var drawn = LabelPicture.OfMap(folder["map.png"], new ByteImage(8, 8, 1, [.. Enumerable.Repeat((byte)100, 64)]), 0);
        Assert.That((At(drawn, 0, 0), At(drawn, 0, 1), At(drawn, 7, 7)), Is.EqualTo(((100, 100, 100), (20, 20, 20), (224, 224, 224))));
    }
}
