using Ilt.Detectors;
using Ilt.Torch;
using Ilt.Weighting;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>Rows that are ranked by another score or detector.</summary>
public sealed class DetectorTests
{
    private static readonly MLContext Ml = new(1);

    private static MultiTaskTrainer.Options Options(IDetector? detector) => Pipelines.AllTasks with
    {
        Tasks = [Pipelines.FlagTask, Pipelines.NumberTask], Detector = detector,
        Training = Pipelines.AllTasks.Training with { Epochs = 3 },
    };

    [Test]
    public void Fit_NoDetector_IsTheNoiseScoreOfTheOneFit()
    {
        using var plain = Pipelines.Fit(Ml, Sample.Rows(60), Options(null));
        using var named = Pipelines.Fit(Ml, Sample.Rows(60), Options(new RowScoreDetector(new NoiseScore())));

        var report = plain.LastTransformer.Scoring!;
        Assert.That((report.Detector, report.Fits), Is.EqualTo(("noise-score", 0)));
        Assert.That(report.ByTask, Is.EqualTo(new[] { "noise-score", "noise-score" }));
        Assert.That(Scores(named, "flag"), Is.EqualTo(Scores(plain, "flag")));
    }

    [Test]
    public void Fit_RowScore_StandsInColumnsAndTable_AndInTheSavedModel()
    {
        var rows = Sample.Rows(60);
        using var model = Pipelines.Fit(Ml, rows, Options(DetectorCatalog.Find("last-loss")));

        var table = model.LastTransformer.NoiseScores;
        Assert.That(Pipelines.Column<float>(table, "NoiseScore"), Is.EqualTo(Pipelines.Column<float>(table, "Loss")));
        using var stream = new MemoryStream();
        var data = Ml.Data.LoadFromEnumerable(rows);
        Ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = Ml.MultiTask.LoadModel(stream, out _);
        using var disposing = loaded as IDisposable;
        Assert.That(Pipelines.Column<float>(loaded.Transform(data), "flag.NoiseScore"), Is.EqualTo(Scores(model, "flag")));
        Assert.That(loaded.GetMultiTaskTransformer().Scoring, Is.Null);
    }

    [Test]
    public void Fit_OutOfFold_PredictedLabelIsThatOfANetworkThatHadNotSeenTheRow()
    {
        var rows = Sample.Rows(60);
        var told = new List<DetectorProgress>();
        using var model = Pipelines.Fit(Ml, rows, Options(new OutOfFold()) with { DetectorProgress = told.Add });
        using var plain = Pipelines.Fit(Ml, rows, Options(null));

        Assert.That(model.LastTransformer.Scoring!.Fits, Is.EqualTo(5));
        Assert.That(told.Select(step => step.Done), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        var (mine, seen) = (Predicted(model), Predicted(plain));
        Assert.That(mine.Count(label => label.Value != seen[label.Key]), Is.GreaterThan(50), "numbers of other networks");
        var data = Ml.Data.LoadFromEnumerable(rows);
        Assert.That(Pipelines.Column<float>(model.Transform(data), "number.Score"), Is.EqualTo(Pipelines.Column<float>(plain.Transform(data), "number.Score")), "the model is the same");
    }

    [Test]
    public void Fit_TaskOfWhichItSaysNothing_HasTheNoiseScore_AndANote()
    {
        using var plain = Pipelines.Fit(Ml, Sample.Rows(60), Options(null));
        using var model = Pipelines.Fit(Ml, Sample.Rows(60), Options(DetectorCatalog.Find("margin")));

        var report = model.LastTransformer.Scoring!;
        Assert.That(report.ByTask, Is.EqualTo(new[] { "margin", "noise-score" }));
        Assert.That(report.Notes, Is.EqualTo(new[] { "task 'number': margin says nothing of it, its rows are ranked by noise-score" }));
        Assert.That(Scores(model, "number"), Is.EqualTo(Scores(plain, "number")));
        Assert.That(Scores(model, "flag"), Is.Not.EqualTo(Scores(plain, "flag")));
    }

    [Test]
    public void Fit_SaysNothingOfAnyTask_IsRefused()
    {
        var options = Options(DetectorCatalog.Find("aum")) with { Tasks = [Pipelines.NumberTask] };
        Assert.That(() => Pipelines.Fit(Ml, Sample.Rows(60), options), Throws.TypeOf<DetectorMismatchException>()
            .With.Message.StartsWith("aum says nothing of task 'number': ").And.Message.Contains("Expected one of noise-score, log-variance, last-loss, mean-loss, temperature, out-of-fold, out-of-fold-residual"));
    }

    [Test]
    public void Options_LogVarianceUnderEqualWeights_IsRefused()
    {
        var options = Options(DetectorCatalog.Find("log-variance"));
        options = options with { Training = options.Training with { Weighting = LossWeightingKind.Equal } };
        Assert.That(() => new MultiTaskTrainer(Ml, options), Throws.ArgumentException.With.Message.StartsWith("Detector: log-variance is there under the weighting ilt only, found equal."));
    }

    [TestCase(false), TestCase(true)]
    public void Fit_CancelledBetweenTheDetectorsFits_ThrowsOrKeepsTheModel(bool keep)
    {
        using var source = new CancellationTokenSource();
        var options = Options(new OutOfFold()) with { CancellationToken = source.Token, KeepPartialModelOnCancel = keep, DetectorProgress = _ => source.Cancel() };
        if (!keep)
        {
            Assert.That(() => Pipelines.Fit(Ml, Sample.Rows(60), options), Throws.InstanceOf<OperationCanceledException>());
            return;
        }
        using var plain = Pipelines.Fit(Ml, Sample.Rows(60), Options(null));
        using var model = Pipelines.Fit(Ml, Sample.Rows(60), options);
        Assert.That(model.LastTransformer.IsComplete, Is.False);
        Assert.That(model.LastTransformer.Scoring!.Notes, Is.EqualTo(new[] { "it was cancelled before out-of-fold had its fits: rows are ranked by noise-score" }));
        Assert.That(Scores(model, "number"), Is.EqualTo(Scores(plain, "number")));
    }

    [Test]
    public void Fit_TrainingCancelled_DetectorDoesNotBegin()
    {
        using var source = new CancellationTokenSource();
        var options = Options(new OutOfFold()) with { CancellationToken = source.Token, KeepPartialModelOnCancel = true, Progress = _ => source.Cancel() };
        using var model = Pipelines.Fit(Ml, Sample.Rows(60), options);
        Assert.That((model.LastTransformer.IsComplete, model.LastTransformer.Scoring!.Fits), Is.EqualTo((false, 0)));
        Assert.That(model.LastTransformer.Scoring!.Notes[0], Does.StartWith("the training was cancelled before out-of-fold had its fits"));
    }

    private static float[] Scores(TransformerChain<MultiTaskTransformer> model, string task) =>
        Pipelines.Column<float>(model.Transform(Ml.Data.LoadFromEnumerable(Sample.Rows(60))), task + ".NoiseScore");

    private static Dictionary<string, string> Predicted(TransformerChain<MultiTaskTransformer> model)
    {
        var table = model.LastTransformer.NoiseScores;
        return Pipelines.Column<string>(table, "Id").Zip(Pipelines.Column<string>(table, "Task"), Pipelines.Column<string>(table, "PredictedLabel"))
            .Where(row => row.Second == "number").ToDictionary(row => row.First, row => row.Third);
    }
}
