using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Images and label images that cannot be trained on are named by their row, or skipped and counted.</summary>
public sealed class BadImageTests
{
    private static readonly MLContext Ml = new(1);

    private static MultiTaskTrainer.Options Quick => SceneFiles.Options with { Training = SceneFiles.Options.Training with { Epochs = 1 } };

    private SceneFiles scenes = null!;

    [SetUp]
    public void MakeScenes() => scenes = new SceneFiles(8);

    [TearDown]
    public void RemoveScenes() => scenes.Dispose();

    [Test]
    public void Fit_MissingImage_NamesRowAndFile()
    {
        File.Delete(scenes.File(scenes.Rows[2].ImagePath));
        Refuses(Quick, "Training row 3 (id 's2'): image column 'Image' cannot be read: ", "image2.png");
    }

    [Test]
    public void Fit_TruncatedImage_NamesTheRow()
    {
        var path = scenes.File(scenes.Rows[2].ImagePath);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..200]);
        Refuses(Quick, "Training row 3 (id 's2'): image column 'Image'");
    }

    [Test]
    public void Fit_EmptyImagePath_NamesTheRow()
    {
        scenes.Rows[4].ImagePath = "";
        Refuses(Quick, "Training row 5 (id 's4'): image column 'Image' holds no image");
    }

    [Test]
    public void Fit_TruncatedMask_NamesRowColumnAndFile()
    {
        var path = scenes.File(scenes.Rows[1].MaskPath);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..60]);
        Refuses(Quick, "Training row 2 (id 's1'): column 'Mask': ", "mask1.png");
    }

    [Test]
    public void Fit_16BitMask_NamesRowColumnAndFile()
    {
        PngWriter.WriteGray16(scenes.File(scenes.Rows[1].MaskPath), 1, 1, [300]);
        Refuses(Quick, "Training row 2 (id 's1'): column 'Mask': ", "mask1.png: this is a 16-bit image; a mask holds class ids of at most 8 bits");
    }

    [Test]
    public void Fit_ClassIdOutOfRange_NamesRowAndPixel()
    {
        var mask = LabelPng.ReadMask(scenes.File(scenes.Rows[3].MaskPath));
        mask.Pixels[SceneFiles.Side + 2] = 200;
        PngWriter.Write(scenes.File(scenes.Rows[3].MaskPath), mask);
        Refuses(Quick, "Training row 4 (id 's3'): label column 'Mask' holds class id 200 at line 2, column 3; 0 .. 7 were expected");
    }

    [Test]
    public void Fit_NaNInAMapFile_NamesRowAndFile()
    {
        var values = new float[SceneFiles.Side * SceneFiles.Side];
        values[5] = float.NaN;
        NpyFile.Write(scenes.File("map.npy"), NpyArray.Create(values, SceneFiles.Side, SceneFiles.Side));
        scenes.Rows[6].MapPath = "map.npy";
        Refuses(Quick, "Training row 7 (id 's6'): column 'Map': ", "map.npy: the value at row 0, column 5 (from 0) is NaN");
    }

    [Test]
    public void Fit_Skip_CountsEveryBadRow()
    {
        File.Delete(scenes.File(scenes.Rows[0].ImagePath));
        File.WriteAllBytes(scenes.File(scenes.Rows[1].ImagePath), [1, 2, 3]);
        scenes.Rows[2].ImagePath = "";
        File.Delete(scenes.File(scenes.Rows[3].MaskPath));
        PngWriter.WriteGray16(scenes.File(scenes.Rows[4].MaskPath), 1, 1, [300]);
        using var model = scenes.Fit(Ml, Quick with { OnBadRow = OnBadRow.Skip });
        Assert.That(model.LastTransformer.SkippedRows, Is.EqualTo(5));
        Assert.That(model.LastTransformer.Warnings, Has.Some.StartsWith("5 row(s) were skipped, the first because: Training row 1 (id 's0'): image column 'Image'"));
        Assert.That(Pipelines.Column<string>(model.LastTransformer.NoiseScores, "Id").Distinct(), Is.EquivalentTo((string[])["s5", "s6", "s7"]));
    }

    [Test]
    public void Fit_SkipBehindACorruption_CountsUnreadableMasks()
    {
        File.Delete(scenes.File(scenes.Rows[3].MaskPath));
        var pipeline = scenes.Preparation(Ml)
            .Append(Ml.MultiTask.CorruptLabels("Mask", Ilt.Corruption.MaskCorruptionKind.Shift, 0.5))
            .Append(Ml.MultiTask.Train(Quick with { OnBadRow = OnBadRow.Skip }));
        using var model = pipeline.Fit(scenes.Data(Ml));
        Assert.That(model.LastTransformer.SkippedRows, Is.EqualTo(1));
    }

    [Test]
    public void Fit_EmptyLabelPath_LeavesTheRowOutOfThatTaskOnly()
    {
        scenes.Rows[0].MaskPath = "";
        using var model = scenes.Fit(Ml, Quick);
        var view = model.Transform(scenes.Data(Ml));
        Assert.That(Pipelines.Column<float>(view, "seg.NoiseScore")[0], Is.NaN);
        Assert.That(Pipelines.Column<float>(view, "depth.NoiseScore")[0], Is.Not.NaN);
    }

    [Test]
    public void Fit_NoMaskAtAll_NamesTheTask()
    {
        scenes.Rows.ForEach(row => row.MaskPath = "");
        Refuses(Quick, "Task 'seg' (label column 'Mask') has no label in any training row");
    }

    [Test]
    public void Fit_ImagesOfDifferentSizes_SayResizeImages()
    {
        PngWriter.Write(scenes.File(scenes.Rows[5].ImagePath), new ByteImage(16, 32, 3, new byte[16 * 32 * 3]));
        var pipeline = Ml.Transforms.LoadImages("Image", scenes.Path, "ImagePath")
            .Append(Ml.MultiTask.Train(Quick with { Tasks = [TaskColumn.Regression("cars", "Cars")] }));
        Assert.That(() => pipeline.Fit(scenes.Data(Ml)), Throws.InvalidOperationException
            .With.Message.Contains("Training row 6 (id 's5'): image column 'Image' holds an image of 16x32 (height x width), the others are 32x32; add mlContext.Transforms.ResizeImages"));
    }

    [Test]
    public void Fit_MasksOfAnotherSizeThanTheImages_IsRefusedBeforeAnyRow()
    {
        var pipeline = Ml.Transforms.LoadImages("Image", scenes.Path, "ImagePath")
            .Append(Ml.Transforms.ResizeImages("Image", 32, 32))
            .Append(Ml.MultiTask.LoadMasks("Mask", scenes.Path, 16, 32, "MaskPath"))
            .Append(Ml.MultiTask.Train(Quick with { Tasks = [SceneFiles.Segmentation] }));
        Assert.That(() => pipeline.Fit(scenes.Data(Ml)), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("label column 'Mask': expected the dimensions [32, 32] of column 'Image', got Vector<Byte, 32, 16>"));
    }

    [Test]
    public void Fit_ScaledPixels_AreRefused()
    {
        var pipeline = scenes.Preparation(Ml)
            .Append(Ml.Transforms.ExtractPixels("Pixels", "Image", scaleImage: 1 / 255f))
            .Append(Ml.MultiTask.Train(Quick with { ImageColumnName = "Pixels" }));
        Assert.That(() => pipeline.Fit(scenes.Data(Ml)), Throws.InvalidOperationException
            .With.Message.Contains("whole numbers from 0 to 255 were expected. ExtractPixels gives them without offsetImage and scaleImage"));
    }

    [Test]
    public void Fit_ColumnThatIsNoImage_IsRefusedBeforeAnyRow()
    {
        Assert.That(() => scenes.Fit(Ml, Quick with { ImageColumnName = "Cars" }), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("Schema mismatch for image column 'Cars': expected Image, or Vector<Single> or Vector<Byte>"));
        Assert.That(() => scenes.Fit(Ml, Quick with { ImageColumnName = "Mask", Tasks = [SceneFiles.Depth] }), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("got Vector<Byte, 32, 32>"));
    }

    [Test]
    public void Options_ThatDoNotFitImages_AreRefused()
    {
        Assert.That(() => Ml.MultiTask.Train(Quick with { ImageColumnName = null }), Throws.ArgumentException.With.Message.Contains("Task 'seg' has a label per pixel, and there is no image; set ImageColumnName"));
        Assert.That(() => Ml.MultiTask.Train(Quick with { FeatureColumnNames = ["Cars"] }), Throws.ArgumentException.With.Message.Contains("a network takes an image or features, not both"));
        Assert.That(() => Ml.MultiTask.Train(Quick with { Tasks = [TaskColumn.PixelClassification("seg", 1)] }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ClassCount must be 2 to 255"));
        Assert.That(() => Ml.MultiTask.Train(Quick with { ImageMemory = -1 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ImageMemory cannot be negative"));
    }

    private void Refuses(MultiTaskTrainer.Options options, params string[] parts)
    {
        var error = Assert.Catch<InvalidOperationException>(() => scenes.Fit(Ml, options));
        foreach (var part in parts) Assert.That(error!.Message, Does.Contain(part));
    }
}
