using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>What this library relies on in ML.NET's own image steps.</summary>
public sealed class ImageColumnTests
{
    private static readonly MLContext Ml = new(1);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void LoadImages_APng_GivesItsPixelsAndItsPath()
    {
        Picture("a.png", 1, 2, 10, 20, 30, 40, 50, 60);
        Read(Ml.Transforms.LoadImages("Image", folder.Path, "Path").Fit(Rows("a.png")).Transform(Rows("a.png")), image =>
        {
            Assert.That((image.Height, image.Width, image.BitsPerPixel, image.PixelFormat), Is.EqualTo((1, 2, 32, MLPixelFormat.Bgra32)));
            Assert.That(image.Pixels.ToArray(), Is.EqualTo((byte[])[30, 20, 10, 255, 60, 50, 40, 255]));
            Assert.That(image.Tag, Is.EqualTo(folder.File("a.png")));
        });
    }

    [Test]
    public void LoadImages_NextRowAndEndOfCursor_DisposeTheImage()
    {
        Picture("a.png", 1, 1, 1, 2, 3);
        var data = Rows("a.png", "a.png");
        var view = Ml.Transforms.LoadImages("Image", folder.Path, "Path").Fit(data).Transform(data);
        var column = view.Schema["Image"];
        MLImage first = null!, second = null!;
        using (var cursor = view.GetRowCursor([column]))
        {
            var getter = cursor.GetGetter<MLImage>(column);
            MLImage image = null!;
            cursor.MoveNext();
            getter(ref image);
            first = image;
            cursor.MoveNext();
            getter(ref image);
            second = image;
            Assert.That(() => first.Width, Throws.InvalidOperationException);
            Assert.That(second.Width, Is.EqualTo(1));
        }
        Assert.That(() => second.Width, Throws.InvalidOperationException);
    }

    [Test]
    public void LoadImages_EmptyPath_GivesNoImageAndZeroPixels()
    {
        var data = Rows("");
        var pipeline = Ml.Transforms.LoadImages("Image", folder.Path, "Path").Append(Ml.Transforms.ResizeImages("Image", 2, 2)).Append(Ml.Transforms.ExtractPixels("Pixels", "Image"));
        var view = pipeline.Fit(data).Transform(data);
        Assert.That(Pipelines.Column<float[]>(view, "Pixels").Single(), Is.EqualTo(new float[12]));
    }

    [Test]
    public void ExtractPixels_Default_IsPlanarRedGreenBlue()
    {
        Picture("a.png", 1, 2, 10, 20, 30, 40, 50, 60);
        var data = Rows("a.png");
        var pipeline = Ml.Transforms.LoadImages("Image", folder.Path, "Path")
            .Append(Ml.Transforms.ResizeImages("Image", 2, 1))
            .Append(Ml.Transforms.ExtractPixels("Planar", "Image"))
            .Append(Ml.Transforms.ExtractPixels("Bytes", "Image", interleavePixelColors: true, outputAsFloatArray: false));
        var view = pipeline.Fit(data).Transform(data);
        Assert.That(view.Schema["Planar"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 3, 1, 2)));
        Assert.That(view.Schema["Bytes"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Byte, 1, 2, 3)));
        Assert.That(Pipelines.Column<float[]>(view, "Planar").Single(), Is.EqualTo((float[])[10, 40, 20, 50, 30, 60]));
        Assert.That(Pipelines.Column<byte[]>(view, "Bytes").Single(), Is.EqualTo((byte[])[10, 20, 30, 40, 50, 60]));
    }

    [Test]
    public void Cache_DropsImageColumns()
    {
        var data = Rows("");
        var view = Ml.Transforms.LoadImages("Image", folder.Path, "Path").Fit(data).Transform(data);
        Assert.That(Ml.Data.Cache(view).Schema.Select(c => c.Name), Is.EqualTo((string[])["Path"]));
    }

    [Test]
    public void LoadFromEnumerable_ImageTypeMember_IsAnImageColumn()
    {
        var image = MLImage.CreateFromPixels(1, 2, MLPixelFormat.Rgba32, [1, 2, 3, 255, 4, 5, 6, 255]);
        var view = Ml.Data.LoadFromEnumerable((InMemory[])[new() { Image = image }]);
        Assert.That(view.Schema["Image"].Type, Is.EqualTo(new ImageDataViewType(2, 1)));
        Read(view, read => Assert.That(read.GetBGRPixels, Is.EqualTo((byte[])[3, 2, 1, 6, 5, 4])));
    }

    [TestCase(".png")]
    [TestCase(".jpg")]
    public void Save_AndCreateFromFile_GiveTheImageBack(string extension)
    {
        var path = folder.File("saved" + extension);
        byte[] pixels = [.. Enumerable.Repeat((byte[])[200, 100, 50, 255], 64).SelectMany(p => p)];
        using (var image = MLImage.CreateFromPixels(8, 8, MLPixelFormat.Bgra32, pixels)) image.Save(path);
        using var read = MLImage.CreateFromFile(path);
        using var stream = File.OpenRead(path);
        using var again = MLImage.CreateFromStream(stream);
        Assert.That(read.GetBGRPixels.Zip(again.GetBGRPixels, (a, b) => a == b), Has.None.False);
        Assert.That(read.GetBGRPixels.Select((value, i) => Math.Abs(value - pixels[i / 3 * 4 + i % 3])).Max(), Is.LessThanOrEqualTo(extension == ".png" ? 0 : 4));
    }

    [Test]
    public void ModelSaveAndLoad_OfImageSteps_KeepsThem()
    {
        Picture("a.png", 2, 4, [.. Enumerable.Range(0, 24).Select(i => (byte)(10 * i))]);
        var data = Rows("a.png");
        var model = Ml.Transforms.LoadImages("Image", folder.Path, "Path")
            .Append(Ml.Transforms.ResizeImages("Image", 2, 2, cropAnchor: ImageResizingEstimator.Anchor.Left))
            .Append(Ml.Transforms.ExtractPixels("Pixels", "Image", orderOfExtraction: ImagePixelExtractingEstimator.ColorsOrder.ABGR))
            .Fit(data);
        using var stream = new MemoryStream();
        Ml.Model.Save(model, data.Schema, stream);
        var loaded = new MLContext().Model.Load(stream, out _);
        Assert.That(Pipelines.Column<float[]>(loaded.Transform(data), "Pixels"), Is.EqualTo(Pipelines.Column<float[]>(model.Transform(data), "Pixels")));
    }

    [Test]
    public void LoadImages_MissingFile_ThrowsOnTheRead()
    {
        var data = Rows("none.png");
        var view = Ml.Transforms.LoadImages("Image", folder.Path, "Path").Fit(data).Transform(data);
        Assert.That(() => Read(view, _ => { }), Throws.Exception);
    }

    private static void Read(IDataView view, Action<MLImage> use)
    {
        var column = view.Schema["Image"];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<MLImage>(column);
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            getter(ref image);
            use(image);
        }
    }

    private static IDataView Rows(params string[] paths) => Ml.Data.LoadFromEnumerable(paths.Select(path => new PathRow { Path = path }).ToArray());

    private void Picture(string name, int height, int width, params byte[] rgb) => PngWriter.Write(folder.File(name), new ByteImage(height, width, 3, rgb));

    private sealed class PathRow
    {
        public string Path { get; set; } = "";
    }

    private sealed class InMemory
    {
        [ImageType(2, 1)]
        public MLImage Image { get; set; } = null!;
    }
}
