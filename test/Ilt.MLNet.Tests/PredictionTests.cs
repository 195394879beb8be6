using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Predictions in ML.NET's conventional columns, measured by ML.NET's own evaluators.</summary>
public sealed class PredictionTests
{
    private static MLContext Ml => SharedModel.Context;

    [Test]
    public void Evaluate_KeyLabel_IsLearned()
    {
        var metrics = Ml.MulticlassClassification.Evaluate(SharedModel.OnUnseen, "Class", "class.Score", "class.PredictedLabel");
        Assert.That(metrics.MicroAccuracy, Is.GreaterThan(0.9));
        Assert.That(metrics.ConfusionMatrix.NumberOfClasses, Is.EqualTo(3));
    }

    [Test]
    public void Evaluate_BooleanLabel_IsLearned()
    {
        var metrics = Ml.BinaryClassification.Evaluate(SharedModel.OnUnseen, "Flag", "flag.Score", "flag.Probability", "flag.PredictedLabel");
        Assert.That(metrics.Accuracy, Is.GreaterThan(0.9));
        Assert.That(metrics.AreaUnderRocCurve, Is.GreaterThan(0.97));
    }

    [Test]
    public void Evaluate_NumberLabel_IsLearnedInItsOwnUnits()
    {
        var metrics = Ml.Regression.Evaluate(SharedModel.OnUnseen, "Number", "number.Score");
        Assert.That(metrics.RSquared, Is.GreaterThan(0.9));
    }

    [Test]
    public void Score_VectorLabel_IsInTheUnitsOfEachComponent()
    {
        var scores = Pipelines.Column<float[]>(SharedModel.OnUnseen, "vector.Score");
        for (var slot = 0; slot < 2; slot++)
        {
            var error = SharedModel.Unseen.Select((row, i) => Math.Abs(row.Vector[slot] - scores[i][slot])).Average();
            var spread = SharedModel.Unseen.Select(row => Math.Abs(row.Vector[slot])).Average();
            Assert.That(error, Is.LessThan(0.25 * spread), $"slot {slot}");
        }
    }

    [Test]
    public void PredictedLabel_MappedToValue_IsTheMostProbableClass()
    {
        var view = Ml.Transforms.Conversion.MapKeyToValue("Name", "class.PredictedLabel").Fit(SharedModel.OnUnseen).Transform(SharedModel.OnUnseen);
        VBuffer<ReadOnlyMemory<char>> slots = default;
        view.Schema["class.Score"].GetSlotNames(ref slots);
        var slotNames = slots.DenseValues().Select(n => n.ToString()).ToArray();
        Assert.That(slotNames, Is.EquivalentTo((string[])["low", "middle", "high"]));
        var names = Pipelines.Column<string>(view, "Name");
        var scores = Pipelines.Column<float[]>(view, "class.Score");
        for (var i = 0; i < names.Length; i++)
        {
            Assert.That(names[i], Is.EqualTo(slotNames[Array.IndexOf(scores[i], scores[i].Max())]));
            Assert.That(scores[i].Sum(), Is.EqualTo(1).Within(1e-5));
        }
    }

    [Test]
    public void Score_BooleanLabel_IsTheLogitOfTheProbability()
    {
        var scores = Pipelines.Column<float>(SharedModel.OnUnseen, "flag.Score");
        var probabilities = Pipelines.Column<float>(SharedModel.OnUnseen, "flag.Probability");
        var labels = Pipelines.Column<bool>(SharedModel.OnUnseen, "flag.PredictedLabel");
        for (var i = 0; i < scores.Length; i++)
        {
            Assert.That(1 / (1 + Math.Exp(-scores[i])), Is.EqualTo(probabilities[i]).Within(1e-4));
            Assert.That(labels[i], Is.EqualTo(scores[i] > 0));
        }
    }

    [Test]
    public void Annotations_OfEachScorer_AreMlNetsOwn()
    {
        var schema = SharedModel.OnUnseen.Schema;
        foreach (var (column, kind, value) in ((string, string, string)[])
            [
                ("class.Score", "MulticlassClassification", "Score"), ("class.PredictedLabel", "MulticlassClassification", "PredictedLabel"),
                ("flag.Score", "BinaryClassification", "Score"), ("flag.Probability", "BinaryClassification", "Probability"),
                ("flag.PredictedLabel", "BinaryClassification", "PredictedLabel"), ("number.Score", "Regression", "Score"),
                ("vector.Score", "MultiOutputRegression", "Score"),
            ])
        {
            Assert.That(Text(schema[column], "ScoreColumnKind"), Is.EqualTo(kind), column);
            Assert.That(Text(schema[column], "ScoreValueKind"), Is.EqualTo(value), column);
        }
        Assert.That(SetId(schema["class.Score"]), Is.EqualTo(SetId(schema["class.PredictedLabel"])));
        Assert.That(new[] { "class.Score", "flag.Score", "number.Score", "vector.Score" }.Select(c => SetId(schema[c])), Is.Unique);
        VBuffer<ReadOnlyMemory<char>> values = default;
        schema["class.Score"].Annotations.GetValue("TrainingLabelValues", ref values);
        Assert.That(values.Length, Is.EqualTo(3));
        Assert.That(schema["class.PredictedLabel"].HasKeyValues(), Is.True);
        var normalized = false;
        schema["flag.Probability"].Annotations.GetValue("IsNormalized", ref normalized);
        Assert.That(normalized, Is.True);
    }

    [Test]
    public void PredictionEngine_OneRow_AgreesWithTransform()
    {
        using var engine = Ml.Model.CreatePredictionEngine<Sample, Prediction>(SharedModel.Model, new PredictionEngineOptions { OwnsTransformer = false });
        var scores = Pipelines.Column<float>(SharedModel.OnUnseen, "number.Score");
        var classes = Pipelines.Column<float[]>(SharedModel.OnUnseen, "class.Score");
        for (var i = 0; i < 5; i++)
        {
            var prediction = engine.Predict(SharedModel.Unseen[i]);
            Assert.That(prediction.Number, Is.EqualTo(scores[i]).Within(1e-4));
            Assert.That(prediction.Class, Is.EqualTo(classes[i]).Within(1e-5f));
            Assert.That(prediction.Noise, Is.NaN, "an unseen id has no noise score");
        }
        Assert.That(engine.Predict(SharedModel.Rows[0]).Noise, Is.Not.NaN);
    }

    [Test]
    public void PredictedLabel_FeatureIsNaN_IsMissing()
    {
        var rows = Sample.Rows(3, seed: 3);
        rows[1].A = float.NaN;
        var view = SharedModel.Model.Transform(Ml.Data.LoadFromEnumerable(rows));
        Assert.That(Pipelines.Column<uint>(view, "class.PredictedLabel").Select(key => key == 0), Is.EqualTo((bool[])[false, true, false]));
        Assert.That(Pipelines.Column<float>(view, "number.Score").Select(float.IsNaN), Is.EqualTo((bool[])[false, true, false]));
    }

    [Test]
    public void Transform_FeatureOfOtherSize_IsRefusedByName()
    {
        var transformer = SharedModel.Model.LastTransformer;
        var view = Ml.Transforms.Concatenate("Features", "A", "B").Fit(Load()).Transform(Load());
        Assert.That(() => transformer.Transform(view), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("Schema mismatch for feature column 'Features': expected Vector<Single, 5>, got Vector<Single, 2>"));
        Assert.That(() => transformer.Transform(Load()), Throws.InstanceOf<ArgumentOutOfRangeException>()
            .With.Message.Contains("Could not find feature column 'Features'"));

        static IDataView Load() => Ml.Data.LoadFromEnumerable(Sample.Rows(3));
    }

    private static string Text(DataViewSchema.Column column, string annotation)
    {
        ReadOnlyMemory<char> value = default;
        column.Annotations.GetValue(annotation, ref value);
        return value.ToString();
    }

    private static uint SetId(DataViewSchema.Column column)
    {
        uint id = 0;
        column.Annotations.GetValue("ScoreColumnSetId", ref id);
        return id;
    }

    private sealed class Prediction
    {
        [ColumnName("number.Score")]
        public float Number { get; set; }

        [ColumnName("class.Score")]
        public float[] Class { get; set; } = [];

        [ColumnName("number.NoiseScore")]
        public float Noise { get; set; }
    }
}
