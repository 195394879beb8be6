namespace Ilt.Detection;

[TestFixture]
public sealed class RegionFlagsTests
{
    private static readonly RegionOptions All = new() { MinimumPixels = 1, MinimumHeat = 0 };

    [Test]
    public void OfMask_TwoWrongPlaces_ListsThemByScore()
    {
        // Given: all 0 but an ignored corner. Suggested: a bar of 1 (3 pixels, hot), a block of 2 (4 pixels, warm).
        byte[] given = Bytes("00000", "00000", "0000x");
        byte[] suggested = Bytes("11100", "00022", "00022");
        float[] heat = [9, 8, 7, 0, 0, 0, 0, 0, 2, 3, 0, 0, 0, 4, 50];
        var regions = RegionFlags.OfMask(heat, given, suggested, 3, 5, All);

        Assert.That(regions, Has.Count.EqualTo(2));
        Assert.That(regions[0], Is.EqualTo(new FlaggedRegion(0, 1, new RegionBox(0, 0, 1, 3), 3, 3 / 14.0, 8, 8 * Math.Sqrt(3))));
        // The ignored pixel is not part of the block.
        Assert.That(regions[1], Is.EqualTo(new FlaggedRegion(0, 2, new RegionBox(1, 3, 2, 2), 3, 3 / 14.0, 3, 3 * Math.Sqrt(3))));
    }

    [Test]
    public void OfMask_TouchingRegions_AreSplitByGivenAndBySuggestedClassAndByCorners()
    {
        byte[] given = Bytes("0011", "0011", "2222");
        byte[] suggested = Bytes("3333", "4433", "2252");
        float[] heat = [.. Enumerable.Repeat(2f, 12)];
        var regions = RegionFlags.OfMask(heat, given, suggested, 3, 4, All);

        Assert.That(regions.Select(region => (region.Given, region.Suggested, region.Pixels)), Is.EquivalentTo(new[] { (0f, 3f, 2), (0f, 4f, 2), (1f, 3f, 4), (2f, 5f, 1) }));
        Assert.That(RegionFlags.OfMask([1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 0, 1], 2, 2, All), Has.Count.EqualTo(2), "corners do not connect");
    }

    [Test]
    public void OfMask_SmallOrCoolRegions_AreLeftOut()
    {
        byte[] given = Bytes("000000"), suggested = Bytes("110222");
        float[] heat = [5, 5, 0, 1.2f, 0.9f, 0.9f];

        Assert.That(RegionFlags.OfMask(heat, given, suggested, 1, 6, new RegionOptions { MinimumPixels = 3, MinimumHeat = 0.9 }).Select(region => region.Suggested), Is.EqualTo(new[] { 2f }));
        Assert.That(RegionFlags.OfMask(heat, given, suggested, 1, 6, new RegionOptions { MinimumPixels = 2, MinimumHeat = 1.1 }).Select(region => region.Suggested), Is.EqualTo(new[] { 1f }));
        Assert.That(RegionFlags.OfMask(heat, given, suggested, 1, 6, All with { MaximumRegions = 1 }), Has.Count.EqualTo(1));
    }

    [Test]
    public void OfMask_FitsEverywhere_ListsNothing()
    {
        Assert.That(RegionFlags.OfMask([9, 9], [1, 2], [1, 2], 1, 2, All), Is.Empty);
        Assert.That(RegionFlags.OfMask([9, 9], [255, 255], [1, 2], 1, 2, All), Is.Empty);
    }

    [Test]
    public void OfMap_HighAndLowPlaces_AreSeparateRegionsWithTheirMeans()
    {
        float[] given = [5, 7, 1, 1, 2, float.NaN];
        float[] suggested = [2, 3, 6, 7, 2, 2];
        float[] heat = [5, 6, 8, 9, 0, float.NaN];
        var regions = RegionFlags.OfMap(heat, given, suggested, 1, 6, All);

        Assert.That(regions, Is.EqualTo(new[]
        {
            new FlaggedRegion(1, 6.5f, new RegionBox(0, 2, 1, 2), 2, 0.4, 8.5, 8.5 * Math.Sqrt(2)),
            new FlaggedRegion(6, 2.5f, new RegionBox(0, 0, 1, 2), 2, 0.4, 5.5, 5.5 * Math.Sqrt(2)),
        }));
        Assert.That(RegionFlags.OfMap(heat, given, suggested, 1, 6, All with { MinimumDeviations = 5.5 }).Select(region => region.Pixels), Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public void Find_RandomPictures_EqualsSpreadingNumbersUntilNothingChanges([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        const int Height = 13, Width = 17;
        var keys = Enumerable.Range(0, Height * Width).Select(_ => random.Next(3) - 1).ToArray();
        var (labels, sizes) = ConnectedRegions.Find(keys, Height, Width);

        var slow = Enumerable.Range(0, keys.Length).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            for (var a = 0; a < keys.Length; a++)
                for (var b = 0; b < keys.Length; b++)
                    if (keys[a] == keys[b] && slow[b] < slow[a] && Math.Abs((a / Width) - (b / Width)) + Math.Abs((a % Width) - (b % Width)) == 1)
                        (slow[a], changed) = (slow[b], true);
        }

        var numbers = slow.Where((_, pixel) => keys[pixel] >= 0).Distinct().Order().ToList();
        Assert.That(labels, Is.EqualTo(slow.Select((first, pixel) => keys[pixel] < 0 ? -1 : numbers.IndexOf(first))));
        Assert.That(sizes, Is.EqualTo(numbers.Select(first => slow.Where((_, pixel) => keys[pixel] >= 0).Count(other => other == first))));
    }

    [Test]
    public void OfMask_BadInput_IsNamed()
    {
        Assert.That(() => RegionFlags.OfMask([1, 1], [0], [0], 1, 1), Throws.ArgumentException.With.Message.Contains("1 x 1"));
        Assert.That(() => RegionFlags.OfMap([1], [0], [0], 1, 1, new RegionOptions { MinimumDeviations = 0 }), Throws.ArgumentException.With.Message.Contains("MinimumDeviations"));
        Assert.That(new RegionOptions { MinimumPixels = 0 }.Validate, Throws.ArgumentException.With.Message.Contains("MinimumPixels"));
        Assert.That(new RegionOptions { MinimumHeat = double.NaN }.Validate, Throws.ArgumentException.With.Message.Contains("MinimumHeat"));
        Assert.That(new RegionOptions { MaximumRegions = 0 }.Validate, Throws.ArgumentException.With.Message.Contains("MaximumRegions"));
    }

    private static byte[] Bytes(params string[] rows) => [.. string.Concat(rows).Select(sign => sign == 'x' ? (byte)255 : (byte)(sign - '0'))];
}
