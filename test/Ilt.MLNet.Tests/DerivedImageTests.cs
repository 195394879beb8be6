using Ilt.Imaging;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Ilt.MLNet.Tests;

/// <summary>Images with a mask, and shape and pose of a body, whose surface is a fourth task.</summary>
public sealed class DerivedImageTests
{
    private const int Side = 16;
    private static readonly MLContext Ml = new(1);

    [Test]
    public void Fit_OnImagesWithMasks_PredictsMeasuresAndExamines()
    {
        using var folder = new TemporaryFolder();
        var load = Ml.MultiTask.LoadMasks("Parts", folder.Path, Side, Side, "MaskPath");
        var data = load.Fit(Pictures(folder, 48, 1)).Transform(Pictures(folder, 48, 1));
        var others = Pictures(folder, 20, 2);
        using var trained = Ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            // Sources may come after what is derived from them.
            Tasks = [TaskColumn.PixelClassification("parts", 2, "Parts"), Person.SurfaceTask, Person.PoseTask, Person.ShapeTask],
            ImageColumnName = "Image",
            IdColumnName = "Id",
            Validation = load.Fit(others).Transform(others),
            Training = new TrainingOptions { Epochs = 6, BatchSize = 8, Seed = 1, Network = new UNetDefinition { BaseWidth = 8, Depth = 2, BranchWidth = 32 } },
        }).Fit(data);

        var view = trained.Transform(data);
        var (shape, pose) = (Pipelines.Column<float[]>(view, "shape.Score")[5], Pipelines.Column<float[]>(view, "pose.Score")[5]);
        Assert.That(Pipelines.Column<float[]>(view, "surface.Score")[5], Is.EqualTo(Person.Vertices(shape, pose)).Within(1e-4));
        Assert.That(Pipelines.Column<float>(view, "surface.NoiseScore"), Has.All.Matches<float>(float.IsFinite));
        Assert.That(trained.ValidationMetrics.Select(m => m.Task), Is.EqualTo((string[])["parts", "surface", "pose", "shape"]));
        Assert.That(trained.ValidationMetrics[1].SurfaceError, Is.GreaterThan(0));
        Assert.That(trained.ValidationMetrics[0].Accuracy, Is.GreaterThan(0.8));

        Assert.That(trained.ExamineLabelImages(data, "parts", 3).ToArray(), Has.Length.EqualTo(3).And.All.Property("SuggestedMask").Length.EqualTo(Side * Side));
        Assert.That(() => trained.ExamineLabelImages(data, "surface"), Throws.ArgumentException.With.Message.Contains("'surface' is no task with label images; those are 'parts'"));
    }

    // The quarters of an image are as bright as the features say; the mask is 1 in the bright ones.
    private static IDataView Pictures(TemporaryFolder folder, int count, int seed) => Ml.Data.LoadFromEnumerable(Person.Rows(count, seed).Select(person =>
    {
        var (pixels, mask) = (new byte[Side * Side * 4], new byte[Side * Side]);
        for (var pixel = 0; pixel < mask.Length; pixel++)
        {
            var level = person.Features[(pixel / Side / (Side / 2) * 2) + (pixel % Side / (Side / 2))];
            pixels.AsSpan(4 * pixel, 4).Fill((byte)(128 + (100 * level)));
            mask[pixel] = level > 0 ? (byte)1 : (byte)0;
        }
        var file = $"{seed}-{person.Id}.png";
        PngWriter.Write(folder.File(file), new ByteImage(Side, Side, 1, mask));
        return new Picture { Id = person.Id, Image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels), MaskPath = file, Shape = person.Shape, Pose = person.Pose };
    }).ToList());

    private sealed class Picture
    {
        public string Id { get; set; } = "";

        [ImageType(Side, Side)]
        public MLImage Image { get; set; } = null!;

        public string MaskPath { get; set; } = "";

        [VectorType(Person.Shapes)]
        public float[] Shape { get; set; } = [];

        [VectorType(Person.PoseNumbers)]
        public float[] Pose { get; set; } = [];
    }
}
