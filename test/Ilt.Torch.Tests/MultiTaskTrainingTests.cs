using Ilt.Corruption;
using Ilt.Detection;
using Ilt.Weighting;

namespace Ilt.Torch.Tests;

public class MultiTaskTrainingTests
{
    private static readonly TrainingOptions Quick = new() { Epochs = 6, HiddenUnits = [16], BatchSize = 16, LearningRate = 5e-3 };

    [Test]
    public void Train_CleanTable_PredictsInTheUsersUnits()
    {
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(800, 1), null, new TrainingOptions { Epochs = 40 }));
        var metrics = result.Value.Model.Evaluate(TestTables.Table(400, 2));
        Assert.Multiple(() =>
        {
            Assert.That(metrics[0].Accuracy, Is.GreaterThan(0.9));
            Assert.That(metrics[1].RSquared, Is.GreaterThan(0.9));
            Assert.That(metrics[1].RootMeanSquaredError, Is.LessThan(25), "labels have a standard deviation of about 70");
            Assert.That(result.Value.Warnings, Is.Empty);
        });
    }

    [Test]
    public void Train_CorruptedLabels_RanksThemFirstAndLeavesTheOtherTaskAlone()
    {
        var (features, classes, numbers) = TestTables.Make(1000, 3);
        var wrong = new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = 0.3, Seed = 5 }.CorruptClasses(classes, 3);
        var table = new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, table, null, new TrainingOptions { Epochs = 40 }));
        var scores = result.Value.Scores;
        Assert.Multiple(() =>
        {
            Assert.That(DetectionMetrics.RocAuc(scores.NoiseScores(0), wrong), Is.GreaterThan(0.93));
            Assert.That(DetectionMetrics.RocAuc(scores.LogVariances(0), wrong), Is.GreaterThan(0.9));
            Assert.That(DetectionMetrics.RocAuc(scores.NoiseScores(1), wrong), Is.EqualTo(0.5).Within(0.08), "the other task's score must be blind");
        });
    }

    [Test]
    public void Train_SameSeed_GivesTheSameBits([Values] LossWeightingKind weighting)
    {
        var options = Quick with { Weighting = weighting, Seed = 7 };
        using var first = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(100, 1), null, options));
        using var second = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(100, 1), null, options));
        using var other = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(100, 1), null, options with { Seed = 8 }));
        Assert.Multiple(() =>
        {
            Assert.That(first.Value.Scores.NoiseScores(0), Is.EqualTo(second.Value.Scores.NoiseScores(0)));
            Assert.That(first.Value.Scores.NoiseScores(0), Is.Not.EqualTo(other.Value.Scores.NoiseScores(0)));
        });
    }

    [TestCase(32, 16), TestCase(33, 16), TestCase(34, 16), TestCase(5, 16), TestCase(16, 1)]
    public void Train_AnyRowCount_VisitsEveryRowOncePerEpoch(int rows, int batchSize)
    {
        var batches = new List<BatchProgress>();
        using var result = new Disposing(MultiTaskTraining.Train([new RegressionTask("number")], NumbersOnly(rows), null,
            Quick with { Epochs = 2, BatchSize = batchSize, OnBatch = batches.Add }));
        Assert.Multiple(() =>
        {
            Assert.That(batches.Count(b => b.RowsDone == rows), Is.EqualTo(2));
            Assert.That(result.Value.Scores.NoiseScores(0), Has.None.NaN);
            var firstEpoch = batches.Where(b => b.Epoch == 1).Select(b => b.RowsDone).ToArray();
            if (rows > 1 && batchSize > 1) Assert.That(firstEpoch.Zip(firstEpoch.Prepend(0), (end, start) => end - start), Has.All.GreaterThan(1));
        });
    }

    [Test]
    public void Train_EarlyStopping_RestoresTheBestEpoch()
    {
        var validation = TestTables.Table(60, 9);
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), validation,
            new TrainingOptions { Epochs = 200, HiddenUnits = [64], BatchSize = 8, LearningRate = 1e-2, EarlyStoppingPatience = 5 }));
        var best = result.Value.History[result.Value.BestEpoch - 1];
        var now = result.Value.Model.Evaluate(validation);
        Assert.Multiple(() =>
        {
            Assert.That(result.Value.History, Has.Count.EqualTo(result.Value.BestEpoch + 5).And.Count.LessThan(200));
            Assert.That(now.Select(m => m.Loss), Is.EqualTo(best.Validation!.Select(m => m.Loss)).Within(1e-6));
            Assert.That(result.Value.ValidationMetrics, Is.SameAs(best.Validation));
        });
    }

    [Test]
    public void Train_DropoutAndValidation_MeasuresWithoutDropout()
    {
        var validation = TestTables.Table(60, 9);
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), validation, Quick with { Dropout = 0.5 }));
        Assert.That(result.Value.History[^1].Validation!.Select(m => m.Loss), Is.EqualTo(result.Value.Model.Evaluate(validation).Select(m => m.Loss)).Within(1e-6));
    }

    [Test]
    public void Train_Cancelled_ReturnsWhatWasLearned()
    {
        using var source = new CancellationTokenSource();
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(100, 1), null,
            Quick with { OnEpoch = e => { if (e.Epoch == 2) source.Cancel(); } }, source.Token));
        Assert.Multiple(() =>
        {
            Assert.That(result.Value.Completed, Is.False);
            Assert.That(result.Value.History, Has.Count.EqualTo(2));
            Assert.That(result.Value.Scores.NoiseScores(0), Has.None.NaN);
            Assert.That(result.Value.Warnings, Has.Some.Contains("cancelled after 2 of 6 epochs"));
        });
    }

    [Test]
    public void Train_LabelsThatFollowFromNothing_WarnsThatTheTaskWasHardlyLearned()
    {
        var (features, _, _) = TestTables.Make(600, 1);
        var random = new Random(2);
        var numbers = Enumerable.Range(0, 600).Select(_ => (float)TestTables.Normal(random)).ToArray();
        using var result = new Disposing(MultiTaskTraining.Train([new RegressionTask("noise")], new TableData(features, 4, [new NumberLabels(numbers)]), null,
            Quick with { Epochs = 5, LearningRate = 1e-3, Weighting = LossWeightingKind.Equal }));
        Assert.That(result.Value.Warnings, Has.Some.Contains("'noise' was hardly learned"));
    }

    [Test]
    public void Train_WatchedRows_KeepTheirPathsOfS()
    {
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(100, 1), null, Quick with { WatchedRows = [7, 3] }));
        var path = result.Value.LogVarianceHistory!.Path(3, 1);
        Assert.Multiple(() =>
        {
            Assert.That(path, Has.Length.EqualTo(6));
            Assert.That(path[0], Is.Zero, "the first epoch is the warm-up");
            Assert.That(path[^1], Is.EqualTo(result.Value.Scores.LogVariance(3, 1)).And.Not.Zero);
            Assert.That(result.Value.History[^1].LogVariances![1], Is.EqualTo(result.Value.LogVarianceHistory.Quantiles(5, 1)));
        });
    }

    [Test]
    public void Train_ConstantTarget_IsRefusedByName()
    {
        var table = new TableData([1, 2, 3], 1, [new NumberLabels([5, 5, 5])]);
        Assert.That(() => MultiTaskTraining.Train([new RegressionTask("price")], table, null, Quick), Throws.ArgumentException.With.Message.Contains("'price'").And.Message.Contains("constant"));
    }

    [Test]
    public void Train_OneClassOnly_IsRefusedByName()
    {
        var table = new TableData([1, 2, 3], 1, [new ClassLabels([1, 1, -1])]);
        Assert.That(() => MultiTaskTraining.Train([new ClassificationTask("sex", 2)], table, null, Quick), Throws.ArgumentException.With.Message.Contains("'sex'").And.Message.Contains("only one class"));
    }

    [Test]
    public void Train_RepeatedTaskName_IsRefused() =>
        Assert.That(() => MultiTaskTraining.Train([new RegressionTask("a"), new RegressionTask("a")], TestTables.Table(10, 1), null, Quick), Throws.ArgumentException.With.Message.Contains("'a'"));

    [Test]
    public void Train_BadOption_IsRefusedByName() =>
        Assert.That(() => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(10, 1), null, Quick with { Dropout = 1 }), Throws.ArgumentException.With.Message.Contains("Dropout"));

    [Test]
    public void TableData_NaNFeature_NamesTheRow() =>
        Assert.That(() => new TableData([1, 2, float.NaN, 4], 2, []), Throws.ArgumentException.With.Message.Contains("data row 2"));

    private static TableData NumbersOnly(int rows)
    {
        var (features, _, numbers) = TestTables.Make(rows, 4);
        return new TableData(features, 4, [new NumberLabels(numbers)]);
    }
}
