using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors.Tests;

public class CoTeachingTests
{
    [Test]
    public void Detect_NothingForgotten_IsTwoPlainTrainings()
    {
        var table = NoisyTable.Make(60, 2);
        var found = new CoTeaching { ForgetRate = 0 }.Detect(table.Input());

        var filled = TrainingDefaults.Fill(NoisyTable.Quick with { Weighting = LossWeightingKind.Equal }, 60, table.Data.Input, table.Tasks);
        var losses = Enumerable.Range(0, 2).Select(side =>
        {
            var result = MultiTaskTraining.Fit(new(table.Tasks, table.Data, null, filled) { NetworkSeed = RunSeeds.Derive(5, "peer", side) }, default);
            using var model = result.Model;
            return model.Losses(table.Data);
        }).ToArray();
        for (var k = 0; k < 2; k++)
            for (var row = 0; row < 60; row++) Assert.That(found.Scores[k]![row], Is.EqualTo((losses[0][k][row] + losses[1][k][row]) / 2));
        Assert.That(losses[0][0], Is.Not.EqualTo(losses[1][0]), "two networks");
        Assert.That(found.Fits, Is.EqualTo(2));
    }

    [Test]
    public void Weigh_EachSide_LearnsFromTheRowsOfSmallLossUnderTheOther()
    {
        float[][] losses = [[1, 4, 2, float.NaN, 3, 9, 7, 5], [8, 1, 3, 2, 1, float.NaN, 2, 6]]; // [4 rows x 2 tasks] each
        var weights = new float[2][];
        using var exchange = new LossExchange(default);
        Task.WaitAll([.. Enumerable.Range(0, 2).Select(side => Task.Run(() =>
        {
            var selection = new PeerSelection(exchange, side, forgetRate: 0.5, rampEpochs: 1);
            selection.BeginEpoch(0);
            weights[side] = new float[8];
            selection.Weigh(new LossBatch([0, 1, 2, 3], 2, losses[side]), weights[side]);
        }))]);

        // Side 0 by the losses of side 1: task 0 has 8 3 1 2, its two smallest are rows 2 and 3; task 1 has 1 2 - 6: 2 of 3, rows 0 and 1.
        Assert.That(weights[0], Is.EqualTo(new[] { 0, .5f, 0, .5f, .5f, 0, .5f, 0 }));
        // Side 1 by those of side 0: task 0 has 1 2 3 7: rows 0 and 1; task 1 has 4 - 9 5: rows 0 and 3.
        Assert.That(weights[1], Is.EqualTo(new[] { .5f, .5f, .5f, 0, 0, 0, 0, .5f }));
    }

    [TestCase(0, 0.96), TestCase(4, 0.8), TestCase(9, 0.6), TestCase(50, 0.6)]
    public void KeptShare_FollowsThePaper(int epoch, double expected) => Assert.That(PeerSelection.KeptShare(epoch, 0.4, 10), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void Detect_OneSideFails_EndsWithItsError()
    {
        var table = NoisyTable.Make(60, 2);
        Assert.That(() => new CoTeaching().Detect(table.Input(NoisyTable.Quick with { LearningRate = 1e30, GradientClipNorm = null })),
            Throws.InstanceOf<TrainingDivergedException>().With.Message.StartsWith("Training diverged"));
    }

    [Test]
    public void Detect_OptionsThatKeepWhatAFailureLeaves_AreOfTheTrainingAlone()
    {
        var table = NoisyTable.Make(60, 2);
        var keeping = NoisyTable.Quick with { KeepPartialOnFailure = true };

        Assert.That(new CoTeaching().Detect(table.Input(keeping)).Scores, Is.EqualTo(new CoTeaching().Detect(table.Input(NoisyTable.Quick)).Scores));
        Assert.That(NetworkFits.Quiet(keeping).KeepPartialOnFailure, Is.False, "half a fit would be taken for one that was cancelled");
    }

    [Test]
    public void Detect_CancelledInStep_EndsBoth()
    {
        using var source = new CancellationTokenSource();
        var table = NoisyTable.Make(60, 2);
        source.CancelAfter(50);
        Assert.That(() => new CoTeaching().Detect(table.Input(NoisyTable.Quick with { Epochs = 100000 }), source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(-0.1), TestCase(1.0)]
    public void Detect_ForgetRateOutsideItsRange_IsRefused(double rate) => Assert.That(
        () => new CoTeaching { ForgetRate = rate }.Detect(NoisyTable.Make(40, 1).Input()), Throws.ArgumentException.With.Message.Contains("ForgetRate must be at least 0 and below 1, found"));
}
