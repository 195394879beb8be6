using Ilt.Cli.Images;
using Ilt.Cli.Tests.Support;
using Ilt.Datasets;
using Ilt.Imaging;
using Microsoft.ML.Data;

namespace Ilt.Cli.Tests.Images;

public sealed class ImageFileTests
{
    private TempFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [TestCase(".png")]
    [TestCase(".jpg")]
    public void Read_PicturesOfMlNet_TellsTheirSize(string extension)
    {
        var path = folder["p" + extension];
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

        Assert.That(ImageFile.Read(folder.Write("p.bmp", head)).Size, Is.EqualTo(new ImageSize(17, 30)));
    }

    [Test]
    public void Read_Arrays_TellSizeAndChannels()
    {
        NpyFile.Write(folder["rgb.npy"], NpyArray.Create(new float[4 * 5 * 3], 4, 5, 3));
        NpyFile.Write(folder["flat.npy"], NpyArray.Create(new byte[20], 4, 5));
        NpyFile.Write(folder["line.npy"], NpyArray.Create(new byte[20], 20));

        Assert.That(ImageFile.Read(folder["rgb.npy"]), Is.EqualTo(new ImageFile(new ImageSize(4, 5), 0, 3)));
        Assert.That(ImageFile.Read(folder["flat.npy"]), Is.EqualTo(new ImageFile(new ImageSize(4, 5), 0, 1)));
        Assert.That(() => ImageFile.Read(folder["line.npy"]), Throws.TypeOf<ImageFormatException>().With.Message.Contains("(20,)"));
    }

    [TestCase(1, 4, 2)]
    [TestCase(1, 4, 1)]
    [TestCase(1, 4, 9)]
    [TestCase(4, 5, 1)]
    public void Read_ArrayOfOneNumberPerPixel_HasTheSizeThatLabelFilesRead(params int[] shape)
    {
        NpyFile.Write(folder["a.npy"], NpyArray.Create(new byte[shape.Aggregate((a, b) => a * b)], shape));

        var mask = LabelFiles.ReadMask(folder["a.npy"]);

        Assert.That(ImageFile.Read(folder["a.npy"]), Is.EqualTo(new ImageFile(new ImageSize(mask.Height, mask.Width), 0, 1)));
        Assert.That(LabelNumbers.Read(folder["a.npy"]).Size, Is.EqualTo(new ImageSize(mask.Height, mask.Width)));
        Assert.That(MtanDataset.ReadImage(folder["a.npy"]) is var picture ? (picture.Height, picture.Width) : default, Is.EqualTo((mask.Height, mask.Width)));
    }

    [Test]
    public void Read_ArrayThatCouldBeAnImageOfColours_IsNoMaskForAnyone()
    {
        NpyFile.Write(folder["a.npy"], NpyArray.Create(new byte[12], 1, 4, 3));

        Assert.That(ImageFile.Read(folder["a.npy"]), Is.EqualTo(new ImageFile(new ImageSize(1, 4), 0, 3)));
        Assert.That(() => LabelFiles.ReadMask(folder["a.npy"]), Throws.TypeOf<ImageFormatException>().With.Message.Contains("(1, 4, 3)"));
        Assert.That(() => LabelNumbers.Read(folder["a.npy"]), Throws.TypeOf<ImageFormatException>().With.Message.Contains("(1, 4, 3)"));
    }

    [TestCase("p.npy")]
    [TestCase("p.bmp")]
    public void Read_LargeFile_ReadsNoMoreThanItsHead(string name)
    {
        var before = BytesRead();
        var file = new byte[200_000];
        if (name == "p.npy")
            NpyFile.Write(folder[name], NpyArray.Create(file, 400, 500));
        else
        {
            "BM"u8.CopyTo(file);
            (file[18], file[22]) = (30, 17);
            folder.Write(name, file);
        }

        before = BytesRead();
        for (var i = 0; i < 100; i++)
            ImageFile.Read(folder[name]);

        Assert.That((BytesRead() - before) / 100, Is.LessThan(4096));
    }

    // All that this process has read so far; other threads of a test run read little beside a hundred files.
    private static long BytesRead()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("needs /proc/self/io");
        return long.Parse(File.ReadLines("/proc/self/io").First().Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [TestCase("", "empty")]
    [TestCase("hello, I am no picture at all, honestly", "no .png")]
    [TestCase("GIF", "cut short")]
    public void Read_NoPicture_SaysWhat(string text, string expected) =>
        Assert.That(() => ImageFile.Read(folder.Write("p.png", text)), Throws.TypeOf<ImageFormatException>().With.Message.Contains(expected).And.Message.Contains("p.png"));

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

    private ClassMap Map(string text) => ClassMap.Create(folder.Write("map.csv", text), null, null, false);
}
