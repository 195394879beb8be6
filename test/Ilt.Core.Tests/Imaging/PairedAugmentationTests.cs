namespace Ilt.Imaging;

[TestFixture]
public sealed class PairedAugmentationTests
{
    private static readonly ImageSize Size = new(24, 30);

    private static readonly AugmentationOptions Everything = new()
    {
        HorizontalFlip = 0.5,
        VerticalFlip = 0.5,
        Crop = new ImageSize(16, 20),
        ScaleMin = 0.6,
        ScaleMax = 1.7,
    };

    [Test]
    public void Draw_Identity_CopiesExactly()
    {
        var options = new AugmentationOptions();
        var draw = AugmentationDraw.Draw(options, Size, 5);
        var (image, mask, map) = (Noise(Size.PixelCount * 3), Noise(Size.PixelCount), Floats());

        Assert.That(options.IsIdentity, Is.True);
        Assert.That(Image(draw, image, 3), Is.EqualTo(image));
        Assert.That(Mask(draw, mask), Is.EqualTo(mask));
        Assert.That(Map(draw, map), Is.EqualTo(map));
    }

    [Test]
    public void Draw_AnyPlacement_MovesImageMaskAndMapTogether()
    {
        // A checkerboard of 6 x 6 blocks: where the nearest pixels are all of one block, image, mask and map must agree.
        var mask = new byte[Size.PixelCount];
        for (var pixel = 0; pixel < mask.Length; pixel++)
            mask[pixel] = (byte)((pixel / Size.Width / 6 * 5) + (pixel % Size.Width / 6));
        var image = mask.SelectMany(id => new[] { (byte)(id * 10), (byte)(250 - (id * 10)), (byte)7 }).ToArray();
        var map = Array.ConvertAll(mask, id => id / 4f);
        var (flips, sizes, outside) = (new HashSet<(bool, bool)>(), new HashSet<float>(), 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var draw = AugmentationDraw.Draw(Everything, Size, seed);
            var (newImage, newMask, newMap) = (Image(draw, image, 3), Mask(draw, mask), Map(draw, map));
            Assert.That(newMask, Has.Length.EqualTo(16 * 20));
            for (var y = 0; y < 16; y++)
                for (var x = 0; x < 20; x++)
                {
                    var pixel = (y * 20) + x;
                    if (!newMap[pixel].Equals(newMask[pixel] == 255 ? float.NaN : newMask[pixel] / 4f))
                        Assert.Fail($"seed {seed}: map {newMap[pixel]} at a pixel of mask {newMask[pixel]}");
                    outside += newMask[pixel] == 255 ? 1 : 0;
                    var inside = y is > 1 and < 14 && x is > 1 and < 18 && newMask[pixel] != 255
                        && Enumerable.Range(0, 25).All(i => newMask[((y - 2 + (i / 5)) * 20) + x - 2 + (i % 5)] == newMask[pixel]);
                    if (inside && !(newImage[pixel * 3] == newMask[pixel] * 10 && newImage[(pixel * 3) + 1] == 250 - (newMask[pixel] * 10) && newImage[(pixel * 3) + 2] == 7))
                        Assert.Fail($"seed {seed}: the image at row {y}, column {x} is not that of mask {newMask[pixel]}");
                }

            var seen = newMask.Where(id => id != 255).Distinct().ToArray();
            sizes.Add(seen.Length);
            var middle = newMask.AsSpan(8 * 20, 20).ToArray().Where(id => id != 255).ToArray();
            var column = Enumerable.Range(0, 16).Select(y => newMask[(y * 20) + 10]).Where(id => id != 255).ToArray();
            flips.Add((middle[0] % 5 > middle[^1] % 5, column[0] / 5 > column[^1] / 5));
        }

        Assert.That(flips, Has.Count.EqualTo(4));
        Assert.That(sizes, Has.Count.GreaterThan(5), "magnification varies");
        Assert.That(outside, Is.GreaterThan(0), "a smaller picture leaves room around it");
    }

    [TestCase(1, 0)]
    [TestCase(0, 1)]
    [TestCase(1, 1)]
    public void Draw_FlipTwice_IsTheIdentity(int horizontal, int vertical)
    {
        var draw = AugmentationDraw.Draw(new AugmentationOptions { HorizontalFlip = horizontal, VerticalFlip = vertical }, Size, 1);
        var (image, mask, map) = (Noise(Size.PixelCount * 3), Noise(Size.PixelCount), Floats());

        Assert.That(Image(draw, Image(draw, image, 3), 3), Is.EqualTo(image));
        Assert.That(Mask(draw, Mask(draw, mask)), Is.EqualTo(mask));
        Assert.That(Map(draw, Map(draw, map)), Is.EqualTo(map));

        // And once, pixel by pixel.
        var once = Mask(draw, mask);
        for (var y = 0; y < Size.Height; y++)
            for (var x = 0; x < Size.Width; x++)
                Assert.That(once[(y * Size.Width) + x],
                    Is.EqualTo(mask[((vertical == 1 ? Size.Height - 1 - y : y) * Size.Width) + (horizontal == 1 ? Size.Width - 1 - x : x)]));
    }

    [Test]
    public void Draw_Crop_ReachesEveryPlaceAndNothingElse()
    {
        var options = new AugmentationOptions { Crop = new ImageSize(22, 27) };
        var numbers = Enumerable.Range(0, Size.PixelCount).Select(pixel => (float)pixel).ToArray();
        var corners = new HashSet<float>();
        for (var seed = 0; seed < 400; seed++)
        {
            var crop = Map(AugmentationDraw.Draw(options, Size, seed), numbers);
            corners.Add(crop[0]);
            Assert.That(crop, Is.EqualTo(Enumerable.Range(0, 22 * 27).Select(pixel => crop[0] + (pixel / 27 * 30) + (pixel % 27))));
        }

        Assert.That(corners.Order(), Is.EqualTo(from top in Enumerable.Range(0, 3) from left in Enumerable.Range(0, 4) select (float)((top * 30) + left)));
    }

    [Test]
    public void Draw_ScaleTwo_ShowsEachPixelFourTimesInMasksAndInterpolatesImages()
    {
        var draw = AugmentationDraw.Draw(new AugmentationOptions { ScaleMin = 2, ScaleMax = 2 }, new ImageSize(1, 4), 3);
        var mask = new byte[4];
        draw.Mask([10, 20, 30, 40], mask);
        var image = new byte[4];
        draw.Image([0, 100, 200, 100], 1, image);

        // Of the 8 magnified pixels 10 10 20 20 30 30 40 40 four neighbours are seen; between 0 and 100 lie 25 and 75.
        byte[] wide = [10, 10, 20, 20, 30, 30, 40, 40], smooth = [0, 25, 75, 125, 175, 175, 125, 100];
        var left = Enumerable.Range(0, 5).Single(at => wide.AsSpan(at, 4).SequenceEqual(mask));
        Assert.That(image, Is.EqualTo(smooth[left..(left + 4)]));
    }

    [Test]
    public void Draw_ScaleHalf_ContinuesTheImageByItsEdgeWhereLabelsAreMissing()
    {
        var draw = AugmentationDraw.Draw(new AugmentationOptions { ScaleMin = 0.5, ScaleMax = 0.5 }, new ImageSize(8, 8), 3);
        byte[] image = [.. Enumerable.Repeat((byte)90, 64)];
        var newMask = new byte[64];
        draw.Mask(new byte[64], newMask, outside: 9);

        Assert.That(Image(draw, image, 1), Is.All.EqualTo(90));
        Assert.That(newMask.Count(id => id == 9), Is.EqualTo(48), "16 of 64 pixels show the whole picture");
    }

    [Test]
    public void Draw_SameSeed_IsTheSameOnAllThreadsAndAnotherSeedIsNot()
    {
        var options = Everything with { Brightness = 0.3, Contrast = 0.3, Saturation = 0.3 };
        var image = Noise(Size.PixelCount * 3);
        var expected = Image(AugmentationDraw.Draw(options, Size, 11), image, 3);
        var shared = AugmentationDraw.Draw(options, Size, 11);
        var results = new byte[50][];
        Parallel.For(0, 50, i => results[i] = Image(shared, image, 3));

        Assert.That(results, Is.All.EqualTo(expected));
        Assert.That(Image(AugmentationDraw.Draw(options, Size, 12), image, 3), Is.Not.EqualTo(expected));
    }

    [Test]
    public void Draw_MoreOptions_DoNotChangeWhatTheOthersDo()
    {
        var mask = Noise(Size.PixelCount);
        var alone = new AugmentationOptions { HorizontalFlip = 0.5, VerticalFlip = 0.5, Crop = new ImageSize(20, 20) };
        for (var seed = 0; seed < 20; seed++)
            Assert.That(Mask(AugmentationDraw.Draw(alone with { Brightness = 0.5, Saturation = 1 }, Size, seed), mask),
                Is.EqualTo(Mask(AugmentationDraw.Draw(alone, Size, seed), mask)));
    }

    [Test]
    public void Image_Brightness_MultipliesAllColoursByOneFactorWithinItsReach()
    {
        byte[] image = [40, 80, 120];
        var factors = Enumerable.Range(0, 300).Select(seed =>
        {
            var changed = new byte[3];
            AugmentationDraw.Draw(new AugmentationOptions { Brightness = 0.5 }, new ImageSize(1, 1), seed).Image(image, 3, changed);
            Assert.That(changed[1], Is.EqualTo(2 * changed[0]).Within(1.01));
            Assert.That(changed[2], Is.EqualTo(3 * changed[0]).Within(2.01));
            return changed[2] / 120.0;
        }).ToArray();

        Assert.That(factors, Is.All.InRange(0.495, 1.505));
        Assert.That(factors.Min(), Is.LessThan(0.53));
        Assert.That(factors.Max(), Is.GreaterThan(1.47));
    }

    [Test]
    public void Image_ContrastAndSaturation_KeepTheirFixedPoints()
    {
        byte[] gray = [50, 50, 50], middle = [127, 128, 127];
        var changed = new byte[3];
        for (var seed = 0; seed < 50; seed++)
        {
            AugmentationDraw.Draw(new AugmentationOptions { Saturation = 1 }, new ImageSize(1, 1), seed).Image(gray, 3, changed);
            Assert.That(changed, Is.EqualTo(gray), "gray stays gray");
            AugmentationDraw.Draw(new AugmentationOptions { Contrast = 1 }, new ImageSize(1, 1), seed).Image(middle, 3, changed);
            Assert.That(changed, Is.All.InRange(127, 128), "the middle stays");
        }
    }

    [Test]
    public void Image_StrongColours_StayInRange()
    {
        var options = new AugmentationOptions { Brightness = 1, Contrast = 1, Saturation = 1 };
        byte[] image = [255, 0, 0, 0, 255, 255];
        var seen = new HashSet<byte>();
        for (var seed = 0; seed < 200; seed++)
        {
            var changed = new byte[6];
            AugmentationDraw.Draw(options, new ImageSize(1, 2), seed).Image(image, 3, changed);
            seen.UnionWith(changed);
        }

        Assert.That(seen, Has.Member(0).And.Member(255));
    }

    [Test]
    public void Apply_AnyChange_AllocatesNothing()
    {
        var draw = AugmentationDraw.Draw(Everything with { Brightness = 0.2, Saturation = 0.2 }, Size, 4);
        var (image, mask, map) = (Noise(Size.PixelCount * 3), Noise(Size.PixelCount), Floats());
        var (newImage, newMask, newMap) = (new byte[16 * 20 * 3], new byte[16 * 20], new float[16 * 20]);
        void Apply()
        {
            draw.Image(image, 3, newImage);
            draw.Mask(mask, newMask);
            draw.Map(map, newMap);
        }

        Apply();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            Apply();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));
    }

    [Test]
    public void OutputSize_ImageSmallerThanTheCrop_SaysSo()
    {
        var options = new AugmentationOptions { Crop = new ImageSize(64, 64) };

        Assert.That(options.OutputSize(new ImageSize(70, 80)), Is.EqualTo(new ImageSize(64, 64)));
        Assert.That(() => options.OutputSize(new ImageSize(64, 40)), Throws.ArgumentException.With.Message.Contains("64x40").And.Message.Contains("64x64"));
        Assert.That(() => AugmentationDraw.Draw(options, new ImageSize(40, 64), 1), Throws.ArgumentException.With.Message.Contains("smaller than the crop"));
    }

    [Test]
    public void Validate_ValueOutOfRange_NamesIt()
    {
        Assert.That(new AugmentationOptions().Validate, Throws.Nothing);
        Assert.That(new AugmentationOptions { HorizontalFlip = 2 }.Validate, Throws.ArgumentException.With.Message.Contains("HorizontalFlip"));
        Assert.That(new AugmentationOptions { Saturation = double.NaN }.Validate, Throws.ArgumentException.With.Message.Contains("Saturation"));
        Assert.That(new AugmentationOptions { ScaleMin = 2 }.Validate, Throws.ArgumentException.With.Message.Contains("ScaleMin"));
        Assert.That(new AugmentationOptions { Crop = new ImageSize(0, 5) }.Validate, Throws.ArgumentException.With.Message.Contains("Crop"));
    }

    [Test]
    public void Apply_LengthsThatDoNotFit_AreRefused()
    {
        var draw = AugmentationDraw.Draw(new AugmentationOptions(), new ImageSize(2, 2), 1);

        Assert.That(() => draw.Image(new byte[4], 3, new byte[12]), Throws.ArgumentException.With.Message.Contains("image"));
        Assert.That(() => draw.Mask(new byte[4], new byte[3]), Throws.ArgumentException.With.Message.Contains("room"));
        Assert.That(() => draw.Map(new float[5], new float[4]), Throws.ArgumentException.With.Message.Contains("map"));
    }

    private static byte[] Image(AugmentationDraw draw, byte[] source, int channels)
    {
        var to = new byte[draw.OutputSize.PixelCount * channels];
        draw.Image(source, channels, to);
        return to;
    }

    private static byte[] Mask(AugmentationDraw draw, byte[] source)
    {
        var to = new byte[draw.OutputSize.PixelCount];
        draw.Mask(source, to);
        return to;
    }

    private static float[] Map(AugmentationDraw draw, float[] source)
    {
        var to = new float[draw.OutputSize.PixelCount];
        draw.Map(source, to);
        return to;
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static float[] Floats() => [.. Enumerable.Range(0, Size.PixelCount).Select(pixel => pixel % 9 == 0 ? float.NaN : pixel / 7f)];
}
