using System.Globalization;
using Ilt.Corruption;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Counts: whole numbers from 0 in a number column.</summary>
public sealed class CountTaskTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly TaskColumn Visits = TaskColumn.Count("visits", "Number");

    private static MultiTaskTrainer.Options Options => new()
    {
        Tasks = [Visits],
        FeatureColumnNames = ["A", "B"],
        IdColumnName = "Id",
        Training = new TrainingOptions { Epochs = 20, BatchSize = 16, LearningRate = 0.01, HiddenUnits = [32], Seed = 1 },
    };

    [Test]
    public void Pipeline_CorruptTrainDetect_FindsWrongCounts()
    {
        var data = Ml.Data.LoadFromEnumerable(Rows(400));
        using var model = Ml.MultiTask
            .CorruptLabels(new LabelCorruptionEstimator.Options
            {
                LabelColumnName = "Number", TruthColumnName = "Wrong",
                Corruption = new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 0.2, Counts = true },
            })
            .Append(Ml.MultiTask.Train(Options)).Fit(data);
        var view = model.Transform(data);
        Assert.That(Pipelines.Column<float>(view, "Number"), Has.All.Matches<float>(count => count >= 0 && float.IsInteger(count)));
        Assert.That(Ml.MultiTask.EvaluateDetection(view, "visits.NoiseScore", "Wrong").RocAuc, Is.GreaterThan(0.8));
        Assert.That(Pipelines.Column<float>(view, "visits.Score"), Has.All.GreaterThan(0));
        Assert.That(Ml.Regression.Evaluate(model.Transform(Ml.Data.LoadFromEnumerable(Rows(200, seed: 2))), "Number", "visits.Score").RSquared, Is.GreaterThan(0.5));

        var scores = model.LastTransformer.NoiseScores;
        Assert.That(Pipelines.Column<string>(scores, "GivenLabel"), Has.All.Match("^[0-9]+$"));
        var predicted = Pipelines.Column<float>(view, "visits.Score").Zip(Pipelines.Column<string>(view, "Id")).ToDictionary(pair => pair.Second, pair => pair.First);
        foreach (var (id, text) in Pipelines.Column<string>(scores, "Id").Zip(Pipelines.Column<string>(scores, "PredictedLabel")))
            Assert.That(float.Parse(text, CultureInfo.InvariantCulture), Is.EqualTo(predicted[id]).Within(1e-3).Percent);
    }

    [Test]
    public void CrossValidate_Regression_TakesCounts()
    {
        var results = Ml.Regression.CrossValidate(Ml.Data.LoadFromEnumerable(Rows(300)), ToTransformer(Ml.MultiTask.Train(Options)), numberOfFolds: 2, labelColumnName: "Number");
        Assert.That(results.Select(result => result.Metrics.RSquared), Has.Exactly(2).GreaterThan(0.4));
    }

    [Test]
    public void SaveAndLoad_Pipeline_KeepsPredictionsAndScores()
    {
        var rows = Rows(60);
        rows[4].Number = float.NaN;
        var data = Ml.Data.LoadFromEnumerable(rows);
        using var model = Ml.MultiTask.Train(Options with { Training = Options.Training with { Epochs = 2 } }).Fit(data);
        using var stream = new MemoryStream();
        Ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().MultiTask.LoadModel(stream, out _);
        Assert.That(Pipelines.Column<float>(loaded.Transform(data), "visits.Score"), Is.EqualTo(Pipelines.Column<float>(model.Transform(data), "visits.Score")));
        var (before, after) = (model.NoiseScores, loaded.GetMultiTaskTransformer().NoiseScores);
        Assert.That(Pipelines.Column<string>(before, "Id"), Has.Length.EqualTo(59).And.None.EqualTo("r5"), "no label, no score");
        foreach (var name in (string[])["Id", "GivenLabel", "PredictedLabel"])
            Assert.That(Pipelines.Column<string>(after, name), Is.EqualTo(Pipelines.Column<string>(before, name)), name);
    }

    [TestCase(-2f, "is -2, and counts are whole numbers from 0")]
    [TestCase(1.5f, "is 1.5, and counts are whole numbers from 0")]
    [TestCase(float.PositiveInfinity, "is infinite; leave it empty")]
    public void Fit_NoCount_NamesRowColumnAndCure(float label, string expected)
    {
        var rows = Rows(20);
        rows[2].Number = label;
        var error = Assert.Throws<InvalidOperationException>(() => Ml.MultiTask.Train(Options).Fit(Ml.Data.LoadFromEnumerable(rows)))!;
        Assert.That(error.Message, Does.Contain($"Training row 3 (id 'r3'): label column 'Number' {expected}"));
        if (float.IsFinite(label)) Assert.That(error.Message, Does.Contain("make the task a TaskColumn.Regression"));
    }

    [Test]
    public void Fit_HugeAndMissingCounts_AreTold()
    {
        var rows = Rows(40);
        rows[3].Number = 1e12f;
        using var model = Ml.MultiTask.Train(Options with { Training = Options.Training with { Epochs = 2 } }).Fit(Ml.Data.LoadFromEnumerable(rows));
        Assert.That(Pipelines.Column<string>(model.NoiseScores, "GivenLabel"), Has.One.EqualTo("999999995904"), "with all digits, as single precision has it");
        Assert.That(Pipelines.Column<float>(model.NoiseScores, "NoiseScore"), Has.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void Train_OptionsAndColumnsOfOtherKinds_AreRefused()
    {
        Assert.That(() => Ml.MultiTask.Train(Options with { Tasks = [Visits with { Scale = TargetScale.Common }] }), Throws.ArgumentException.With.Message.Contains("are for Regression, found Count"));
        Assert.That(() => Ml.MultiTask.Train(Options with { Tasks = [TaskColumn.Count("Flag")] }).Fit(Ml.Data.LoadFromEnumerable(Rows(20))), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("Schema mismatch for label column 'Flag': expected a number, got Boolean. Convert it"));
        Assert.That(() => Ml.MultiTask.Train(Options with { Tasks = [new TaskColumn("t", "Number", (TaskKind)99)] }), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("the kind must be Classification, Regression, PixelClassification, PixelRegression, Derived or Count"));
        var constant = Rows(20);
        constant.ForEach(row => row.Number = 3);
        Assert.That(() => Ml.MultiTask.Train(Options).Fit(Ml.Data.LoadFromEnumerable(constant)), Throws.InvalidOperationException.With.Message.Contains("has the constant target 3"));
    }

    [Test]
    public void Fit_DoubleColumnAndDerivedTask_ComputeWithTheExpectedCount()
    {
        var twice = TaskDerivation.FromFunction("same", _ => 1, values => values[0]);
        var pipeline = Ml.Transforms.Conversion.ConvertType("Whole", "Number", DataKind.Double)
            .Append(Ml.MultiTask.Train(Options with { Tasks = [TaskColumn.Count("visits", "Whole"), TaskColumn.Derived("same", twice, "visits")] }));
        var data = Ml.Data.LoadFromEnumerable(Rows(60));
        using var model = pipeline.Fit(data);
        var view = model.Transform(data);
        Assert.That(Pipelines.Column<float[]>(view, "same.Score").Select(score => score[0]), Is.EqualTo(Pipelines.Column<float>(view, "visits.Score")).Within(1e-3).Percent);
    }

    // The number becomes a count that follows from A and B: 0 to about 50.
    private static List<Sample> Rows(int count, int seed = 1)
    {
        var rows = Sample.Rows(count, seed);
        foreach (var row in rows) row.Number = MathF.Round(MathF.Exp(1.5f + (1.5f * row.A) - row.B));
        return rows;
    }

    private static IEstimator<ITransformer> ToTransformer(MultiTaskTrainer trainer) => trainer;
}
