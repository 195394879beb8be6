using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class CityscapesDatasetTests
{
    private const string First = "aachen_000000_000019", Second = "aachen_000001_000019", Third = "zurich_000121_000019";

    [Test]
    public void List_TreeOfTheDataSet_GivesFramesWithReadableFiles()
    {
        using var folder = new TempFolder();
        foreach (var id in (string[])[Third, Second, First]) WriteFrame(folder, "train", id);
        folder.File(Path.Combine("leftImg8bit", "train", "aachen", "license.txt"), []);
        var frames = CityscapesDataset.List(folder.Root, "train");

        Assert.That(frames.Select(f => f.Id), Is.EqualTo(new[] { First, Second, Third }));
        Assert.That(frames.Select(f => f.City), Is.EqualTo(new[] { "aachen", "aachen", "zurich" }));
        var image = PngImage.ReadImage(frames[0].ImagePath);
        Assert.That((image.Size, image.Channels), Is.EqualTo((new ImageSize(2, 4), 3)));
        Assert.That(LabelFiles.ReadMask(frames[0].LabelPath!, new MaskEncoding { ClassMap = CityscapesClasses.To19, ClassCount = 19 }).Pixels,
            Is.EqualTo(new byte[] { 0, 13, 10, 255, 18, 255, 11, 2 }));
        Assert.That(LabelFiles.ReadMap(frames[0].DisparityPath!, MapEncoding.CityscapesDisparity).Values,
            Is.EqualTo(new[] { float.NaN, 0, 1, 126, 2, 3, 4, 5 }));
    }

    [Test]
    public void List_ImagesOnly_HasNoLabelsAndNoDisparities()
    {
        using var folder = new TempFolder();
        PngWriter.Write(folder.Path("leftImg8bit", "test", "bonn", "bonn_000000_000019_leftImg8bit.png"), new ByteImage(1, 1, 3, new byte[3]));
        var frame = CityscapesDataset.List(folder.Root, "test").Single();

        Assert.That((frame.LabelPath, frame.DisparityPath), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void List_OneLabelMissing_NamesItAndItsImage()
    {
        using var folder = new TempFolder();
        WriteFrame(folder, "val", First);
        WriteFrame(folder, "val", Second);
        var label = folder.Path("gtFine", "val", "aachen", Second + "_gtFine_labelIds.png");
        File.Delete(label);

        Assert.That(() => CityscapesDataset.List(folder.Root, "val"), Throws.TypeOf<FileNotFoundException>()
            .With.Message.StartsWith($"{label}: there is no such file; it belongs to ").And.Message.Contains(Second + "_leftImg8bit.png"));
    }

    [Test]
    public void List_AnotherFolder_SaysWhatIsExpectedAndFound()
    {
        using var folder = new TempFolder();
        WriteFrame(folder, "train", First);

        Assert.That(() => CityscapesDataset.List(folder.Root, "val"), Throws.TypeOf<DirectoryNotFoundException>()
            .With.Message.StartsWith($"{folder.Root}: there is no folder {Path.Combine("leftImg8bit", "val")}, which Cityscapes has; found the folders disparity, gtFine, leftImg8bit."));
        Assert.That(() => CityscapesDataset.List(folder.Path("none"), "val"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("no such folder"));
        Directory.CreateDirectory(folder.Path("leftImg8bit", "val", "bonn"));
        Assert.That(() => CityscapesDataset.List(folder.Root, "val"), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("no files CITY/*_leftImg8bit.png"));
    }

    [Test]
    public void Classes_Tables_AgreeWithTheNamesOfTheLabels()
    {
        // Label ids with their class and category, as in the data set's own table.
        (int Id, string Class, string Category)[] known =
        [
            (7, "road", "flat"), (8, "sidewalk", "flat"), (11, "building", "construction"), (13, "fence", "construction"), (17, "pole", "object"),
            (19, "traffic light", "object"), (20, "traffic sign", "object"), (21, "vegetation", "nature"), (22, "terrain", "nature"), (23, "sky", "sky"),
            (24, "person", "human"), (25, "rider", "human"), (26, "car", "vehicle"), (31, "train", "vehicle"), (33, "bicycle", "vehicle"),
        ];
        foreach (var (id, name, category) in known)
            Assert.That((CityscapesClasses.Names19[CityscapesClasses.To19[id]], CityscapesClasses.Names7[CityscapesClasses.To7[id]]), Is.EqualTo((name, category)));
        int[] notEvaluated = [0, 1, 2, 3, 4, 5, 6, 9, 10, 14, 15, 16, 18, 29, 30, 34, 255];
        Assert.That(notEvaluated.Select(id => (CityscapesClasses.To19[id], CityscapesClasses.To7[id])), Is.All.EqualTo(((byte)255, (byte)255)));
        Assert.That(CityscapesClasses.To19.Where(c => c != 255), Is.EqualTo(Enumerable.Range(0, 19)));
        Assert.That(CityscapesClasses.To7.Where(c => c != 255).Distinct(), Is.EqualTo(Enumerable.Range(0, 7)));
    }

    private static void WriteFrame(TempFolder folder, string split, string id)
    {
        var city = id.Split('_')[0];
        PngWriter.Write(folder.Path("leftImg8bit", split, city, id + "_leftImg8bit.png"), new ByteImage(2, 4, 3, [.. Enumerable.Range(0, 24).Select(i => (byte)i)]));
        PngWriter.Write(folder.Path("gtFine", split, city, id + "_gtFine_labelIds.png"), new ByteImage(2, 4, 1, [7, 26, 23, 0, 33, 9, 24, 11]));
        PngWriter.Write(folder.Path("gtFine", split, city, id + "_gtFine_color.png"), new ByteImage(2, 4, 3, new byte[24]));
        PngWriter.WriteGray16(folder.Path("disparity", split, city, id + "_disparity.png"), 2, 4, [0, 1, 257, 32257, 513, 769, 1025, 1281]);
    }
}
