using Ilt.Imaging;

namespace Ilt.MLNet.Tests;

/// <summary>Truncated files are recognised without decoding them.</summary>
public sealed class PngEndTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void IsMissing_WholeFile_No()
    {
        var path = Picture();
        Assert.That(PngEnd.IsMissing(path), Is.False);
        File.AppendAllText(path, "a note");
        Assert.That(PngEnd.IsMissing(path), Is.False);
    }

    [TestCase(1, false)] // the check sum of the last chunk only
    [TestCase(9, true)]
    [TestCase(60, true)]
    public void IsMissing_CutFile_WhereTheLastChunkIsGone(int bytes, bool expected)
    {
        var path = Picture();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^bytes]);
        Assert.That(PngEnd.IsMissing(path), Is.EqualTo(expected));
    }

    [Test]
    public void IsMissing_NoPngFile_No()
    {
        File.WriteAllText(folder.File("text.png"), "text");
        Assert.That(PngEnd.IsMissing(folder.File("text.png")), Is.False);
        Assert.That(PngEnd.IsMissing(folder.File("none.png")), Is.False);
        Assert.That(PngEnd.IsMissing("made in memory"), Is.False);
    }

    private string Picture()
    {
        PngWriter.Write(folder.File("a.png"), new ByteImage(9, 9, 1, [.. Enumerable.Range(0, 81).Select(i => (byte)(i * i))]));
        return folder.File("a.png");
    }
}
