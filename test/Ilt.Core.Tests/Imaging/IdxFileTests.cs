using System.IO.Compression;
using Ilt.Support;

namespace Ilt.Imaging;

[TestFixture]
public sealed class IdxFileTests
{
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 10, 11, 20, 21, 30, 31];
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9];

    [Test]
    public void Read_PlainOrGzip_GivesImagesAndLabels([Values] bool compressed)
    {
        using var folder = new TempFolder();
        // The name does not decide: downloads are often unpacked without being renamed.
        var images = folder.File("images.gz", compressed ? Gzip(Images) : Images);
        var labels = folder.File("labels", compressed ? Gzip(Labels) : Labels);

        Assert.That(IdxFile.ReadImages(images), Is.EqualTo((new ImageSize(2, 1), Images[16..])).Using<(ImageSize, byte[])>((a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2)));
        Assert.That(IdxFile.ReadImages(images, most: 2).Pixels, Is.EqualTo(new byte[] { 10, 11, 20, 21 }));
        Assert.That(IdxFile.ReadLabels(labels), Is.EqualTo(new byte[] { 7, 8, 9 }));
        Assert.That(IdxFile.ReadLabels(labels, most: 1), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public void Read_TruncatedAnywhere_IsAFormatError([Values] bool compressed)
    {
        using var folder = new TempFolder();
        var file = compressed ? Gzip(Images)[..^10] : Images; // gzip ends in a check sum and a mark of the end, which are not needed
        for (var length = 0; length < file.Length; length++)
        {
            var path = folder.File("images", file[..length]);
            Assert.That(() => IdxFile.ReadImages(path), Throws.TypeOf<ImageFormatException>().With.Message.StartsWith(path), $"{length} bytes");
        }
    }

    [Test]
    public void Read_AnotherFile_SaysWhatItIs()
    {
        using var folder = new TempFolder();
        var labels = folder.File("labels", Labels);

        Assert.That(() => IdxFile.ReadImages(labels), Throws.TypeOf<ImageFormatException>().With.Message.Contains("the idx file has 1 dimensions; images have 3"));
        Assert.That(() => IdxFile.ReadLabels(folder.File("text", "id,label\n"u8.ToArray())), Throws.TypeOf<ImageFormatException>().With.Message.Contains("not an idx file of bytes"));
        Assert.That(() => IdxFile.ReadLabels(folder.File("floats", [0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0])), Throws.TypeOf<ImageFormatException>());
        Assert.That(() => IdxFile.ReadLabels(folder.Path("none")), Throws.TypeOf<FileNotFoundException>());
    }

    [Test]
    public void Read_HeaderThatPromisesTooMuch_IsTruncated()
    {
        using var folder = new TempFolder();
        byte[] file = [0, 0, 8, 3, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3];

        Assert.That(() => IdxFile.ReadImages(folder.File("images", file)), Throws.TypeOf<ImageFormatException>().With.Message.Contains("truncated"));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest)) gzip.Write(bytes);
        return target.ToArray();
    }
}
