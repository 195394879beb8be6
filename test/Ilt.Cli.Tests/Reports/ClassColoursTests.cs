using Ilt.Cli.Output;
using Ilt.Cli.Reports;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;
using Ilt.Reports;

namespace Ilt.Cli.Tests.Reports;

/// <summary>The colours of classes in drawn masks, and the key that names them.</summary>
public sealed class ClassColoursTests
{
    private static readonly ByteImage Under = new(8, 8, 1, new byte[64]);

    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Key_NamesTheColoursThatAreDrawn()
    {
        var colours = Of(["road", "car", "sky", "wall"], ["0,7", "11-13", "26", "33"]);

        var drawn = LabelPicture.OfMask(Gray([0, 7, 11, 12, 13, 26, 99, 26]), Under, colours);

        Assert.That(colours.Key!.Select(entry => entry.Class), Is.EqualTo(new[] { "road", "car", "sky" }), "no wall is drawn");
        Assert.That((colours.Key![0].Colour, colours.Note), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(Rows(drawn).Select((pixel, i) => (i, pixel)).Where(entry => entry.pixel == "#000000").Select(entry => entry.i), Is.EqualTo(new[] { 0, 1, 6 }), "0, what is one class with it, and what has none");
        // Edges have the colour itself, and here each line but the middle one of three is an edge.
        Assert.That((Rows(drawn)[2], Rows(drawn)[5]), Is.EqualTo((colours.Key[1].Colour, colours.Key[2].Colour)));
    }

    [Test]
    public void Key_OfPalettesThatDiffer_HasTheColoursOfTheFirst_AndSoHaveAllMasks()
    {
        var colours = Of(null, ["0", "1", "2"]);
        var first = LabelPicture.OfMask(Palette([0, 0x0000FF, 0x00FF00]), Under, colours);
        var second = LabelPicture.OfMask(Palette([0, 0xFFFFFF, 0x808080]), Under, colours);

        Assert.That(second.Pixels, Is.EqualTo(first.Pixels));
        Assert.That(colours.Key, Is.EqualTo(new ReportColour[] { new("0", null), new("1", "#0000ff"), new("2", "#00ff00") }));
    }

    [Test]
    public void Key_OfColours_IsThoseOfTheFiles()
    {
        var colours = Of(["ground", "thing"], ["#000000", "#0000ff,#00c800"]);
        PngWriter.Write(folder["m.png"], new ByteImage(8, 8, 3, [.. Enumerable.Range(0, 64).SelectMany(i => new byte[] { 0, (byte)(i < 32 ? 200 : 0), (byte)(i < 40 ? 0 : 255) })]));

        var drawn = LabelPicture.OfMask(folder["m.png"], Under, colours);

        Assert.That(colours.Key, Is.EqualTo(new ReportColour[] { new("ground", null), new("thing", "#00c800") }));
        Assert.That((Rows(drawn)[0], Rows(drawn)[3], Rows(drawn)[4], Rows(drawn)[5]), Is.EqualTo(("#005000", "#00c800", "#000000", "#00c800")));
        Assert.That(() => LabelPicture.OfMask(folder["m.png"], Under, Of(null, ["0", "1"])), Throws.TypeOf<ImageFormatException>());
    }

    [Test]
    public void Key_OfMoreClassesThanCanBeToldApart_IsASentence()
    {
        var values = Enumerable.Range(0, 40).Select(id => $"{id}").ToArray();
        var (few, many) = (Of(null, values), Of(null, values));
        PngWriter.Write(folder["m.png"], new ByteImage(8, 8, 1, [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 20))]));
        LabelPicture.OfMask(folder["m.png"], Under, few);
        Assert.That((few.Key!.Count, few.Note), Is.EqualTo((20, (string?)null)));
        int[][] parts = [.. few.Key.Skip(1).Select(entry => Convert.FromHexString(entry.Colour![1..]).Select(part => (int)part).ToArray())];
        Assert.That(parts.SelectMany((one, i) => parts.Skip(i + 1).Select(other => one.Zip(other, (a, b) => Math.Abs(a - b)).Max())), Is.All.GreaterThan(50), "each can be told from all others");
        PngWriter.Write(folder["m.png"], new ByteImage(8, 8, 1, [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 21))]));
        LabelPicture.OfMask(folder["m.png"], Under, many);
        Assert.That((many.Key, many.Note), Is.EqualTo(((IReadOnlyList<ReportColour>?)null, "The drawn masks have 21 classes, too many to be told by their colours.")));
    }

    private static ClassColours Of(string[]? names, string[] values) => new(new RunTask("seg", "mask", ["mask"], 1, names), values);

    private string Gray(byte[] lines)
    {
        PngWriter.Write(folder["m.png"], new ByteImage(8, 8, 1, [.. lines.SelectMany(number => Enumerable.Repeat(number, 8))]));
        return folder["m.png"];
    }

    private string Palette(int[] colours)
    {
        PngChunks.WritePalette(folder["m.png"], new ImageSize(8, 8), [.. Enumerable.Range(0, 64).Select(i => (byte)(i / 24))], colours);
        return folder["m.png"];
    }

    // The first pixel of each line.
    private static string[] Rows(ByteImage picture) =>
        [.. Enumerable.Range(0, picture.Height).Select(y => $"#{picture.Pixels[3 * y * picture.Width]:x2}{picture.Pixels[(3 * y * picture.Width) + 1]:x2}{picture.Pixels[(3 * y * picture.Width) + 2]:x2}")];
}
