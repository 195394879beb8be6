using Ilt.Cli.Images;
using Ilt.Cli.Tests.Support;
using Ilt.Imaging;
using Microsoft.ML.Data;

namespace Ilt.Cli.Tests.Images;

public sealed class ImageFileTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase(".png")]
    [TestCase(".jpg")]
    public void Read_PicturesOfMlNet_TellsTheirSize(string extension)
    {
        var path = _folder["p" + extension];
        using (var image = MLImage.CreateFromPixels(30, 17, MLPixelFormat.Bgra32, new byte[30 * 17 * 4]))
            image.Save(path);

        Assert.That(ImageFile.Read(path).Size, Is.EqualTo(new ImageSize(17, 30)));
    }

    [Test]
    public void Read_Bitmap_TellsItsSizeEvenFromTheTopDown()
    {
        var head = new byte[60];
        "BM"u8.CopyTo(head);
        BitConverter.TryWriteBytes(head.AsSpan(18), 30);
        BitConverter.TryWriteBytes(head.AsSpan(22), -17);

        Assert.That(ImageFile.Read(_folder.Write("p.bmp", head)).Size, Is.EqualTo(new ImageSize(17, 30)));
    }

    [Test]
    public void Read_Arrays_TellSizeAndChannels()
    {
        NpyFile.Write(_folder["rgb.npy"], NpyArray.Create(new float[4 * 5 * 3], 4, 5, 3));
        NpyFile.Write(_folder["flat.npy"], NpyArray.Create(new byte[20], 4, 5));
        NpyFile.Write(_folder["line.npy"], NpyArray.Create(new byte[20], 20));

        Assert.That(ImageFile.Read(_folder["rgb.npy"]), Is.EqualTo(new ImageFile(new ImageSize(4, 5), 0, 3)));
        Assert.That(ImageFile.Read(_folder["flat.npy"]), Is.EqualTo(new ImageFile(new ImageSize(4, 5), 0, 1)));
        Assert.That(() => ImageFile.Read(_folder["line.npy"]), Throws.TypeOf<ImageFormatException>().With.Message.Contains("(20,)"));
    }

    [TestCase("", "empty")]
    [TestCase("hello, I am no picture at all, honestly", "no .png")]
    [TestCase("GIF", "cut short")]
    public void Read_NoPicture_SaysWhat(string text, string expected) =>
        Assert.That(() => ImageFile.Read(_folder.Write("p.png", text)), Throws.TypeOf<ImageFormatException>().With.Message.Contains(expected).And.Message.Contains("p.png"));

    [Test]
    public void ClassMap_BadFile_NamesLineAndColumn()
    {
        Assert.That(() => Map("id,class\n1,0\n1,1\n"), Throws.TypeOf<UserErrorException>().With.Message.Contains("line 3").And.Message.Contains("twice"));
        Assert.That(() => Map("id,class\n1,0\n300,1\n"), Throws.TypeOf<UserErrorException>().With.Message.Contains("line 3, column 'id'"));
        Assert.That(() => Map("id,class\n1,0\n2,2\n"), Throws.TypeOf<UserErrorException>().With.Message.Contains("0, 2"));
        Assert.That(() => Map("raw,class\n1,0\n2,1\n"), Throws.TypeOf<UserErrorException>().With.Message.Contains("no column 'id'"));
    }

    [Test]
    public void ClassMap_Words_HaveNamesAndCounts()
    {
        Assert.That(ClassMap.Create("cityscapes7", null, null, false).NameOf(4), Is.EqualTo("sky"));
        Assert.That(ClassMap.Create("Binary", null, null, false), Has.Property("ClassCount").EqualTo(2));
        Assert.That(ClassMap.Create("binary", null, null, false).Encoding.IgnoreValue, Is.EqualTo(-1));
        Assert.That(ClassMap.Create("binary", null, "128", false).Encoding.IgnoreValue, Is.EqualTo(128));
        Assert.That(() => ClassMap.Create("binary", null, null, true), Throws.TypeOf<UserErrorException>());
    }

    private ClassMap Map(string text) => ClassMap.Create(_folder.Write("map.csv", text), null, null, false);
}
