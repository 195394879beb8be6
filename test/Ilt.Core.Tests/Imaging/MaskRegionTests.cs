namespace Ilt.Imaging;

[TestFixture]
public sealed class MaskRegionTests
{
    [Test]
    public void OfPolygon_RandomPolygons_HoldThePixelsWhoseCentresAreInside()
    {
        var random = new Random(1);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            var size = new ImageSize(1 + random.Next(20), 1 + random.Next(20));
            // Beyond the image on every side; some corners lie on pixels' edges.
            double[] points = [.. Enumerable.Range(0, 2 * (3 + random.Next(5))).Select(_ => attempt % 3 == 0 ? random.Next(-4, 26) : (random.NextDouble() * 30) - 5)];

            var pixels = new byte[size.PixelCount];
            var region = MaskRegion.OfPolygon(points, size);
            region.Fill(pixels, 1);

            Assert.That(pixels, Is.EqualTo(Slowly(points, size)), string.Join(' ', points));
            Assert.That(region.Area, Is.EqualTo(pixels.Count(p => p == 1)));
        }
    }

    [Test]
    public void OfPolygon_Square_CoversItsPixels()
    {
        var region = MaskRegion.OfPolygon([1, 1, 3, 1, 3, 3, 1, 3], new ImageSize(4, 5));
        Assert.That(region.Runs, Is.EqualTo(new[] { (6, 8), (11, 13) }));
    }

    [Test]
    public void CocoRuns_RandomMasks_AreReadFromNumbersAndText()
    {
        var random = new Random(2);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var size = new ImageSize(1 + random.Next(30), 1 + random.Next(30));
            var mask = new byte[size.PixelCount];
            for (int i = 0, value = 0; i < mask.Length; i++) mask[i] = (byte)(value = random.Next(6) == 0 ? 1 - value : value);
            var counts = Counts(mask, size);

            Assert.That(CocoRuns.Unpack(Pack(counts)), Is.EqualTo(counts));
            var pixels = new byte[mask.Length];
            CocoRuns.Region(counts, size).Fill(pixels, 1);
            Assert.That(pixels, Is.EqualTo(mask));
        }
    }

    [Test]
    public void CocoRuns_Broken_IsAFormatError()
    {
        Assert.That(() => CocoRuns.Region([3, 2], new ImageSize(2, 2)), Throws.TypeOf<FormatException>().With.Message.Contains("add up to 5 pixels, the image has 4"));
        Assert.That(() => CocoRuns.Unpack("1P"), Throws.TypeOf<FormatException>().With.Message.Contains("end within a number"));
    }

    // A ray to the right from every centre, edge by edge.
    private static byte[] Slowly(double[] points, ImageSize size)
    {
        var pixels = new byte[size.PixelCount];
        for (var y = 0; y < size.Height; y++)
            for (var x = 0; x < size.Width; x++)
            {
                var inside = false;
                for (int i = 0, j = (points.Length / 2) - 1; i < points.Length / 2; j = i++)
                {
                    var (xi, yi, xj, yj) = (points[2 * i], points[(2 * i) + 1], points[2 * j], points[(2 * j) + 1]);
                    if (yi <= y + 0.5 != yj <= y + 0.5 && x + 0.5 < xj + ((y + 0.5 - yj) / (yi - yj) * (xi - xj))) inside = !inside;
                }
                pixels[(y * size.Width) + x] = inside ? (byte)1 : (byte)0;
            }
        return pixels;
    }

    private static List<long> Counts(byte[] mask, ImageSize size)
    {
        var (counts, current) = (new List<long> { 0 }, 0);
        for (var x = 0; x < size.Width; x++)
            for (var y = 0; y < size.Height; y++)
            {
                if (mask[(y * size.Width) + x] != current)
                {
                    counts.Add(0);
                    current = 1 - current;
                }
                counts[^1]++;
            }
        return counts;
    }

    private static string Pack(List<long> counts)
    {
        var text = "";
        for (var i = 0; i < counts.Count; i++)
        {
            var value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
            for (var more = true; more;)
            {
                var part = value & 0x1F;
                value >>= 5;
                more = (part & 0x10) != 0 ? value != -1 : value != 0;
                text += (char)((more ? part | 0x20 : part) + 48);
            }
        }
        return text;
    }
}
