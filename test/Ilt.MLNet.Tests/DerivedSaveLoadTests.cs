using Ilt.Torch;
using Microsoft.ML;
using TorchSharp;

namespace Ilt.MLNet.Tests;

/// <summary>A model with derived tasks in a file: a body with its arrays, a function by its name.</summary>
public sealed class DerivedSaveLoadTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly TaskDerivation Product = Function("product", 1, values => values[0].mul(values[1]));

    [Test]
    public void LoadModel_WithABody_PredictsAndMeasuresTheSame()
    {
        var options = Person.Options with { ValidationFraction = 0.25, Training = Person.Options.Training with { Epochs = 2 } };
        var data = Person.Data(Ml, 40);
        using var model = Ml.MultiTask.Train(options).Fit(data);
        using var loaded = (MultiTaskTransformer)Load(Save(model, data));
        var (before, after) = (model.Transform(data), loaded.Transform(data));
        Assert.That(after.Schema.Select(c => $"{c.Name} {c.Type}"), Is.EqualTo(before.Schema.Select(c => $"{c.Name} {c.Type}")));
        Assert.That(Pipelines.Column<float[]>(after, "surface.Score"), Is.EqualTo(Pipelines.Column<float[]>(before, "surface.Score")));
        Assert.That(Pipelines.Column<float>(after, "surface.NoiseScore"), Is.EqualTo(Pipelines.Column<float>(before, "surface.NoiseScore")));
        Assert.That(loaded.ValidationMetrics, Is.EqualTo(model.ValidationMetrics));
        Assert.That(loaded.ValidationMetrics[2].SurfaceError, Is.GreaterThan(0));
        Assert.That((loaded.ValidationMetrics[2].JointError, loaded.ValidationMetrics[2].AlignedJointError), Is.EqualTo((model.ValidationMetrics[2].JointError, model.ValidationMetrics[2].AlignedJointError)));
        Assert.That(loaded.Fitted.Schema.Tasks.Select(task => (task.Task.Scale, task.Task.RegressionLoss, string.Join(' ', task.Task.Sources))),
            Is.EqualTo(model.Fitted.Schema.Tasks.Select(task => (task.Task.Scale, task.Task.RegressionLoss, string.Join(' ', task.Task.Sources)))));
    }

    [Test]
    public void LoadModel_ItsTasks_CanBeTrainedOnAgain()
    {
        var data = Person.Data(Ml, 40);
        var options = Person.Options with { Training = Person.Options.Training with { Epochs = 1, Seed = 3 } };
        using var model = Ml.MultiTask.Train(options).Fit(data);
        using var loaded = (MultiTaskTransformer)Load(Save(model, data));
        Assert.That(loaded.Tasks[2].Derivation, Is.TypeOf<BodySurface>());
        using var again = Ml.MultiTask.Train(options with { Tasks = loaded.Tasks }).Fit(data);
        Assert.That(Pipelines.Column<float>(again.NoiseScores, "NoiseScore"), Is.EqualTo(Pipelines.Column<float>(model.NoiseScores, "NoiseScore")));
    }

    [Test]
    public void LoadModel_WithAFunction_AsksForItByName()
    {
        var data = Ml.Data.LoadFromEnumerable(Sample.Rows(40));
        using var model = Ml.MultiTask.Train(new MultiTaskTrainer.Options
        {
            Tasks = [TaskColumn.Regression("a", "Number"), TaskColumn.Regression("b", "B"), TaskColumn.Derived("ab", Product, "a", "b")],
            FeatureColumnNames = ["A"],
            IdColumnName = "Id",
            Training = new TrainingOptions { Epochs = 1 },
        }).Fit(data);
        var saved = Save(model, data);
        using var loaded = (MultiTaskTransformer)Load(saved, Function("other", 1, values => values[0]), Product);
        Assert.That(loaded.Tasks[2].Derivation, Is.SameAs(Product));
        Assert.That(Pipelines.Column<float[]>(loaded.Transform(data), "ab.Score"), Is.EqualTo(Pipelines.Column<float[]>(model.Transform(data), "ab.Score")));

        Assert.That(() => Load(saved), Throws.TypeOf<FormatException>().With.Message.Contains("Task 'ab' of the model is computed by 'product', which a file cannot hold; give the computation of that name when loading"));
        Assert.That(() => Load(saved, Function("product", 2, values => values[0])), Throws.TypeOf<FormatException>()
            .With.Message.Contains("Task 'ab' of the model has 1 numbers per row; the computation 'product' given for loading gives 2"));
        var picky = TaskDerivation.FromFunction("product", _ => throw new ArgumentException("it takes three numbers."), values => values[0]);
        Assert.That(() => Load(saved, picky), Throws.TypeOf<FormatException>().With.Message.Contains("'product' given for loading does not fit the model").And.Message.Contains("it takes three numbers"));
    }

    private static TaskDerivation Function(string name, int dimensions, Func<IReadOnlyList<torch.Tensor>, torch.Tensor> compute) => TaskDerivation.FromFunction(name, _ => dimensions, compute);

    private static byte[] Save(ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        Ml.Model.Save(model, data.Schema, stream);
        return stream.ToArray();
    }

    private static ITransformer Load(byte[] saved, params TaskDerivation[] derivations)
    {
        using var stream = new MemoryStream(saved);
        return new MLContext().MultiTask.LoadModel(stream, out _, derivations: derivations);
    }
}
