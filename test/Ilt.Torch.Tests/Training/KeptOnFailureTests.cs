namespace Ilt.Torch.Tests.Training;

/// <summary>A training that breaks off gives what it had learned by the end of the last epoch, where that is wanted.</summary>
public sealed class KeptOnFailureTests
{
    private const int Rows = 60;
    private static readonly TrainingOptions Options = new() { Epochs = 6, BatchSize = 16, LearningRate = 0.01, HiddenUnits = [8], Seed = 2, KeepPartialOnFailure = true };

    [Test]
    public void Train_FailsInTheThirdEpoch_IsTheTrainingCancelledAfterTheSecond()
    {
        var steps = 0;
        var kept = Train(Options with { OnBatch = _ => { if (++steps == 10) throw new TimeoutException("no row"); } });
        using var source = new CancellationTokenSource();
        var cancelled = Train(Options with { OnEpoch = report => { if (report.Epoch == 2) source.Cancel(); } }, source.Token);
        using var one = kept.Model;
        using var other = cancelled.Model;
        Assert.That(kept.Failure, Is.InstanceOf<TimeoutException>());
        Assert.That((kept.Completed, kept.History.Count, kept.BestEpoch), Is.EqualTo((false, 2, 2)));
        Assert.That(kept.Warnings, Has.Some.StartsWith("Training broke off after 2 of 6 epochs"));
        for (var task = 0; task < 2; task++)
        {
            Assert.That(kept.Scores.NoiseScores(task), Is.EqualTo(cancelled.Scores.NoiseScores(task)));
            Assert.That(kept.Scores.LogVariances(task), Is.EqualTo(cancelled.Scores.LogVariances(task)));
        }
        Assert.That(one.Predict([1, 2, 3, 4]), Is.EqualTo(other.Predict([1, 2, 3, 4])));
    }

    [Test]
    public void Train_FailsInTheFirstEpoch_Throws() =>
        Assert.That(() => Train(Options with { OnBatch = _ => throw new TimeoutException() }), Throws.InstanceOf<TimeoutException>());

    [Test]
    public void Train_NotAskedToKeep_Throws()
    {
        var steps = 0;
        Assert.That(() => Train(Options with { KeepPartialOnFailure = false, OnBatch = _ => { if (++steps == 10) throw new TimeoutException(); } }), Throws.InstanceOf<TimeoutException>());
    }

    [Test]
    public void Train_Diverges_SaysTaskAndEpoch()
    {
        var failure = Assert.Throws<TrainingDivergedException>(() => Train(Options with { LearningRate = 1e12, GradientClipNorm = null }).Model.Dispose())!;
        Assert.That((failure.TaskName, failure.Epoch), Is.EqualTo(("number", 1)).Or.EqualTo(("class", 1)));
    }

    private static TrainingResult Train(TrainingOptions options, CancellationToken cancellation = default) =>
        MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(Rows, 1), null, options, cancellation);
}
