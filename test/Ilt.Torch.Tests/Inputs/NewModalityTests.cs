using static TorchSharp.torch.nn;

namespace Ilt.Torch.Tests.Inputs;

/// <summary>A third kind of input trains, predicts and is saved through what stands in its own folder.</summary>
public class NewModalityTests
{
    private const int Rows = 60;

    private static readonly CustomNetworkDefinition Network =
        CustomNetworkDefinition.FromBackbone("steps", (input, _) => Sequential(Flatten(), Linear(input.Size, 8), Tanh()));

    [OneTimeSetUp]
    public void AddKind() => InputModalities.Add(new SequenceModality());

    [Test]
    public void Train_Sequences_FindsTheLengthAndPredictsAsSaved()
    {
        var data = Sequences();
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, data, null, new TrainingOptions { Network = Network }));
        var model = result.Value.Model;
        Assert.That(result.Value.Completed, Is.True);
        Assert.That(result.Value.Lengths, Is.Not.Null);
        Assert.That(model.Losses(data), Has.All.Length.EqualTo(Rows).And.All.All.Matches<float>(float.IsFinite));

        using var file = new MemoryStream();
        using (var writer = new BinaryWriter(file, System.Text.Encoding.UTF8, leaveOpen: true)) model.Save(writer);
        file.Position = 0;
        using var loaded = MultiTaskModel.Load(new BinaryReader(file), Network);
        Assert.That(loaded.Input, Is.EqualTo(data.Input));
        Assert.That(loaded.Losses(data), Is.EqualTo(model.Losses(data)));
    }

    [Test]
    public void Train_WhatIsForOtherInputs_IsRefusedInTheKindsWords()
    {
        Refused(new() { Network = new MlpDefinition([4]) }, "takes rows of features, but the input is a sequence of 3 step(s)");
        Refused(new() { Network = UNetDefinition.Small }, "takes images, but the input is a sequence of 3 step(s)");
        Refused(new() { Network = Network, Augmentation = new() { HorizontalFlip = 0.5 } }, "Augmentation is for images; the rows are sequences");
        Refused(new() { Network = Network, PersonAugmentation = new() }, "PersonAugmentation is for images; the rows are sequences");
    }

    private static void Refused(TrainingOptions options, string message) =>
        Assert.That(() => MultiTaskTraining.Train(TestTables.ClassAndNumber, Sequences(), null, options), Throws.ArgumentException.With.Message.Contains(message));

    private static SequenceData Sequences()
    {
        var (values, classes, numbers) = TestTables.Make(Rows, 3, 6);
        return new SequenceData(values, 2, 3, [new ClassLabels(classes), new NumberLabels(numbers)]);
    }
}
