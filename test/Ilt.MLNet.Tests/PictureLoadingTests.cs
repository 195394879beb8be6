using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>Pictures as they are seen, and what stands for the classes of masks in files.</summary>
public sealed class PictureLoadingTests
{
    private static readonly MLContext Ml = new(1);

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void LoadPictures_Upright_GivesWhatLoadImagesGives()
    {
        using var scenes = new SceneFiles(4);
        var steps = Ml.Transforms.LoadImages("A", scenes.Path, "ImagePath").Append(Ml.MultiTask.LoadPictures("B", scenes.Path, "ImagePath"));
        var view = steps.Fit(scenes.Data(Ml)).Transform(scenes.Data(Ml));
        Assert.That(Pixels(view, "B"), Is.EqualTo(Pixels(view, "A")));
        Assert.That(view.Schema["B"].Type, Is.InstanceOf<ImageDataViewType>());
    }

    [TestCase(3, "654321")]
    [TestCase(6, "415263")]
    [TestCase(8, "362514")]
    public void PictureReader_TurnedFile_IsTurnedBack(int orientation, string expected)
    {
        var path = Picture("a.png", orientation);
        var image = PictureReader.Read(path);
        Assert.That(string.Concat(Enumerable.Range(0, 6).Select(i => image.Pixels[3 * i] / 40)), Is.EqualTo(expected));
        Assert.That(image.Size, Is.EqualTo(orientation == 3 ? new ImageSize(2, 3) : new ImageSize(3, 2)));
    }

    [Test]
    public void LoadPictures_SavedAndLoaded_ReadsTheSame()
    {
        using var scenes = new SceneFiles(8);
        Orient(scenes.File("image3.png"), 6);
        var options = SceneFiles.Options with { Tasks = [TaskColumn.PixelClassification("seg", 8, "Mask") with { ClassValues = [.. Enumerable.Range(0, 8).Select(k => $"#{k:x6}")] }], Training = SceneFiles.Options.Training with { Epochs = 1 } };
        var data = scenes.Data(Ml);
        using var model = new EstimatorChain<ITransformer>().Append(Ml.MultiTask.LoadPictures("Image", scenes.Path, "ImagePath"))
            .Append(Ml.Transforms.ResizeImages("Image", SceneFiles.Side, SceneFiles.Side, "Image", ImageResizingEstimator.ResizingKind.Fill))
            .Append(Ml.MultiTask.LoadMasks("Mask", scenes.Path, SceneFiles.Side, SceneFiles.Side, "MaskPath"))
            .Append(Ml.MultiTask.Train(options)).Fit(data);
        Ml.Model.Save(model, data.Schema, folder.File("model.zip"));

        var loaded = Ml.MultiTask.LoadModel(folder.File("model.zip"), out _);

        var view = loaded.Transform(data);
        Assert.That(Pipelines.Column<float[]>(view, "seg.Score"), Is.EqualTo(Pipelines.Column<float[]>(model.Transform(data), "seg.Score")));
        VBuffer<ReadOnlyMemory<char>> values = default;
        view.Schema["seg.PredictedLabel"].Annotations.GetValue("ClassValues", ref values);
        Assert.That(values.DenseValues().Select(v => v.ToString()), Is.EqualTo(options.Tasks[0].ClassValues));
        Assert.That(model.LastTransformer.Warnings, Has.None.Contains("Exif"));
    }

    [Test]
    public void Fit_LoadImagesOfTurnedPictures_Warns()
    {
        using var scenes = new SceneFiles(8);
        Orient(scenes.File("image3.png"), 3);
        using var model = scenes.Fit(Ml, SceneFiles.Options with { Tasks = [TaskColumn.Regression("cars", "Cars")], Training = SceneFiles.Options.Training with { Epochs = 1 } });
        Assert.That(model.LastTransformer.Warnings, Has.One.Contains("1 picture(s) of image column 'Image' are to be turned").And.One.Contains("LoadPictures"));
    }

    [Test]
    public void LoadPictures_BadInput_NamesIt()
    {
        Assert.That(() => Ml.MultiTask.LoadPictures("Image", folder.File("nowhere")), Throws.ArgumentException.With.Message.Contains("the folder of the pictures"));
        Assert.That(() => Ml.MultiTask.LoadPictures("", null), Throws.ArgumentException.With.Message.Contains("outputColumnName is empty"));
        using var scenes = new SceneFiles(2);
        Assert.That(() => Ml.MultiTask.LoadPictures("Image", null, "Cars").Fit(scenes.Data(Ml)), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("It holds the paths of the pictures"));
        File.WriteAllBytes(scenes.File("image1.png"), File.ReadAllBytes(scenes.File("image1.png"))[..200]);
        var view = Ml.MultiTask.LoadPictures("Image", scenes.Path, "ImagePath").Fit(scenes.Data(Ml)).Transform(scenes.Data(Ml));
        Assert.That(() => Pixels(view, "Image"), Throws.InstanceOf<InvalidOperationException>().With.Message.StartsWith("Row 2, image column 'Image' cannot be read: ").And.Message.Contains("image1.png: the file is cut short"));
        Assert.That(() => Ml.MultiTask.TrainOnImages([TaskColumn.PixelClassification("seg", 3, "Mask") with { ClassValues = ["a", "b"] }]), Throws.ArgumentException.With.Message.Contains("ClassValues goes with ClassCount and holds as many texts; found 2, and 3 of classes"));
    }

    [Test]
    public void LoadMasks_Colours_AreSavedWithTheStep()
    {
        PngWriter.Write(folder.File("m.png"), new ByteImage(1, 2, 3, [128, 0, 0, 0, 128, 0]));
        var data = Ml.Data.LoadFromEnumerable([new SceneRow { MaskPath = "m.png" }]);
        var encoding = new MaskEncoding { Colours = new Dictionary<int, byte> { [0x800000] = 1, [0x008000] = 255 } };
        var model = Ml.MultiTask.LoadMasks("Mask", folder.Path, 2, 1, "MaskPath", encoding).Fit(data);
        Ml.Model.Save(model, data.Schema, folder.File("model.zip"));

        var loaded = Ml.MultiTask.LoadModel(folder.File("model.zip"), out _);

        Assert.That(Pipelines.Column<byte[]>(loaded.Transform(data), "Mask").Single(), Is.EqualTo((byte[])[1, 255]));
    }

    private static List<byte[]> Pixels(IDataView view, string column)
    {
        var pixels = new List<byte[]>();
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var get = cursor.GetGetter<MLImage>(view.Schema[column]);
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            get(ref image);
            pixels.Add(image.GetBGRPixels);
        }
        return pixels;
    }

    // 1 2 3 over 4 5 6, times 40.
    private string Picture(string name, int orientation)
    {
        var path = folder.File(name);
        PngWriter.Write(path, new ByteImage(2, 3, 3, [.. Enumerable.Range(1, 6).SelectMany(i => Enumerable.Repeat((byte)(40 * i), 3))]));
        Orient(path, orientation);
        return path;
    }

    private static void Orient(string path, int orientation)
    {
        var file = File.ReadAllBytes(path);
        byte[] chunk = [.. "eXIf"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        var sum = CheckSum(chunk);
        File.WriteAllBytes(path, [.. file[..33], 0, 0, 0, (byte)(chunk.Length - 4), .. chunk, (byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum, .. file[33..]]);
    }

    private static uint CheckSum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var b in bytes)
        {
            sum ^= b;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
        }
        return ~sum;
    }
}
