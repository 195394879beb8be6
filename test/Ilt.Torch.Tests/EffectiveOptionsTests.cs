using Ilt.Parameters;
using Ilt.Torch.Tests.Images;

namespace Ilt.Torch.Tests;

/// <summary>What is recorded of a run is what the run did, and what it would ignore is refused.</summary>
public class EffectiveOptionsTests
{
    private static readonly TrainingOptions Two = new() { Epochs = 2, BatchSize = 16 };

    [TestCase(1, 1)]
    [TestCase(12, 2)]
    [TestCase(40, 4)]
    public void Fill_Table_SaysTheWarmup(int epochs, int warmup)
    {
        var filled = TrainingDefaults.Fill(new TrainingOptions { Epochs = epochs }, 100, new InputShape(4, 0, 0), TestTables.ClassAndNumber);
        Assert.That(filled.InstanceLevel.WarmupEpochs, Is.EqualTo(warmup));
    }

    [Test]
    public void Fill_WarmupGiven_KeepsIt()
    {
        var options = new TrainingOptions { Epochs = 12, InstanceLevel = new InstanceTaskParameterOptions { WarmupEpochs = 0 } };
        var filled = TrainingDefaults.Fill(options, 100, new InputShape(4, 0, 0), TestTables.ClassAndNumber);
        Assert.That(filled.InstanceLevel.WarmupEpochs, Is.Zero);
    }

    [Test]
    public void Train_NetworkGiven_SaysItsLayers()
    {
        using var result = Train(Two with { Network = new MlpDefinition([7, 5], 0.25) });
        Assert.That((result.Value.EffectiveOptions.HiddenUnits, result.Value.EffectiveOptions.Dropout), Is.EqualTo(((int[])[7, 5], 0.25)));
    }

    [Test]
    public void Train_CustomNetwork_SaysNoLayers()
    {
        using var result = Train(Two with { Network = CustomNetworkDefinition.FromBackbone("linear", (input, _) => TorchSharp.torch.nn.Linear(input.Channels, 3)) });
        Assert.That((result.Value.EffectiveOptions.HiddenUnits, result.Value.EffectiveOptions.Dropout), Is.EqualTo(((IReadOnlyList<int>?)null, (double?)null)));
    }

    [Test]
    public void Train_EffectiveOptions_MayBeGivenAgain()
    {
        using var first = Train(Two with { HiddenUnits = [6], Dropout = 0.1 });
        using var again = Train(first.Value.EffectiveOptions);
        Assert.That(again.Value.Scores.NoiseScores(0), Is.EqualTo(first.Value.Scores.NoiseScores(0)));
    }

    [Test]
    public void Validate_HiddenUnitsBesideANetwork_AreRefused() =>
        Assert.That(() => new TrainingOptions { Network = new MlpDefinition([8]), HiddenUnits = [16, 4] }.Validate(),
            Throws.ArgumentException.With.Message.Contains("HiddenUnits must be null where Network is set").And.Message.Contains("[16, 4]"));

    [Test]
    public void Validate_DropoutBesideANetwork_IsRefused() =>
        Assert.That(() => new TrainingOptions { Network = new UNetDefinition(), Dropout = 0.5 }.Validate(),
            Throws.ArgumentException.With.Message.Contains("Dropout must be null where Network is set").And.Message.Contains("0.5"));

    [Test]
    public void Train_DropoutForImages_IsRefused() =>
        Assert.That(() => MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(8, 1), null, new TrainingOptions { Dropout = 0.5 }),
            Throws.ArgumentException.With.Message.Contains("Dropout must be null where the rows are images"));

    private static Disposing Train(TrainingOptions options) => new(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, options));
}
