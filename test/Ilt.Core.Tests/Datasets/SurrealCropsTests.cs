using Ilt.Bodies;
using Ilt.Imaging;
using Ilt.Support;

namespace Ilt.Datasets;

[TestFixture]
public sealed class SurrealCropsTests
{
    [Test]
    public void Write_Clip_CutsEveryNthFrameAroundThePerson()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 3);
        for (var number = 1; number <= 3; number++) SurrealFiles.WriteFrame(folder, number);
        var clip = SurrealDataset.List(folder.Root, "train")[0];

        var (crops, empty) = SurrealCrops.Write(clip, folder.Path("out"), new SurrealCropOptions { Size = 6, Every = 2, Margin = 1.5 });

        Assert.That((crops.Count, empty), Is.EqualTo((2, 0)));
        var reader = new SurrealClipReader(clip);
        Assert.That((crops[1].Id, crops[1].Sequence, crops[1].Frame, crops[1].Male), Is.EqualTo(("run0/01_01/01_01_c0001/0003", "01_01", 2, (bool?)true)));
        Assert.That(crops[1].AxisAngles, Is.EqualTo(reader.Info.WorldPose(2)));
        Assert.That(crops[1].Shape, Is.EqualTo(reader.Info.Shape(2)));
        var view = PersonView.Around(reader.ReadMask(2), 6, 1.5)!;
        Assert.That(PngImage.ReadImage(crops[1].ImagePath).Pixels, Is.EqualTo(view.Image(reader.ReadImage(2)).Pixels));
        Assert.That(LabelPng.ReadMask(crops[1].MaskPath).Pixels, Is.EqualTo(view.Mask(reader.ReadMask(2)).Pixels));
        Assert.That(LabelPng.ReadMap(crops[1].DepthPath!, BodyImages.Depth).Values, Is.EqualTo(view.Map(reader.ReadDepth(2)).Values).Within(6e-4f));
    }

    [Test]
    public void Write_PictureOfAnotherSize_IsNotCut()
    {
        using var folder = new TempFolder();
        SurrealFiles.Write(folder, 1);
        PngWriter.Write(folder.Path("train", "run0", "01_01", "01_01_c0001", "frame0001.png"), new ByteImage(6, 8, 3, new byte[144]));
        Assert.That(() => SurrealCrops.Write(SurrealDataset.List(folder.Root, "train")[0], folder.Path("out")),
            Throws.TypeOf<ImageFormatException>().With.Message.Contains("frame0001.png: frame 1 has 6x8 pixels (height x width)").And.Message.Contains("have 3x4"));
    }

    [TestCase(0, 1, 1.2, "Size must be between 1 and 4096; found 0")]
    [TestCase(8, 0, 1.2, "Every must be between 1")]
    [TestCase(8, 1, 0.5, "Margin must be between 1 and 4; found 0.5")]
    public void Validate_OutOfRange_NamesTheOption(int size, int every, double margin, string message) =>
        Assert.That(() => new SurrealCropOptions { Size = size, Every = every, Margin = margin }.Validate(), Throws.ArgumentException.With.Message.Contains(message));
}
