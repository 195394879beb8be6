using Ilt.Corruption;
using Ilt.Detection;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;
using TorchSharp;

namespace Ilt.MLNet.Tests;

/// <summary>Tasks that are computed from other tasks: the surface of a body, and a function.</summary>
public sealed class DerivedTaskTests
{
    private const int Count = 160;
    private static readonly MLContext Ml = new(1);

    private MultiTaskTransformer model = null!;
    private IDataView view = null!;

    [OneTimeSetUp]
    public void Train()
    {
        model = Ml.MultiTask.Train(Person.Options with { Validation = Person.Data(Ml, 40, seed: 2) }).Fit(Person.Data(Ml, Count));
        view = model.Transform(Person.Data(Ml, Count));
    }

    [OneTimeTearDown]
    public void Free() => model.Dispose();

    [Test]
    public void Transform_Surface_IsThatOfThePredictedShapeAndPose()
    {
        var surface = Pipelines.Column<float[]>(view, "surface.Score");
        Assert.That(view.Schema["surface.Score"].Type, Is.EqualTo(new VectorDataViewType(NumberDataViewType.Single, 18)));
        Assert.That(view.Schema.GetColumnOrNull("surface.PredictedLabel"), Is.Null);
        var (shape, pose) = (Pipelines.Column<float[]>(view, "shape.Score"), Pipelines.Column<float[]>(view, "pose.Score"));
        foreach (var row in (int[])[0, 100, Count - 1])
            Assert.That(surface[row], Is.EqualTo(Person.Vertices(shape[row], pose[row])).Within(1e-4), $"row {row}");
    }

    [Test]
    public void Transform_NoiseColumns_AreThoseOfTheTable()
    {
        var scores = Pipelines.Column<float>(view, "surface.NoiseScore");
        Assert.That(scores, Has.All.Matches<float>(float.IsFinite));
        Assert.That(Pipelines.Column<float>(view, "surface.LogVariance"), Has.All.Matches<float>(float.IsFinite));
        var table = model.NoiseScores;
        var (tasks, ranked, given) = (Pipelines.Column<string>(table, "Task"), Pipelines.Column<float>(table, "NoiseScore"), Pipelines.Column<string>(table, "GivenLabel"));
        Assert.That(ranked.Where((_, i) => tasks[i] == "surface"), Is.EqualTo(scores.OrderDescending()));
        Assert.That(given.Where((_, i) => tasks[i] == "surface"), Has.All.Empty);
    }

    [Test]
    public void ValidationMetrics_OfABody_AreMillimetresOfItsVertices()
    {
        var rows = Person.Rows(40, seed: 2);
        var predicted = Pipelines.Column<float[]>(model.Transform(Ml.Data.LoadFromEnumerable(rows)), "surface.Score");
        var distances = rows.Zip(predicted).SelectMany(pair => Person.Vertices(pair.First.Shape, pair.First.Pose).Zip(pair.Second, (a, b) => (a - b) * (a - b)).Chunk(3).Select(d => Math.Sqrt(d.Sum())));
        var metrics = model.ValidationMetrics[2];
        Assert.That((metrics.Task, metrics.Count), Is.EqualTo(("surface", 40)));
        Assert.That(metrics.SurfaceError, Is.EqualTo(1000 * distances.Average()).Within(0.1).Percent);
        Assert.That(metrics.JointError, Is.GreaterThan(0));
        Assert.That(metrics.AlignedJointError, Is.GreaterThan(0));
        Assert.That(model.ValidationMetrics[0].SurfaceError, Is.Null);
        Assert.That(metrics.Error, Is.EqualTo(metrics.SurfaceError));
    }

    [Test]
    public void Fit_WrongShapesAndPoses_AreFoundInTheSurface()
    {
        var pipeline = new EstimatorChain<ITransformer>()
            .Append(Ml.MultiTask.CorruptLabels("Shape", LabelCorruptionKind.UniformNoise, 0.2, seed: 7, idColumnName: "Id"))
            .Append(Ml.MultiTask.CorruptLabels("Pose", LabelCorruptionKind.UniformNoise, 0.2, seed: 7, idColumnName: "Id"))
            .Append(Ml.MultiTask.Train(Person.Options));
        using var trained = pipeline.Fit(Person.Data(Ml, Count));
        var scored = trained.Transform(Person.Data(Ml, Count));
        var wrong = Pipelines.Column<bool>(scored, "ShapeCorrupted");
        Assert.That(wrong.Count(w => w), Is.EqualTo(Count / 5));
        Assert.That(Pipelines.Column<bool>(scored, "PoseCorrupted"), Is.EqualTo(wrong), "one seed hits the same rows");
        foreach (var task in (string[])["shape", "pose", "surface"])
            Assert.That(DetectionMetrics.RocAuc(Pipelines.Column<float>(scored, $"{task}.NoiseScore"), wrong), Is.GreaterThan(0.9), task);
    }

    [Test]
    public void Fit_RowWithoutAPose_HasAShapeAndNoSurface()
    {
        var rows = Person.Rows(40);
        rows[3].Pose[20] = float.NaN;
        using var trained = Ml.MultiTask.Train(Short(Person.Options) with { ValidationFraction = 0.2 }).Fit(Ml.Data.LoadFromEnumerable(rows));
        var scored = trained.Transform(Ml.Data.LoadFromEnumerable(rows));
        var (shape, pose, surface) = (Scores("shape"), Scores("pose"), Scores("surface"));
        Assert.That(shape.Count(float.IsFinite), Is.EqualTo(32), "the others are for validation");
        Assert.That((shape[3], pose[3], surface[3]), Is.EqualTo((shape[3], float.NaN, float.NaN)));
        Assert.That(float.IsFinite(shape[3]), Is.True, "row 4 is one of the training rows");
        Assert.That(surface.Select(float.IsNaN), Is.EqualTo(pose.Select(float.IsNaN)));
        Assert.That(Pipelines.Column<float[]>(scored, "surface.Score")[3], Has.All.Matches<float>(float.IsFinite), "a prediction needs no label");
        Assert.That(trained.ValidationMetrics[2].Count, Is.EqualTo(8));

        float[] Scores(string task) => Pipelines.Column<float>(scored, $"{task}.NoiseScore");
    }

    [Test]
    public void Fit_FunctionOfAClassAndANumber_IsComputedFromProbabilities()
    {
        var share = TaskDerivation.FromFunction("share", sizes => sizes[0], values => values[0].mul(values[1]));
        var options = Pipelines.AllTasks with { Tasks = [Pipelines.ClassTask, Pipelines.NumberTask, TaskColumn.Derived("share", share, "class", "number")] };
        using var trained = Pipelines.Fit(SharedModel.Context, Sample.Rows(60), Short(options));
        var scored = trained.Transform(Ml.Data.LoadFromEnumerable(Sample.Rows(60)));
        var (classes, numbers) = (Pipelines.Column<float[]>(scored, "class.Score"), Pipelines.Column<float>(scored, "number.Score"));
        var shares = Pipelines.Column<float[]>(scored, "share.Score");
        for (var row = 0; row < shares.Length; row++)
            Assert.That(shares[row], Is.EqualTo(classes[row].Select(p => p * numbers[row])).Within(1e-3), $"row {row}");
    }

    [Test]
    public void GetOutputSchema_PromisesWhatTransformDelivers()
    {
        var promised = Ml.MultiTask.Train(Person.Options).GetOutputSchema(SchemaShapes.Of(Person.Data(Ml, 2).Schema));
        Assert.That(Describe(promised), Is.EquivalentTo(Describe(SchemaShapes.Of(view.Schema))));

        static IEnumerable<string> Describe(SchemaShape shape) => shape.Select(c => $"{c.Name} {SchemaShapes.Describe(c)} {string.Join(' ', c.Annotations.Select(a => a.Name).Order())}");
    }

    [Test]
    public void PredictionEngine_NeedsFeaturesOnly()
    {
        using var engine = Ml.Model.CreatePredictionEngine<FeaturesOnly, SurfaceOnly>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var row = Person.Rows(Count)[17];
        Assert.That(engine.Predict(new FeaturesOnly { Features = row.Features }).Surface, Is.EqualTo(Pipelines.Column<float[]>(view, "surface.Score")[17]).Within(1e-5));
    }

    private static MultiTaskTrainer.Options Short(MultiTaskTrainer.Options options) => options with { Training = options.Training with { Epochs = 2 } };

    private sealed class FeaturesOnly
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class SurfaceOnly
    {
        [ColumnName("surface.Score")]
        public float[] Surface { get; set; } = [];
    }
}
