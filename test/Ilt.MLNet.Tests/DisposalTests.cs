using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>A disposed transformer says so, whatever it is asked.</summary>
public sealed class DisposalTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly IDataView Data = Ml.Data.LoadFromEnumerable(Sample.Rows(40));

    private MultiTaskTransformer transformer = null!;

    [SetUp]
    public void SetUp() => transformer = Ml.MultiTask.Train(Options).Fit(Data);

    [TearDown]
    public void TearDown() => transformer.Dispose();

    [Test]
    public void Dispose_Then_EveryUseIsRefusedByName()
    {
        var view = transformer.Transform(Data);
        var mapper = transformer.GetRowToRowMapper(Data.Schema);
        using var row = Data.GetRowCursor(Data.Schema);
        transformer.Dispose();
        using var stream = new MemoryStream();
        Assert.Multiple(() =>
        {
            AssertRefused(() => transformer.Transform(Data));
            AssertRefused(() => transformer.GetRowToRowMapper(Data.Schema));
            AssertRefused(() => view.GetRowCursor([view.Schema["number.Score"]]));
            AssertRefused(() => mapper.GetRow(row, [mapper.OutputSchema["number.Score"]]));
            AssertRefused(() => Ml.Model.Save(transformer, Data.Schema, stream));
            AssertRefused(() => transformer.ExamineLabelImages(Data, "number"));
        });
    }

    [Test]
    public void Dispose_WhileACursorIsOpen_TheNextPredictionIsRefused()
    {
        var view = transformer.Transform(Data);
        using var cursor = view.GetRowCursor([view.Schema["number.Score"]]);
        var getter = cursor.GetGetter<float>(view.Schema["number.Score"]);
        cursor.MoveNext();
        transformer.Dispose();
        var value = 0f;
        AssertRefused(() => getter(ref value));
    }

    [Test]
    public void Dispose_Then_WhatWasFoundOutCanStillBeRead()
    {
        var scores = Pipelines.Column<float>(transformer.NoiseScores, "NoiseScore");
        transformer.Dispose();
        transformer.Dispose();
        Assert.That(Pipelines.Column<float>(transformer.NoiseScores, "NoiseScore"), Is.EqualTo(scores));
        Assert.That(transformer.History, Has.Count.EqualTo(1));
        Assert.That(transformer.GetOutputSchema(Data.Schema)["number.Score"].Type, Is.EqualTo(NumberDataViewType.Single));
    }

    [Test]
    public void Save_OfADisposedPipeline_IsRefused()
    {
        using var stream = new MemoryStream();
        var chain = new TransformerChain<ITransformer>(transformer);
        chain.Dispose();
        AssertRefused(() => Ml.Model.Save(chain, Data.Schema, stream));
    }

    [Test]
    public void PredictionEngine_Disposed_TakesItsTransformerWithIt()
    {
        using (var engine = Ml.Model.CreatePredictionEngine<Sample, Score>(transformer)) engine.Predict(Sample.Rows(1)[0]);
        AssertRefused(() => transformer.Transform(Data));
    }

    [Test]
    public void PredictionEngine_ThatDoesNotOwnIt_LeavesItAlive()
    {
        var options = new PredictionEngineOptions { OwnsTransformer = false };
        using (var engine = Ml.Model.CreatePredictionEngine<Sample, Score>(transformer, options)) engine.Predict(Sample.Rows(1)[0]);
        Assert.That(Pipelines.Column<float>(transformer.Transform(Data), "number.Score"), Has.Length.EqualTo(40));
    }

    private static MultiTaskTrainer.Options Options => new()
    {
        Tasks = [TaskColumn.Regression("number", "Number")],
        FeatureColumnNames = ["A", "B"],
        Training = new Torch.TrainingOptions { Epochs = 1, HiddenUnits = [4] },
    };

    private static void AssertRefused(Action use) => Assert.That(use, Throws.TypeOf<ObjectDisposedException>()
        .With.Property(nameof(ObjectDisposedException.ObjectName)).EqualTo(nameof(MultiTaskTransformer))
        .And.Message.Contains("PredictionEngineOptions.OwnsTransformer = false"));

    private sealed class Score
    {
        [ColumnName("number.Score")]
        public float Number { get; set; }
    }
}
