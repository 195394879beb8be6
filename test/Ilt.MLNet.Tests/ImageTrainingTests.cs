using Ilt.Corruption;
using Ilt.Datasets;
using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>Pipelines from image files to predictions.</summary>
public sealed class ImageTrainingTests
{
    private static readonly MLContext Ml = new(1);

    private SceneFiles scenes = null!;

    [OneTimeSetUp]
    public void MakeScenes() => scenes = new SceneFiles(24);

    [OneTimeTearDown]
    public void RemoveScenes() => scenes.Dispose();

    [Test]
    public void Fit_LoadResizeCorruptTrainTransform_GivesColumnsAndScores()
    {
        var pipeline = scenes.Preparation(Ml)
            .Append(Ml.MultiTask.CorruptLabels("Mask", MaskCorruptionKind.PermuteClasses, 0.25, idColumnName: "Id"))
            .Append(Ml.MultiTask.Train(SceneFiles.Options));
        using var model = pipeline.Fit(scenes.Data(Ml));
        var view = model.Transform(scenes.Data(Ml));
        var classes = SceneGenerator.ClassNames.Count;
        Assert.That(view.Schema["seg.PredictedLabel"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Byte, SceneFiles.Side, SceneFiles.Side)));
        Assert.That(view.Schema["seg.Score"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, classes, SceneFiles.Side, SceneFiles.Side)));
        Assert.That(view.Schema["depth.Score"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, SceneFiles.Side, SceneFiles.Side)));

        const int Pixels = SceneFiles.Side * SceneFiles.Side;
        var probabilities = Pipelines.Column<float[]>(view, "seg.Score")[5];
        var predicted = Pipelines.Column<byte[]>(view, "seg.PredictedLabel")[5];
        foreach (var pixel in (int[])[0, 517, Pixels - 1])
        {
            var p = Enumerable.Range(0, classes).Select(c => probabilities[(c * Pixels) + pixel]).ToArray();
            Assert.That(p.Sum(), Is.EqualTo(1).Within(1e-4));
            Assert.That(predicted[pixel], Is.EqualTo(Array.IndexOf(p, p.Max())));
        }
        Assert.That(Pipelines.Column<bool>(view, "MaskCorrupted").Count(c => c), Is.EqualTo(6));
        Assert.That(Pipelines.Column<float>(view, "seg.NoiseScore").Concat(Pipelines.Column<float>(view, "depth.LogVariance")), Has.All.Matches<float>(float.IsFinite));
        var scores = model.LastTransformer.NoiseScores;
        Assert.That(Pipelines.Column<string>(scores, "Task").Count(t => t == "seg"), Is.EqualTo(24));
        Assert.That(Pipelines.Column<string>(scores, "GivenLabel").Concat(Pipelines.Column<string>(scores, "PredictedLabel")), Has.All.Empty);
        Assert.That(Ml.MultiTask.EvaluateDetection(view, "seg.NoiseScore", "MaskCorrupted").Corrupted, Is.EqualTo(6));
    }

    [Test]
    public void GetOutputSchema_PromisesWhatTransformDelivers()
    {
        var data = scenes.Data(Ml);
        var prepared = scenes.Preparation(Ml).Fit(data).Transform(data);
        var trainer = Ml.MultiTask.Train(SceneFiles.Options);
        using var model = trainer.Fit(prepared);
        var delivered = SchemaShapes.Of(model.Transform(prepared).Schema).Select(c => $"{c.Name} {SchemaShapes.Describe(c)}");
        Assert.That(trainer.GetOutputSchema(SchemaShapes.Of(prepared.Schema)).Select(c => $"{c.Name} {SchemaShapes.Describe(c)}"), Is.EquivalentTo(delivered));
    }

    [Test]
    public void LoadModel_OfAnImagePipeline_PredictsTheSame()
    {
        using var model = scenes.Fit(Ml, SceneFiles.Options);
        using var stream = new MemoryStream();
        Ml.Model.Save(model, scenes.Data(Ml).Schema, stream);
        var loaded = new MLContext().MultiTask.LoadModel(stream, out _);
        var (before, after) = (model.Transform(scenes.Data(Ml)), loaded.Transform(scenes.Data(Ml)));
        Assert.That(after.Schema.Select(c => $"{c.Name} {c.Type}"), Is.EqualTo(before.Schema.Select(c => $"{c.Name} {c.Type}")));
        foreach (var column in (string[])["seg.Score", "depth.Score"])
            Assert.That(Pipelines.Column<float[]>(after, column)[3], Is.EqualTo(Pipelines.Column<float[]>(before, column)[3]), column);
        foreach (var column in (string[])["seg.NoiseScore", "depth.NoiseScore"])
            Assert.That(Pipelines.Column<float>(after, column), Is.EqualTo(Pipelines.Column<float>(before, column)), column);
    }

    [Test]
    public void PredictionEngine_OfAnImageFile_NeedsNoLabels()
    {
        using var model = scenes.Fit(Ml, SceneFiles.Options);
        using var engine = Ml.Model.CreatePredictionEngine<ImageOnly, Prediction>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var expected = Pipelines.Column<byte[]>(model.Transform(scenes.Data(Ml)), "seg.PredictedLabel");
        foreach (var i in (int[])[7, 2])
            Assert.That(engine.Predict(new ImageOnly { ImagePath = scenes.Rows[i].ImagePath }).Mask.Zip(expected[i], (a, b) => a == b).Count(equal => equal), Is.GreaterThan(SceneFiles.Side * SceneFiles.Side * 99 / 100));
    }

    // An image in memory, planar pixels and interleaved pixels are one image.
    [TestCase(false)]
    [TestCase(true)]
    public void Fit_OnPixelVectors_EqualsImages(bool interleaved)
    {
        var options = SceneFiles.Options with { Training = SceneFiles.Options.Training with { Epochs = 1 } };
        using var images = scenes.Fit(Ml, options);
        var pipeline = scenes.Preparation(Ml)
            .Append(Ml.Transforms.ExtractPixels("Pixels", "Image", interleavePixelColors: interleaved, outputAsFloatArray: !interleaved))
            .Append(Ml.MultiTask.Train(options with { ImageColumnName = "Pixels" }));
        using var vectors = pipeline.Fit(scenes.Data(Ml));
        Assert.That(
            Pipelines.Column<float[]>(vectors.Transform(scenes.Data(Ml)), "depth.Score")[1],
            Is.EqualTo(Pipelines.Column<float[]>(images.Transform(scenes.Data(Ml)), "depth.Score")[1]));
    }

    [Test]
    public void Fit_WithoutMemoryForPixels_GivesTheSameModel()
    {
        var options = SceneFiles.Options with { Training = SceneFiles.Options.Training with { Epochs = 1 } };
        using var inMemory = scenes.Fit(Ml, options);
        using var onDisk = scenes.Fit(Ml, options with { ImageMemory = 0 });
        Assert.That(
            Pipelines.Column<float>(onDisk.LastTransformer.NoiseScores, "NoiseScore"),
            Is.EqualTo(Pipelines.Column<float>(inMemory.LastTransformer.NoiseScores, "NoiseScore")));
    }

    [Test]
    public void Fit_LabelsPerImageAndPerPixel_Together()
    {
        var options = SceneFiles.Options with { Tasks = [SceneFiles.Segmentation, TaskColumn.Regression("cars", "Cars"), TaskColumn.Classification("even", "Even")], ValidationFraction = 0.25 };
        using var model = scenes.Fit(Ml, options);
        var view = model.Transform(scenes.Data(Ml));
        Assert.That(Pipelines.Column<float>(view, "cars.Score"), Has.All.Matches<float>(float.IsFinite));
        Assert.That(model.LastTransformer.ValidationMetrics[0].MeanIoU, Is.InRange(0, 1));
        Assert.That(model.LastTransformer.ValidationMetrics[1].Count, Is.EqualTo(6));
        var scores = model.LastTransformer.NoiseScores;
        Assert.That(Pipelines.Column<string>(scores, "GivenLabel").Count(label => label is "true" or "false"), Is.EqualTo(18));
    }

    [Test]
    public void Fit_CancelledAndKept_NeitherPredictsNorMeasuresAgain()
    {
        using var source = new CancellationTokenSource();
        using var model = scenes.Fit(Ml, SceneFiles.Options with
        {
            Tasks = [SceneFiles.Segmentation, TaskColumn.Regression("cars", "Cars")],
            ValidationFraction = 0.25,
            CancellationToken = source.Token,
            KeepPartialModelOnCancel = true,
            Progress = _ => source.Cancel(),
        });
        var trained = model.LastTransformer;
        Assert.That(trained.IsComplete, Is.False);
        Assert.That(trained.ValidationMetrics, Is.SameAs(trained.History[0].Validation));
        Assert.That(Pipelines.Column<string>(trained.NoiseScores, "PredictedLabel"), Has.All.Empty);
        Assert.That(Pipelines.Column<string>(trained.NoiseScores, "GivenLabel").Count(label => label.Length > 0), Is.EqualTo(18));
    }

    [Test]
    public void Fit_ToTheEnd_DoesNotMeasureTheLastEpochTwice()
    {
        using var model = scenes.Fit(Ml, SceneFiles.Options with { ValidationFraction = 0.25 });
        Assert.That(model.LastTransformer.ValidationMetrics, Is.SameAs(model.LastTransformer.History[^1].Validation));
    }

    [Test]
    public void Train_HiddenUnitsForImages_AreRefused() =>
        Assert.That(() => Ml.MultiTask.Train(SceneFiles.Options with { Training = new TrainingOptions { HiddenUnits = [32] } }),
            Throws.ArgumentException.With.Message.Contains("HiddenUnits must be null where the rows are images").And.Message.Contains("[32]"));

    [Test]
    public void Fit_ClassCountLeftOpen_IsCountedInTheMasks()
    {
        var present = scenes.Rows.Max(row => LabelPng.ReadMask(scenes.File(row.MaskPath)).Pixels.Max());
        var options = SceneFiles.Options with { Tasks = [TaskColumn.PixelClassification("seg", null, "Mask")], Training = SceneFiles.Options.Training with { Epochs = 1 } };
        using var model = scenes.Fit(Ml, options);
        Assert.That(((VectorDataViewType)model.Transform(scenes.Data(Ml)).Schema["seg.Score"].Type).Dimensions[0], Is.EqualTo(present + 1));
    }

    [Test]
    public void Fit_ImagesInMemory_OfUnknownLabelFreeSize()
    {
        var rows = Enumerable.Range(0, 12).Select(i => new PictureRow { Picture = Filled(i % 2 == 0 ? (byte)200 : (byte)30), Light = i % 2 == 0 }).ToArray();
        var options = new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Classification("light", "Light")],
            ImageColumnName = "Picture",
            Training = new TrainingOptions { Epochs = 8, BatchSize = 4, Seed = 1 },
        };
        var data = Ml.Data.LoadFromEnumerable(rows);
        using var model = Ml.MultiTask.Train(options).Fit(data);
        Assert.That(Pipelines.Column<bool>(model.Transform(data), "light.PredictedLabel"), Is.EqualTo(rows.Select(row => row.Light)));
    }

    private static MLImage Filled(byte level) => MLImage.CreateFromPixels(16, 16, MLPixelFormat.Bgra32, [.. Enumerable.Repeat((byte[])[level, level, level, 255], 256).SelectMany(p => p)]);

    private sealed class ImageOnly
    {
        public string ImagePath { get; set; } = "";
    }

    private sealed class Prediction
    {
        [ColumnName("seg.PredictedLabel")]
        public byte[] Mask { get; set; } = [];
    }

    private sealed class PictureRow
    {
        [ImageType(16, 16)]
        public MLImage Picture { get; set; } = null!;

        public bool Light { get; set; }
    }
}
