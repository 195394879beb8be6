using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class MtanDatasetTests
{
    [Test]
    public void List_TreeOfArrays_IsInTheOrderOfNumbersAndReadable()
    {
        using var folder = new TempFolder();
        for (var i = 0; i < 11; i++) WriteExample(folder, i);
        var examples = MtanDataset.List(folder.Root, "train");

        Assert.That(examples.Select(e => e.Id), Is.EqualTo(Enumerable.Range(0, 11).Select(i => $"{i}")));
        var example = examples[10];
        var image = MtanDataset.ReadImage(example.ImagePath);
        Assert.That((image.Size, image.Channels), Is.EqualTo((new ImageSize(2, 2), 3)));
        Assert.That(image.Pixels, Is.EqualTo(new byte[] { 0, 255, 51, 102, 153, 204, 0, 0, 0, 255, 255, 255 }));
        Assert.That(LabelFiles.ReadMask(example.LabelPath!, new MaskEncoding { ClassCount = 7 }).Pixels, Is.EqualTo(new byte[] { 255, 0, 6, 3 }));
        Assert.That(LabelFiles.ReadMap(example.DepthPath!, MtanDataset.Depth).Values, Is.EqualTo(new[] { float.NaN, 0.1f, 0.2f, 0.4922f }));
    }

    [Test]
    public void List_NoDepthFolderOrAMissingFile_IsNullOrAnError()
    {
        using var folder = new TempFolder();
        WriteExample(folder, 0);
        WriteExample(folder, 1);
        Directory.Delete(folder.Path("train", "depth"), recursive: true);
        Assert.That(MtanDataset.List(folder.Root, "train").Select(e => e.DepthPath), Is.All.Null);

        File.Delete(folder.Path("train", "label", "1.npy"));
        Assert.That(() => MtanDataset.List(folder.Root, "train"), Throws.TypeOf<FileNotFoundException>().With.Message.Contains(Path.Combine("label", "1.npy")));
        Assert.That(() => MtanDataset.List(folder.Root, "val"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("found the folders train"));
    }

    [Test]
    public void List_NameThatIsNoNumber_NamesTheFile()
    {
        using var folder = new TempFolder();
        NpyFile.Write(folder.Path("train", "image", "mean.npy"), NpyArray.Create(new byte[3], 1, 1, 3));

        Assert.That(() => MtanDataset.List(folder.Root, "train"), Throws.TypeOf<ImageFormatException>().With.Message.Contains("mean.npy: the name of this file is not a number"));
    }

    [Test]
    public void ReadImage_BytesOrAnotherRange_AreTakenOrRefused()
    {
        using var folder = new TempFolder();
        var path = folder.Path("0.npy");
        NpyFile.Write(path, NpyArray.Create<byte>([1, 2, 3], 1, 1, 3));
        Assert.That(MtanDataset.ReadImage(path).Pixels, Is.EqualTo(new byte[] { 1, 2, 3 }));

        NpyFile.Write(path, NpyArray.Create<float>([1, 2, 200], 1, 1, 3));
        Assert.That(MtanDataset.ReadImage(path, scale: 1).Pixels, Is.EqualTo(new byte[] { 1, 2, 200 }));
        Assert.That(() => MtanDataset.ReadImage(path), Throws.TypeOf<ImageFormatException>().With.Message.Contains("the number 2, which times 255 is outside of 0 .. 255"));

        // (1, H, W) is a gray picture, as everywhere; four numbers per pixel are none.
        NpyFile.Write(path, NpyArray.Create(new float[8], 2, 1, 4));
        Assert.That(() => MtanDataset.ReadImage(path), Throws.TypeOf<ImageFormatException>().With.Message.Contains("the shape (2, 1, 4)"));
    }

    private static void WriteExample(TempFolder folder, int number)
    {
        NpyFile.Write(folder.Path("train", "image", $"{number}.npy"), NpyArray.Create([0f, 1, 0.2f, 0.4f, 0.6f, 0.8f, 0, 0, 0, 1, 1, 1], 2, 2, 3));
        NpyFile.Write(folder.Path("train", "label", $"{number}.npy"), NpyArray.Create([-1f, 0, 6, 3], 2, 2));
        NpyFile.Write(folder.Path("train", "depth", $"{number}.npy"), NpyArray.Create([0, 0.1f, 0.2f, 0.4922f], 2, 2, 1));
    }
}
