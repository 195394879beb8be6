using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Trainings at once: equal to those one after another, or refused.</summary>
public sealed class TorchGeneratorTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 4, BatchSize = 8, HiddenUnits = [8], Dropout = 0.3, Seed = 5 };

    [Test]
    public void Train_FourAtOnce_GiveWhatOneAfterAnotherGives()
    {
        var alone = Enumerable.Range(0, 4).Select(Scores).ToArray();
        var together = new float[4][];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => together[i] = Scores(i));
        Assert.That(together, Is.EqualTo(alone));
    }

    [Test]
    public void Train_TwoCustomNetworksAtOnce_TheSecondIsRefused()
    {
        var custom = Options with { HiddenUnits = null, Dropout = null, Network = CustomNetworkDefinition.FromBackbone("drops", (input, _) => nn.Sequential(nn.Linear(input.Channels, 8), nn.Dropout(0.5))) };
        InvalidOperationException? refused = null;
        using var model = Train(0, custom with
        {
            OnEpoch = report =>
            {
                if (report.Epoch > 1) return;
                refused = Assert.Throws<InvalidOperationException>(() => Task.Run(() => Train(1, custom).Model.Dispose()).GetAwaiter().GetResult());
                using var other = Task.Run(() => Train(1, Options)).GetAwaiter().GetResult().Model; // draws from no common generator
            },
        }).Model;
        Assert.That(refused!.Message, Does.Contain("train 'drops' when the other training has ended").And.Not.Contain("\n"));
        using var after = Train(1, custom).Model;
    }

    private static float[] Scores(int seed)
    {
        var result = Train(seed, Options);
        using (result.Model) return result.Scores.NoiseScores(0);
    }

    private static TrainingResult Train(int seed, TrainingOptions options) =>
        MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, seed), null, options with { Seed = options.Seed + seed });
}
