using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>The columns without a task's name, and what of ML.NET works through them.</summary>
public sealed class DefaultTaskTests
{
    private static readonly MLContext Ml = new(1);

    private static TrainingOptions Quick => Pipelines.AllTasks.Training;

    private static MultiTaskTrainer.Options Only(TaskColumn task, string? id = null) => new() { Tasks = [task], IdColumnName = id, Training = Quick };

    [Test]
    public void CrossValidate_MulticlassClassification_NeedsNoColumnNames()
    {
        var results = Ml.MulticlassClassification.CrossValidate(Data, Pipeline(Only(Pipelines.ClassTask)), numberOfFolds: 3, labelColumnName: "Class");
        Assert.That(results.Select(result => result.Metrics.MicroAccuracy), Has.Exactly(3).GreaterThan(0.8));
        Assert.That(results[0].Metrics.ConfusionMatrix.NumberOfClasses, Is.EqualTo(3));
    }

    [Test]
    public void CrossValidate_Regression_NeedsNoColumnNames()
    {
        var results = Ml.Regression.CrossValidate(Data, Pipeline(Only(Pipelines.NumberTask)), numberOfFolds: 3, labelColumnName: "Number");
        Assert.That(results.Select(result => result.Metrics.RSquared), Has.Exactly(3).GreaterThan(0.8));
    }

    [Test]
    public void CrossValidate_BinaryClassification_NeedsNoColumnNames()
    {
        var calibrated = Ml.BinaryClassification.CrossValidate(Data, Pipeline(Only(Pipelines.FlagTask)), numberOfFolds: 3, labelColumnName: "Flag");
        Assert.That(calibrated.Select(result => result.Metrics.Accuracy), Has.Exactly(3).GreaterThan(0.8));
        Assert.That(calibrated.Select(result => result.Metrics.LogLoss), Has.Exactly(3).LessThan(0.7));
        var plain = Ml.BinaryClassification.CrossValidateNonCalibrated(Data, Pipeline(Only(Pipelines.FlagTask)), numberOfFolds: 2, labelColumnName: "Flag");
        Assert.That(plain.Select(result => result.Metrics.AreaUnderRocCurve), Has.Exactly(2).GreaterThan(0.9));
    }

    [Test]
    public void CrossValidate_SeveralTasks_MeasuresTheDefaultOne()
    {
        var options = Pipelines.AllTasks with { IdColumnName = null, DefaultTask = "number" };
        var results = Ml.Regression.CrossValidate(Data, Pipeline(options), numberOfFolds: 2, labelColumnName: "Number");
        Assert.That(results.Select(result => result.Metrics.RSquared), Has.Exactly(2).GreaterThan(0.8));
    }

    [Test]
    public void Transform_DefaultTask_GivesTheSameValuesAndAnnotationsUnderBothNames()
    {
        foreach (var (task, columns) in ((string, string[])[])
            [("class", ["PredictedLabel", "Score"]), ("flag", ["PredictedLabel", "Score", "Probability"]), ("number", ["Score"]), ("vector", ["Score"])])
        {
            using var model = Pipelines.Fit(Ml, Sample.Rows(60), Pipelines.AllTasks with { DefaultTask = task, Training = Quick with { Epochs = 1 } });
            var view = model.Transform(Data);
            Assert.That(view.Schema.Where(c => c.Name is "PredictedLabel" or "Score" or "Probability").Select(c => c.Name), Is.EqualTo(columns), task);
            foreach (var column in columns)
            {
                var (plain, named) = (view.Schema[column], view.Schema[$"{task}.{column}"]);
                Assert.That(plain.Type, Is.EqualTo(named.Type), column);
                Assert.That(plain.Annotations.Schema.Select(a => a.Name), Is.EqualTo(named.Annotations.Schema.Select(a => a.Name)), column);
                Assert.That(Values(view, plain), Is.EqualTo(Values(view, named)), column);
                Assert.That(SetId(plain), Is.Not.EqualTo(SetId(named)), "a scorer of its own");
                Assert.That(SetId(plain), Is.EqualTo(SetId(view.Schema["Score"])), "one scorer");
            }
        }
    }

    [Test]
    public void Transform_SeveralTasksAndNoDefault_HasNamedColumnsOnly()
        => Assert.That(SharedModel.OnUnseen.Schema.Select(c => c.Name), Has.None.EqualTo("Score").And.None.EqualTo("PredictedLabel"));

    [Test]
    public void Transform_OneTaskAndAnEmptyDefault_HasNamedColumnsOnly()
    {
        using var model = Pipelines.Fit(Ml, Sample.Rows(60), Only(Pipelines.NumberTask) with { DefaultTask = "", Training = Quick with { Epochs = 1 } });
        Assert.That(model.Transform(Data).Schema.Select(c => c.Name), Has.None.EqualTo("Score").And.Some.EqualTo("number.Score"));
    }

    [Test]
    public void Transform_LabelOfADefaultName_IsNotHidden()
    {
        var renamed = Ml.Transforms.CopyColumns("Score", "Number").Append(Pipelines.Preparation(Ml));
        using var model = renamed.Append(Ml.MultiTask.Train(Only(TaskColumn.Regression("points", "Score")) with { Training = Quick with { Epochs = 1 } })).Fit(Data);
        Assert.That(Pipelines.Column<float>(model.Transform(Data), "Score"), Is.EqualTo(Sample.Rows(300).Select(row => row.Number)));
    }

    [Test]
    public void GetOutputSchema_PromisesTheDefaultColumns()
    {
        var prepared = Pipelines.Preparation(Ml).Fit(Data).Transform(Data);
        var trainer = Ml.MultiTask.Train(Only(Pipelines.FlagTask) with { Training = Quick with { Epochs = 1 } });
        var promised = trainer.GetOutputSchema(SchemaShapes.Of(prepared.Schema));
        using var model = trainer.Fit(prepared);
        Assert.That(promised.Select(c => $"{c.Name} {SchemaShapes.Describe(c)}"),
            Is.EquivalentTo(SchemaShapes.Of(model.Transform(prepared).Schema).Select(c => $"{c.Name} {SchemaShapes.Describe(c)}")));
        Assert.That(promised.Select(c => c.Name), Does.Contain("Probability"));
    }

    [Test]
    public void LoadModel_KeepsTheDefaultTask()
    {
        using var model = Pipelines.Fit(Ml, Sample.Rows(60), Pipelines.AllTasks with { DefaultTask = "number", Training = Quick with { Epochs = 1 } });
        using var stream = new MemoryStream();
        Ml.Model.Save(model, Data.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().MultiTask.LoadModel(stream, out _);
        Assert.That(Pipelines.Column<float>(loaded.Transform(Data), "Score"), Is.EqualTo(Pipelines.Column<float>(model.Transform(Data), "number.Score")));
    }

    [Test]
    public void Options_DefaultTaskThatCannotBe_IsRefused()
    {
        Assert.That(() => Ml.MultiTask.Train(Pipelines.AllTasks with { DefaultTask = "Number" }), Throws.ArgumentException
            .With.Message.Contains("DefaultTask is 'Number', which is no task; there are 'class', 'flag', 'number', 'vector'"));
        Assert.That(() => Ml.MultiTask.Train(Only(TaskColumn.Regression("points", "Score")) with { DefaultTask = "points" }), Throws.ArgumentException
            .With.Message.Contains("DefaultTask adds a column 'Score', and the trainer reads one of that name"));
    }

    [Test]
    public void PredictionEngine_OneTask_FillsTheClassesOfOrdinarySamples()
    {
        using var model = Pipelines.Fit(Ml, Sample.Rows(60), Only(Pipelines.FlagTask) with { Training = Quick with { Epochs = 1 } });
        using var engine = Ml.Model.CreatePredictionEngine<Sample, Decision>(model, new PredictionEngineOptions { OwnsTransformer = false });
        var decision = engine.Predict(Sample.Rows(1)[0]);
        Assert.That(decision.PredictedLabel, Is.EqualTo(decision.Probability > 0.5f));
        Assert.That(1 / (1 + Math.Exp(-decision.Score)), Is.EqualTo(decision.Probability).Within(1e-4));
    }

    [Test]
    public void PermutationFeatureImportance_OfTheTransformer_RanksTheFeatures()
    {
        using var model = Pipelines.Fit(Ml, Sample.Rows(300), Only(Pipelines.ClassTask));
        var prepared = Pipelines.Preparation(Ml).Fit(Data).Transform(Data);
        var importance = Ml.MulticlassClassification.PermutationFeatureImportance(model.LastTransformer, prepared, "Class", permutationCount: 2);
        // The features are A, B and three colours; the class follows from A.
        Assert.That(importance.Select(metrics => -metrics.MicroAccuracy.Mean).Select((fall, i) => (fall, i)).Max().i, Is.Zero);
        Assert.That(importance, Has.Length.EqualTo(5));
        using var numbers = Pipelines.Fit(Ml, Sample.Rows(300), Only(Pipelines.NumberTask));
        var falls = Ml.Regression.PermutationFeatureImportance(numbers.LastTransformer, prepared, "Number").Select(metrics => -metrics.RSquared.Mean).ToArray();
        Assert.That(falls[0], Is.GreaterThan(falls[1]).And.GreaterThan(0.3), "3 A + 2 B + the colour");
        Assert.That(falls[1], Is.GreaterThan(0.1));
    }

    [Test]
    public void PermutationFeatureImportance_OfSeveralColumns_SaysConcatenate()
    {
        var options = Only(Pipelines.NumberTask) with { FeatureColumnNames = ["A", "B"], Training = Quick with { Epochs = 1 } };
        using var model = Ml.MultiTask.Train(options).Fit(Data);
        Assert.That(() => Ml.Regression.PermutationFeatureImportance(model, model.Transform(Data), "Number"), Throws.InvalidOperationException
            .With.Message.Contains("Join them before the trainer with mlContext.Transforms.Concatenate"));
    }

    private static IDataView Data => Ml.Data.LoadFromEnumerable(Sample.Rows(300));

    private static IEstimator<ITransformer> Pipeline(MultiTaskTrainer.Options options) => Pipelines.Preparation(Ml).Append(ToTransformer(Ml.MultiTask.Train(options)));

    private static IEstimator<ITransformer> ToTransformer(MultiTaskTrainer trainer) => trainer;

    private static object[] Values(IDataView view, DataViewSchema.Column column) => column.Type switch
    {
        VectorDataViewType => [.. view.GetColumn<float[]>(column)],
        KeyDataViewType => [.. view.GetColumn<uint>(column).Cast<object>()],
        BooleanDataViewType => [.. view.GetColumn<bool>(column).Cast<object>()],
        _ => [.. view.GetColumn<float>(column).Cast<object>()],
    };

    private static uint SetId(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private sealed class Decision
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
