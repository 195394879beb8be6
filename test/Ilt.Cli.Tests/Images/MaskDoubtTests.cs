using Ilt.Cli.Images;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;

namespace Ilt.Cli.Tests.Images;

/// <summary>Which masks are taken for background and foreground with blurred edges, and which are left to be classes or objects.</summary>
public sealed class MaskDoubtTests
{
    private const int Side = 48;

    // Distance from the edge of a disc, in pixels, inside above 0.
    private static double Depth(int y, int x) => 14.5 - Math.Sqrt(Math.Pow(y - 23, 2) + Math.Pow(x - 25, 2));

    private static byte Ramp(double depth, double width) => (byte)Math.Round(255 * Math.Clamp(0.5 + (depth / width), 0, 1));

    private static readonly Dictionary<string, Func<int, int, int>> Blurred = new()
    {
        ["an edge of one pixel"] = (y, x) => Ramp(Depth(y, x), 1.5),
        ["an edge of six pixels"] = (y, x) => Ramp(Depth(y, x), 6),
        ["edges of four steps, as of 2 x 2 samples"] = (y, x) => (Ramp(Depth(y, x), 2) + 32) / 64 * 255 / 4,
        ["noise near 0 and 255"] = (y, x) => Math.Abs((Depth(y, x) > 0 ? 255 : 0) - (((7 * y) + (3 * x)) % 4)),
        ["noise at the edge alone"] = (y, x) => (Depth(y, x) > 0 ? 255 : 0) is var n && Math.Abs(Depth(y, x)) < 3 ? Math.Abs(n - ((y + x) % 30)) : n,
        ["noise of 1 alone"] = (y, x) => Math.Abs((Depth(y, x) > 0 ? 255 : 0) - ((y + x) % 2)),
    };

    private static readonly Dictionary<string, Func<int, int, int>> Others = new()
    {
        ["0 and 255"] = (y, x) => Depth(y, x) > 0 ? 255 : 0,
        ["0 and 250 beside no label"] = (y, x) => y < 5 ? 255 : Depth(y, x) > 0 ? 250 : 0,
        ["a band of 128 between"] = (y, x) => Math.Abs(Depth(y, x)) < 2 ? 128 : Depth(y, x) > 0 ? 255 : 0,
        ["16 classes beside no label"] = (y, x) => y % 12 == 0 ? 255 : (y / 12 * 4) + (x / 12),
        ["34 classes beside no label"] = (y, x) => x % 12 == 0 ? 255 : ((y * 5) + (x / 8 * 3)) % 34,
        ["150 classes beside no label"] = (y, x) => y < 6 ? 255 : ((y / 4 * 12) + (x / 4)) % 150,
        ["small regions of many classes far from no label"] = (y, x) => y < 8 ? 255 : y < 14 || y % 6 > 1 || x % 6 > 1 ? 0 : 20 + ((((y / 6) - 2) * 8) + (x / 6)) * 4,
        ["20 classes with contours of no label"] = (y, x) => y % 8 == 0 || x % 8 == 0 ? 0 : y % 8 is 1 or 7 || x % 8 is 1 or 7 ? 255 : 2 + (((y / 8 * 6) + (x / 8)) % 19),
        ["even steps"] = (y, x) => (y / 12 * 4 + (x / 12)) % 6 * 51,
        ["objects on a background"] = (y, x) => y % 3 == 0 || x % 3 == 0 ? 0 : (y / 3 * 16) + (x / 3),
        ["numbers in every direction"] = (y, x) => ((y * 37) + (x * 101)) % 256,
    };

    private static IEnumerable<string> BlurredNames => Blurred.Keys;

    private static IEnumerable<string> OtherNames => Others.Keys;

    [TestCaseSource(nameof(BlurredNames))]
    public void Blurred_MasksOfTwo_AreDoubted(string name) =>
        Assert.That(MaskDoubt.Of(Survey(Blurred[name])), Does.Contain("background and foreground with blurred edges").And.Contain("--classes-map binary"));

    [TestCaseSource(nameof(OtherNames))]
    public void Classes_AndObjects_AreNot(string name) => Assert.That(MaskDoubt.Of(Survey(Others[name])), Is.Null);

    [Test]
    public void Blurred_IndicesOfPalettes_AreNumbersOfNoBrightness()
    {
        using var folder = new TempFolder();
        PngChunks.WritePalette(folder["m.png"], new ImageSize(Side, Side), [.. Pixels(Blurred["noise near 0 and 255"]).Select(n => (byte)n)], [.. Enumerable.Range(0, 256)]);
        Assert.That(MaskDoubt.Of(MaskSurvey.Read([folder["m.png"]], CancellationToken.None)), Is.Null);
    }

    private static IEnumerable<int> Pixels(Func<int, int, int> number) => Enumerable.Range(0, Side * Side).Select(pixel => number(pixel / Side, pixel % Side));

    private static MaskSurvey Survey(Func<int, int, int> number)
    {
        using var folder = new TempFolder();
        PngWriter.Write(folder["m.png"], new ByteImage(Side, Side, 1, [.. Pixels(number).Select(n => (byte)n)]));
        return MaskSurvey.Read([folder["m.png"]], CancellationToken.None);
    }
}
