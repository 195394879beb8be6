using Ilt.Detectors;
using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet.Tests;

/// <summary>What an audit says of the training rows, and the step that leaves flagged ones out.</summary>
public sealed class AuditTests
{
    private const int RowCount = 600;

    private static readonly MLContext Ml = new(1);
    private static IReadOnlyList<Sample> rows = null!;
    private static bool[] wrong = null!;
    private static TransformerChain<MultiTaskTransformer> model = null!;

    [OneTimeSetUp]
    public static void Train()
    {
        rows = Sample.Rows(RowCount, seed: 3);
        var truth = rows.Select(row => row.Flag).ToArray();
        wrong = [.. Enumerable.Range(0, RowCount).Select(i => i % 10 == 0)];
        for (var i = 0; i < RowCount; i++) rows[i].Flag = truth[i] != wrong[i];
        model = Pipelines.Fit(Ml, rows, Options(new Knowing(truth)));
    }

    [OneTimeTearDown]
    public static void Free() => model.Dispose();

    private static MultiTaskTrainer.Options Options(IDetector detector) => Pipelines.AllTasks with
    {
        Tasks = [Pipelines.FlagTask, Pipelines.NumberTask], Detector = detector,
        Training = Pipelines.AllTasks.Training with { Epochs = 2 },
    };

    [Test]
    public void Audits_TellHowManyAreWrong_OfTheTaskThatModelsHaveSpokenOf()
    {
        var audit = model.LastTransformer.Audits.Single();
        Assert.Multiple(() =>
        {
            Assert.That((audit.Task, audit.Labelled), Is.EqualTo(("flag", RowCount)));
            Assert.That(audit.Share.Estimate, Is.EqualTo(0.1).Within(0.03), audit.Share.CannotTell);
            Assert.That(audit.Flagged, Is.EqualTo(wrong.Count(isWrong => isWrong)).Within(6));
        });
    }

    [Test]
    public void Columns_AndTable_HoldProbabilitiesFlagsAndSuggestions()
    {
        var view = model.Transform(Ml.Data.LoadFromEnumerable(rows));
        var (probabilities, flags) = (Pipelines.Column<float>(view, "flag.ProbabilityWrong"), Pipelines.Column<bool>(view, "flag.IsFlagged"));
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, RowCount).Where(i => wrong[i]).Average(i => probabilities[i]), Is.GreaterThan(0.8));
            Assert.That(Enumerable.Range(0, RowCount).Where(i => !wrong[i]).Average(i => probabilities[i]), Is.LessThan(0.1));
            Assert.That(Enumerable.Range(0, RowCount).Count(i => flags[i] != wrong[i]), Is.LessThan(12));
            Assert.That(Pipelines.Column<float>(view, "number.ProbabilityWrong"), Is.All.NaN);
            Assert.That(Pipelines.Column<bool>(view, "number.IsFlagged"), Is.All.False);
        });
        var flagged = model.LastTransformer.Flagged;
        Assert.That(Pipelines.Column<bool>(flagged, "IsFlagged"), Has.Length.EqualTo(model.LastTransformer.Audits[0].Flagged).And.All.True);
        Assert.That(Pipelines.Column<string>(flagged, "SuggestedLabel").Zip(Pipelines.Column<string>(flagged, "GivenLabel")).Count(pair => pair.First != pair.Second),
            Is.GreaterThan(50));
        Assert.That(Pipelines.Column<float>(flagged, "Confidence"), Is.All.InRange(0.5f, 1f));
    }

    [Test]
    public void LogVariancePaths_AreKeptWhereAskedFor()
    {
        var few = Sample.Rows(60, seed: 4);
        using var kept = Pipelines.Fit(Ml, few, Options(new RowScoreDetector(new NoiseScore())) with { KeepsLogVariancePaths = true });
        var (path, table) = (kept.LastTransformer.GetLogVariancePath(few[7].Id, "number"), kept.LastTransformer.NoiseScores);
        var last = Pipelines.Column<string>(table, "Id").Zip(Pipelines.Column<string>(table, "Task"), Pipelines.Column<float>(table, "LogVariance"))
            .Single(row => row.First == few[7].Id && row.Second == "number").Third;
        Assert.That(path, Has.Length.EqualTo(2));
        Assert.That(path![^1], Is.EqualTo(last));
        Assert.That(kept.LastTransformer.GetLogVariancePath("nobody", "number"), Is.Null);
        Assert.That(model.LastTransformer.GetLogVariancePath(rows[0].Id, "number"), Is.Null, "not asked for");
    }

    [Test]
    public void FilterFlagged_LeavesThemOut_OfTheTrainingRowsAlone()
    {
        var (chain, data) = (model.Append(Ml.MultiTask.FilterFlagged("flag").Fit(model.Transform(Ml.Data.LoadFromEnumerable(rows)))), Ml.Data.LoadFromEnumerable(rows));
        var kept = Pipelines.Column<bool>(chain.Transform(data), "flag.IsFlagged");
        Assert.That(kept, Has.Length.EqualTo(RowCount - model.LastTransformer.Audits[0].Flagged).And.All.False);
        var others = Sample.Rows(20, seed: 8);
        foreach (var row in others) row.Id = "new" + row.Id;
        Assert.That(Pipelines.Column<bool>(chain.Transform(Ml.Data.LoadFromEnumerable(others)), "flag.IsFlagged"), Has.Length.EqualTo(20));
    }

    [Test]
    public void FilterFlagged_BeforeAnotherTrainer_IsOneAppend()
    {
        var view = model.Transform(Ml.Data.LoadFromEnumerable(rows));
        var seen = Ml.MultiTask.FilterFlagged().Append(Ml.Transforms.CopyColumns("Label", "Flag"))
            .Append(Ml.BinaryClassification.Trainers.SdcaLogisticRegression(featureColumnName: "Features", maximumNumberOfIterations: 5)).Fit(view);
        Assert.That(seen.Transform(view).Schema["PredictedLabel"].Type, Is.EqualTo(BooleanDataViewType.Instance));
    }

    [Test]
    public void FilterFlagged_SavedInAPipeline_DoesNothing()
    {
        var data = Ml.Data.LoadFromEnumerable(rows);
        var chain = model.Append(Ml.MultiTask.FilterFlagged().Fit(model.Transform(data)));
        using var stream = new MemoryStream();
        Ml.Model.Save(chain, data.Schema, stream);
        stream.Position = 0;
        var loaded = Ml.MultiTask.LoadModel(stream, out _);
        using var disposing = loaded as IDisposable;
        var again = loaded.Transform(data);
        Assert.That(Pipelines.Column<bool>(again, "flag.IsFlagged"), Is.EqualTo(Pipelines.Column<bool>(model.Transform(data), "flag.IsFlagged")));
        Assert.That(loaded.GetMultiTaskTransformer().Audits.Single(), Is.EqualTo(model.LastTransformer.Audits.Single()));
    }

    [Test]
    public void FilterFlagged_WithoutFlags_SaysWhereItBelongs()
    {
        var data = Ml.Data.LoadFromEnumerable(rows);
        Assert.That(() => Ml.MultiTask.FilterFlagged().Fit(data), Throws.ArgumentException.With.Message.Contains("after a multi-task trainer"));
        Assert.That(() => Ml.MultiTask.FilterFlagged("nothing").Fit(model.Transform(data)), Throws.ArgumentException.With.Message.Contains("flag.IsFlagged, number.IsFlagged"));
        Assert.That(() => Ml.MultiTask.FilterFlagged(""), Throws.ArgumentException);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Fit_CancelledAfterTheScores_KeepsThem_OrThrows(bool keep)
    {
        using var source = new CancellationTokenSource();
        var options = Options(new Knowing([.. rows.Select(row => row.Flag)], source.Cancel)) with { CancellationToken = source.Token, KeepPartialModelOnCancel = keep, ChecksData = true };
        if (!keep)
        {
            Assert.That(() => Pipelines.Fit(Ml, rows, options), Throws.InstanceOf<OperationCanceledException>());
            return;
        }
        using var partial = Pipelines.Fit(Ml, rows, options);
        Assert.Multiple(() =>
        {
            Assert.That(partial.LastTransformer.IsComplete, Is.False);
            Assert.That(partial.LastTransformer.Scoring!.Detector, Is.EqualTo("knowing"));
            Assert.That(partial.LastTransformer.Audits, Is.Empty);
            Assert.That(partial.LastTransformer.Findings, Is.Null);
        });
    }

    /// <summary>Models that have not seen the rows and know the first task nearly.</summary>
    private sealed class Knowing(bool[] truth, Action? done = null) : IDetector
    {
        public string Name => "knowing";

        public string Summary => "knows";

        public bool AppliesTo(TaskDefinition task, InputShape input) => true;

        public DetectorResult Detect(DetectorInput input, CancellationToken cancellation = default)
        {
            var labels = (ClassLabels)input.Train.Labels[0];
            // Never quite sure, and less so of every fourth row.
            var right = truth.Select((_, i) => i % 4 == 1 ? 0.8f : 0.97f).ToArray();
            float[] of = [.. truth.SelectMany((isTrue, i) => isTrue ? new[] { 1 - right[i], right[i] } : [right[i], 1 - right[i]])];
            float[] losses = [.. truth.Select((_, i) => -MathF.Log(of[(2 * i) + labels.Classes[i]]))];
            done?.Invoke();
            return new DetectorResult { Scores = [losses, new float[truth.Length]], OutOfFold = [of, null], OutOfFoldLosses = [losses, null], Fits = 1 };
        }
    }
}
