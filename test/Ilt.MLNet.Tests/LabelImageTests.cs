using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>Masks and maps of files as columns of a pipeline.</summary>
public sealed class LabelImageTests
{
    private static readonly MLContext Ml = new(1);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void LoadMasksAndLoadMaps_FolderThatIsNotThere_AreRefusedAtOnce()
    {
        var missing = folder.File("nowhere");
        Assert.That(() => Ml.MultiTask.LoadMasks("Mask", missing, 3, 2), Throws.ArgumentException
            .With.Message.Contains($"Column 'Mask': the folder of the masks, '{missing}', is not there"));
        Assert.That(() => Ml.MultiTask.LoadMaps("Map", missing, 3, 2), Throws.ArgumentException
            .With.Message.Contains($"Column 'Map': the folder of the maps, '{missing}', is not there"));
        Assert.That(() => Ml.MultiTask.LoadMaps("Map", "", 3, 2), Throws.Nothing);
    }

    [Test]
    public void LoadMasks_OfTheRightSize_GivesIdsAndIgnoredPixels()
    {
        Mask("a.png", 2, 3, 0, 1, 2, 255, 1, 0);
        var view = Load(Ml.MultiTask.LoadMasks("Mask", folder.Path, 3, 2), "a.png", "");
        Assert.That(view.Schema["Mask"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Byte, 2, 3)));
        Assert.That(Pipelines.Column<byte[]>(view, "Mask"), Is.EqualTo((byte[][])[[0, 1, 2, 255, 1, 0], [255, 255, 255, 255, 255, 255]]));
    }

    [Test]
    public void LoadMasks_ClassMapAndIgnoreValue_AreApplied()
    {
        Mask("a.png", 1, 3, 7, 9, 8);
        var map = Enumerable.Repeat((byte)255, 256).ToArray();
        (map[7], map[8]) = (1, 0);
        var view = Load(Ml.MultiTask.LoadMasks("Mask", folder.Path, 3, 1, encoding: new MaskEncoding { ClassMap = map, IgnoreValue = 9 }), "a.png");
        Assert.That(Pipelines.Column<byte[]>(view, "Mask").Single(), Is.EqualTo((byte[])[1, 255, 0]));
    }

    // A label image must lie under the picture of the same size: classes are drawn as gray levels into the picture, and compared after resizing.
    [TestCase(ImageResizingEstimator.ResizingKind.Fill, ImageResizingEstimator.Anchor.Center)]
    [TestCase(ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Center)]
    [TestCase(ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Left)]
    [TestCase(ImageResizingEstimator.ResizingKind.IsoCrop, ImageResizingEstimator.Anchor.Right)]
    [TestCase(ImageResizingEstimator.ResizingKind.IsoPad, ImageResizingEstimator.Anchor.Center)]
    public void LoadMasks_Resized_LieWhereResizeImagesPutsThePicture(ImageResizingEstimator.ResizingKind resizing, ImageResizingEstimator.Anchor anchor)
    {
        const int Height = 24, Width = 60;
        var ids = new byte[Height * Width];
        for (var i = 0; i < ids.Length; i++) ids[i] = (byte)(1 + (i % Width / 15) + (i / Width / 12 * 4)); // 8 blocks, classes 1 .. 8
        Mask("mask.png", Height, Width, ids);
        PngWriter.Write(folder.File("image.png"), new ByteImage(Height, Width, 1, Array.ConvertAll(ids, id => (byte)(id * 25))));

        var pipeline = Ml.Transforms.LoadImages("Image", folder.Path, "ImagePath")
            .Append(Ml.Transforms.ResizeImages("Image", 16, 12, "Image", resizing, anchor))
            .Append(Ml.Transforms.ExtractPixels("Pixels", "Image"))
            .Append(Ml.MultiTask.LoadMasks("Mask", folder.Path, 16, 12, "MaskPath", resizing: resizing, cropAnchor: anchor));
        var data = Ml.Data.LoadFromEnumerable((FileRow[])[new() { ImagePath = "image.png", MaskPath = "mask.png" }]);
        var view = pipeline.Fit(data).Transform(data);
        var mask = Pipelines.Column<byte[]>(view, "Mask").Single();
        var pixels = Pipelines.Column<float[]>(view, "Pixels").Single()[..mask.Length];
        var agree = mask.Zip(pixels, (id, pixel) => Math.Abs((id == 255 ? 0 : id * 25) - pixel) <= 12).Count(equal => equal);
        // Pictures are smoothed at the borders of the blocks, label images are not.
        Assert.That(agree, Is.GreaterThanOrEqualTo(mask.Length * 3 / 4));
        Assert.That(mask.Count(id => id == 255), resizing == ImageResizingEstimator.ResizingKind.IsoPad ? Is.EqualTo(16 * 6) : Is.Zero);
    }

    [Test]
    public void LoadMaps_ScaleOffsetAndInvalid_AreApplied()
    {
        PngWriter.WriteGray16(folder.File("d.png"), 1, 3, [0, 257, 513]);
        var view = Load(Ml.MultiTask.LoadMaps("Mask", folder.Path, 3, 1, encoding: MapEncoding.CityscapesDisparity), "d.png", "");
        Assert.That(view.Schema["Mask"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 1, 3)));
        Assert.That(Pipelines.Column<float[]>(view, "Mask"), Is.EqualTo((float[][])[[float.NaN, 1, 2], [float.NaN, float.NaN, float.NaN]]));
    }

    [Test]
    public void LoadMasks_NothingAskedFor_ReadsNoFile()
    {
        var view = Load(Ml.MultiTask.LoadMasks("Loaded", folder.Path, 3, 1, "Mask"), "missing.png");
        Assert.That(Pipelines.Column<string>(view, "Mask"), Is.EqualTo((string[])["missing.png"]));
    }

    [Test]
    public void LoadMasks_MissingFile_NamesRowColumnAndFile()
    {
        Mask("a.png", 1, 1, 0);
        Assert.That(() => Pipelines.Column<byte[]>(Load(Ml.MultiTask.LoadMasks("Mask", folder.Path, 1, 1), "a.png", "b.png"), "Mask"),
            Throws.InstanceOf<InvalidOperationException>().With.Message.StartsWith("Row 2, column 'Mask': ").And.Message.Contains("b.png: there is no such file"));
    }

    [Test]
    public void LoadMasks_TruncatedFile_NamesRowColumnAndFile()
    {
        Mask("a.png", 9, 9, [.. Enumerable.Range(0, 81).Select(i => (byte)(i % 5))]);
        File.WriteAllBytes(folder.File("b.png"), File.ReadAllBytes(folder.File("a.png"))[..60]);
        Assert.That(() => Pipelines.Column<byte[]>(Load(Ml.MultiTask.LoadMasks("Mask", folder.Path, 9, 9), "b.png"), "Mask"),
            Throws.InstanceOf<InvalidOperationException>().With.Message.StartsWith("Row 1, column 'Mask': ").And.Message.Contains("b.png"));
    }

    [Test]
    public void LoadMasks_16BitFile_SaysWhatToDo()
    {
        PngWriter.WriteGray16(folder.File("a.png"), 1, 1, [700]);
        Assert.That(() => Pipelines.Column<byte[]>(Load(Ml.MultiTask.LoadMasks("Mask", folder.Path, 1, 1), "a.png"), "Mask"),
            Throws.InstanceOf<InvalidOperationException>().With.Message.Contains("a.png: this is a 16-bit image; a mask holds class ids of at most 8 bits"));
    }

    [Test]
    public void LoadMasks_IdOutOfRange_NamesPixel()
    {
        Mask("a.png", 2, 2, 0, 1, 1, 3);
        var step = Ml.MultiTask.LoadMasks("Mask", folder.Path, 2, 2, encoding: new MaskEncoding { ClassCount = 3 });
        Assert.That(() => Pipelines.Column<byte[]>(Load(step, "a.png"), "Mask"),
            Throws.InstanceOf<InvalidOperationException>().With.Message.Contains("a.png: class id 3 at row 1, column 1"));
    }

    [Test]
    public void LoadMasks_AnotherSizeWithoutResizing_NamesBothSizes()
    {
        Mask("a.png", 1, 2, 0, 1);
        Assert.That(() => Pipelines.Column<byte[]>(Load(Ml.MultiTask.LoadMasks("Mask", folder.Path, 3, 1, resizing: null), "a.png"), "Mask"),
            Throws.InstanceOf<InvalidOperationException>().With.Message.Contains("the mask is 1x2 (height x width); 1x3 was expected"));
    }

    [Test]
    public void LoadMasks_WrongColumn_IsRefusedBeforeAnyRow()
    {
        var data = Ml.Data.LoadFromEnumerable((FileRow[])[new()]);
        Assert.That(() => Ml.MultiTask.LoadMasks("Mask", null, 3, 1, "Path").Fit(data), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Could not find input column 'Path'"));
        Assert.That(() => Ml.MultiTask.LoadMasks("Mask", null, 3, 1, "Number").Fit(data), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("input column 'Number': expected String, got Single"));
        Assert.That(() => Ml.MultiTask.LoadMasks("Mask", null, 0, 1), Throws.InstanceOf<ArgumentException>().With.Message.Contains("imageWidth 0"));
    }

    [Test]
    public void LoadMasks_DataWithoutPaths_PassesAsItIs()
    {
        var fitted = Ml.MultiTask.LoadMasks("Mask", null, 3, 1, "MaskPath").Fit(Ml.Data.LoadFromEnumerable((FileRow[])[new()]));
        var other = Ml.Data.LoadFromEnumerable(Sample.Rows(2));
        Assert.That(fitted.Transform(other).Schema.Select(c => c.Name), Is.EqualTo(other.Schema.Select(c => c.Name)));
    }

    [Test]
    public void LoadModel_OfMasksAndMaps_GivesTheSameColumns()
    {
        Mask("a.png", 1, 4, 7, 9, 8, 8);
        PngWriter.WriteGray16(folder.File("d.png"), 1, 3, [0, 10, 30]);
        var map = Enumerable.Repeat((byte)255, 256).ToArray();
        (map[7], map[8]) = (1, 0);
        var data = Ml.Data.LoadFromEnumerable((FileRow[])[new() { MaskPath = "a.png", ImagePath = "d.png" }]);
        var pipeline = Ml.MultiTask.LoadMasks("Mask", folder.Path, 3, 1, "MaskPath", new MaskEncoding { ClassMap = map, IgnoreValue = 9, ClassCount = 2 }, cropAnchor: ImageResizingEstimator.Anchor.Right)
            .Append(Ml.MultiTask.LoadMaps("Map", folder.Path, 3, 1, "ImagePath", new MapEncoding { Scale = 0.5, Offset = 1, Invalid = 0 }, resizing: null));
        var model = pipeline.Fit(data);
        using var stream = new MemoryStream();
        Ml.Model.Save(model, data.Schema, stream);
        var loaded = new MLContext().MultiTask.LoadModel(stream, out _).Transform(data);
        var view = model.Transform(data);
        Assert.That(Pipelines.Column<byte[]>(loaded, "Mask"), Is.EqualTo(Pipelines.Column<byte[]>(view, "Mask")));
        Assert.That(Pipelines.Column<float[]>(loaded, "Map").Single(), Is.EqualTo((float[])[float.NaN, 6, 16]));
        Assert.That(loaded.Schema["Mask"].Type, Is.EqualTo(view.Schema["Mask"].Type));
    }

    private IDataView Load(LabelImageLoadingEstimator step, params string[] paths)
    {
        var data = Ml.Data.LoadFromEnumerable(paths.Select(path => new MaskRow { Mask = path }).ToArray());
        return step.Fit(data).Transform(data);
    }

    private void Mask(string name, int height, int width, params byte[] ids) => PngWriter.Write(folder.File(name), new ByteImage(height, width, 1, ids));

    private sealed class MaskRow
    {
        public string Mask { get; set; } = "";
    }

    private sealed class FileRow
    {
        public string ImagePath { get; set; } = "";

        public string MaskPath { get; set; } = "";

        public float Number { get; set; }
    }
}
