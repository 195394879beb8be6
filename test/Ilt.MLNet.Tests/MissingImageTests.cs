using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>However the images come to the trainer, a row without one is a bad row, and the others are read.</summary>
public sealed class MissingImageTests
{
    private static readonly MLContext Ml = new(1);

    private SceneFiles scenes = null!;

    [SetUp]
    public void MakeScenes() => scenes = new SceneFiles(12);

    [TearDown]
    public void RemoveScenes() => scenes.Dispose();

    private static readonly (string Name, Func<EstimatorChain<ITransformer>> Steps)[] Ways =
    [
        ("nothing", () => new EstimatorChain<ITransformer>()),
        ("ResizeImages", () => new EstimatorChain<ITransformer>().Append((IEstimator<ITransformer>)Resize())),
        ("ResizeImages, ConvertToGrayscale", () => new EstimatorChain<ITransformer>().Append(Resize()).Append((IEstimator<ITransformer>)Ml.Transforms.ConvertToGrayscale("Image"))),
        ("ResizeImages, ExtractPixels", () => new EstimatorChain<ITransformer>().Append(Resize()).Append((IEstimator<ITransformer>)Ml.Transforms.ExtractPixels("Image"))),
        ("ResizeImages, ExtractPixels as bytes", () => new EstimatorChain<ITransformer>().Append(Resize())
            .Append((IEstimator<ITransformer>)Ml.Transforms.ExtractPixels("Image", interleavePixelColors: true, outputAsFloatArray: false))),
        // In ML.NET a mapping cannot take an image column, but it can make one.
        ("CustomMapping", () => new EstimatorChain<ITransformer>().Append((IEstimator<ITransformer>)Ml.Transforms.CustomMapping<PathOfRow, Picture>(
            (from, to) => to.Image = File.Exists(from.FullPath) ? MLImage.CreateFromFile(from.FullPath) : null!, null))),
    ];

    private static IEnumerable<TestCaseData> Cases
        => Ways.SelectMany(way => ((string?[])["", "none.png", null]).SelectMany(path => ((int[])[0, 5, 11]).Select(row => new TestCaseData(way.Name, path, row))));

    [TestCaseSource(nameof(Cases))]
    public void Fit_Skip_LeavesOutTheRowWithoutImageOnly(string way, string? path, int row)
    {
        scenes.Rows[row].ImagePath = path!;
        using var model = Pipeline(way, OnBadRow.Skip).Fit(scenes.Data(Ml));
        var trainer = (MultiTaskTransformer)model.LastTransformer;
        Assert.That(trainer.SkippedRows, Is.EqualTo(1));
        Assert.That(Pipelines.Column<string>(trainer.NoiseScores, "Id"), Is.EquivalentTo(scenes.Rows.Where((_, i) => i != row).Select(r => r.Id)));
        Assert.That(trainer.Warnings[0], Does.Contain($"Training row {row + 1} (id 's{row}'): image column 'Image' "));
    }

    [TestCaseSource(nameof(Cases))]
    public void Fit_Fail_NamesTheRowWithoutImage(string way, string? path, int row)
    {
        scenes.Rows[row].ImagePath = path!;
        Assert.That(() => Pipeline(way, OnBadRow.Fail).Fit(scenes.Data(Ml)), Throws.InvalidOperationException
            .With.Message.StartsWith($"Training row {row + 1} (id 's{row}'): image column 'Image' "));
    }

    [Test]
    public void Fit_BlackImage_IsAnImage()
    {
        Ilt.Imaging.PngWriter.Write(scenes.File("black.png"), new Ilt.Imaging.ByteImage(SceneFiles.Side, SceneFiles.Side, 3, new byte[SceneFiles.Side * SceneFiles.Side * 3]));
        scenes.Rows[4].ImagePath = "black.png";
        foreach (var (name, _) in Ways)
        {
            using var model = Pipeline(name, OnBadRow.Fail).Fit(scenes.Data(Ml));
            Assert.That(((MultiTaskTransformer)model.LastTransformer).SkippedRows, Is.Zero, name);
        }
    }

    private static ImageResizingEstimator Resize() => Ml.Transforms.ResizeImages("Image", SceneFiles.Side, SceneFiles.Side);

    private EstimatorChain<ITransformer> Pipeline(string way, OnBadRow onBadRow)
    {
        var options = SceneFiles.Options with
        {
            Tasks = [TaskColumn.Regression("cars", "Cars")], OnBadRow = onBadRow,
            Training = new TrainingOptions { Epochs = 1, Network = new UNetDefinition { BaseWidth = 4, Depth = 1 } },
        };
        return new EstimatorChain<ITransformer>().Append(Ml.Transforms.LoadImages("Image", scenes.Path, "ImagePath"))
            .Append(Ml.Transforms.CustomMapping<Named, PathOfRow>((from, to) => to.FullPath = string.IsNullOrEmpty(from.ImagePath) ? "" : scenes.File(from.ImagePath), null))
            .Append(Ways.Single(w => w.Name == way).Steps()).Append((IEstimator<ITransformer>)Ml.MultiTask.Train(options));
    }

    private sealed class Named
    {
        public string? ImagePath { get; set; }
    }

    private sealed class PathOfRow
    {
        public string? FullPath { get; set; }
    }

    private sealed class Picture
    {
        [ImageType(SceneFiles.Side, SceneFiles.Side)]
        public MLImage Image { get; set; } = null!;
    }
}
