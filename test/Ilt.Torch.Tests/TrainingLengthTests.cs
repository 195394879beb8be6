namespace Ilt.Torch.Tests;

/// <summary>Where the user names no epochs, held-out rows decide how long each task is trained.</summary>
public class TrainingLengthTests
{
    private static readonly TaskDefinition[] Class = [new ClassificationTask("class", 2)];
    private static readonly TrainingOptions Open = new() { BatchSize = 32, HiddenUnits = [64, 64], Dropout = 0 };

    [Test]
    public void Train_LabelsThatCanOnlyBeLearnedByHeart_StopsEarly()
    {
        using var result = Train(Class, Coins(240), Open);
        Assert.That(result.Value.Lengths![0].Epochs, Is.EqualTo(34), "250 steps, which no fit is shorter than");
        Assert.That(result.Value.History, Has.Count.EqualTo(34));
        Assert.That(result.Value.Lengths![0].BestEpoch, Is.LessThan(34));
        Assert.That(result.Value.Lengths![0].Reason, Does.Contain("250 steps").And.Contain("too few steps"), "the floor is no lowest loss");
    }

    [Test]
    public void Train_SignalThatIsLearnedSlowly_TakesTheLongest()
    {
        using var result = Train([new RegressionTask("number")], Numbers(320), Open with { LearningRate = 2e-4 });
        Assert.That(result.Value.Lengths![0].Epochs, Is.GreaterThan(90));
    }

    [Test]
    public void Train_TwoTasks_EachHasItsOwnLengthAndTheRunIsAsLongAsTheLongest()
    {
        var (tasks, data) = Both(320);
        using var result = Train(tasks, data, Open with { LearningRate = 1e-3 });
        var lengths = result.Value.Lengths!;
        Assert.That(lengths[0].Epochs, Is.LessThan(lengths[1].Epochs));
        Assert.That(result.Value.EffectiveOptions.Epochs, Is.EqualTo(lengths[1].Epochs));
        Assert.That(result.Value.History, Has.Count.EqualTo(lengths[1].Epochs));
        Assert.That(lengths.Select(length => length.HeldOutRows), Is.EqualTo(new[] { 320, 320 }), "every row is held out once");
    }

    [Test]
    public void Train_Scores_AreReadUpToTheTasksLengthAndJoinedWithThoseOfTheHalves()
    {
        var (tasks, data) = Both(320);
        var options = Open with { LearningRate = 1e-3 };
        using var result = Train(tasks, data, options);
        using var alone = Train(tasks, data, options with { Epochs = result.Value.EffectiveOptions.Epochs });
        var (joined, seen) = (result.Value.Scores.NoiseScores(0), alone.Value.Scores.NoiseScores(0));
        Assert.That(joined, Is.Not.EqualTo(seen));
        Assert.That(joined, Has.All.Not.NaN);
        Assert.That(result.Value.Scores.LogVariances(0), Is.EqualTo(alone.Value.Scores.LogVariances(0)), "the last fit itself is an ordinary one");
    }

    [Test]
    public void Train_Steps_AreAtMostTwiceThoseOfTheLongestFit()
    {
        var (tasks, data) = Both(320);
        var steps = 0;
        var fits = new SortedSet<int>();
        var options = Open with { LearningRate = 1e-3, OnBatch = batch => { steps++; fits.Add(batch.Fit); } };
        using var result = Train(tasks, data, options);
        var longest = TrainingDefaults.Fill(options, 320, data.Input, tasks).Epochs!.Value;
        Assert.That(steps, Is.LessThanOrEqualTo(2 * longest * 10)); // 320 rows by 32
        Assert.That(fits, Is.EqualTo(new[] { 1, 2, 3 }));
    }

    [Test]
    public void Train_EpochsNamed_ChoosesNothing()
    {
        var steps = 0;
        using var result = Train(Class, Coins(240), Open with { Epochs = 3, OnBatch = _ => steps++ });
        Assert.That(result.Value.Lengths, Is.Null);
        Assert.That(steps, Is.EqualTo(24));
    }

    [Test]
    public void Train_TooFewRowsToHoldOut_TakesTheLongest()
    {
        using var result = Train(Class, Coins(LengthSearch.FewestRows - 2), Open);
        Assert.That(result.Value.Lengths, Is.Null);
        Assert.That(result.Value.History, Has.Count.EqualTo(100));
    }

    [Test]
    public void Train_AHalfWithoutASecondClass_TakesTheLongest()
    {
        var classes = new int[60];
        classes[7] = 1;
        using var result = Train(Class, new TableData(TestTables.Make(60, 5, 8).Features, 8, [new ClassLabels(classes)]), Open);
        Assert.That(result.Value.Lengths, Is.Null);
    }

    [Test]
    public void Train_SameSeed_ChoosesAndScoresTheSame()
    {
        using var first = Train(Class, Coins(240), Open);
        using var second = Train(Class, Coins(240), Open);
        Assert.That(second.Value.Lengths, Is.EqualTo(first.Value.Lengths));
        Assert.That(second.Value.Scores.NoiseScores(0), Is.EqualTo(first.Value.Scores.NoiseScores(0)));
    }

    [Test]
    public void Train_CancelledDuringTheChoice_EndsAtOnce()
    {
        using var source = new CancellationTokenSource();
        var steps = 0;
        var options = Open with { OnBatch = _ => { if (++steps == 3) source.Cancel(); } };
        using var result = new Disposing(MultiTaskTraining.Train(Class, Coins(240), null, options, source.Token));
        Assert.That((result.Value.Completed, steps), Is.EqualTo((false, 3)));
    }

    [Test]
    public void Train_CancelledAfterAHalfsEpochs_LeavesItsNetworkAndScoresOfTheRowsItHasNotSeen()
    {
        using var source = new CancellationTokenSource();
        var options = Open with { OnBatch = batch => { if (batch is { Fit: 1, Epoch: 6 }) source.Cancel(); } };
        using var result = new Disposing(MultiTaskTraining.Train(Class, Coins(240), null, options, source.Token));
        Assert.That(result.Value.Completed, Is.False);
        Assert.That(result.Value.History, Has.Count.EqualTo(5));
        Assert.That(result.Value.Scores.NoiseScores(0).Count(float.IsNaN), Is.EqualTo(120), "the half that it learned from");
        Assert.That(result.Value.Warnings, Has.One.Contains("half of the rows"));
        using var untrained = Train(Class, Coins(240), Open with { Epochs = 1, LearningRate = 1e-9 });
        Assert.That(result.Value.Model.Predict(Coins(240).Features)[0], Is.Not.EqualTo(untrained.Value.Model.Predict(Coins(240).Features)[0]));
    }

    [Test]
    public void Train_WatchedRows_AreThoseOfTheWholeTable()
    {
        using var result = Train(Class, Coins(240), Open with { WatchedRows = [3, 239] });
        Assert.That(result.Value.LogVarianceHistory, Is.Not.Null);
    }

    private static Disposing Train(TaskDefinition[] tasks, TableData data, TrainingOptions options) => new(MultiTaskTraining.Train(tasks, data, null, options));

    // A coin per row: nothing in the features tells it.
    private static TableData Coins(int rows, int seed = 5) => new(TestTables.Make(rows, seed, 8).Features, 8, [Coin(rows, seed)]);

    private static TableData Numbers(int rows)
    {
        var (features, _, numbers) = TestTables.Make(rows, 6, 4);
        return new TableData(features, 4, [new NumberLabels(numbers)]);
    }

    private static (TaskDefinition[] Tasks, TableData Data) Both(int rows, int seed = 6)
    {
        var (features, _, numbers) = TestTables.Make(rows, seed, 4);
        return ([Class[0], new RegressionTask("number")], new TableData(features, 4, [Coin(rows, seed), new NumberLabels(numbers)]));
    }

    private static ClassLabels Coin(int rows, int seed)
    {
        var random = new Random(seed + 100);
        return new ClassLabels([.. Enumerable.Range(0, rows).Select(_ => random.Next(2))]);
    }
}
