using Ilt.Imaging;
using Ilt.Weighting;

namespace Ilt.Torch.Tests;

public sealed class ImageTrainingTests
{
    [Test]
    public void Train_AllKindsOfTasks_LearnsThem()
    {
        var result = MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(96, 1), TestImages.Make(40, 2), TestImages.Quick with { Epochs = 25 });
        using var model = result.Model;
        var metrics = result.History[^1].Validation!;
        Assert.Multiple(() =>
        {
            Assert.That(metrics[0].MeanIoU, Is.GreaterThan(0.9));
            Assert.That(metrics[0].Accuracy, Is.GreaterThan(0.95));
            Assert.That(metrics[1].MeanAbsoluteError, Is.LessThan(0.2), "numbers between 0.5 and 2.4");
            Assert.That(metrics[1].MeanRelativeError, Is.LessThan(0.3));
            Assert.That(metrics[2].Accuracy, Is.GreaterThan(0.8));
            Assert.That(metrics[3].RSquared, Is.GreaterThan(0.5));
        });
    }

    [Test]
    public void Train_CorruptMasks_RanksThemAndNotTheOtherTasks()
    {
        var data = TestImages.Make(96, 1);
        var masks = (MaskLabels)data.Labels[0];
        var wrong = new PixelStore(masks.Pixels.BytesPerRow);
        var mask = new byte[masks.Pixels.BytesPerRow];
        for (var row = 0; row < data.RowCount; row++)
        {
            masks.Read(row, mask);
            if (row % 4 == 0)
                for (var pixel = 0; pixel < mask.Length; pixel++) mask[pixel] = mask[pixel] == PixelClassificationTask.Ignored ? mask[pixel] : (byte)(1 - mask[pixel]);
            wrong.Append(mask);
        }
        var result = MultiTaskTraining.Train(TestImages.AllKinds, new ImageData(data.Images, data.Size, 3, [new MaskLabels(wrong, data.Size), .. data.Labels.Skip(1)]), null, TestImages.Quick with { Epochs = 15 });
        using var model = result.Model;
        var (hit, kept) = (Mean(row => row % 4 == 0 && row % 7 != 6, 0), Mean(row => row % 4 != 0 && row % 7 != 6, 0));
        Assert.Multiple(() =>
        {
            Assert.That(hit, Is.GreaterThan(kept + 1));
            Assert.That(Mean(row => row % 4 == 0, 1), Is.EqualTo(Mean(row => row % 4 != 0, 1)).Within(0.4));
            Assert.That(result.Scores.NoiseScore(6, 0), Is.NaN, "row 6 has no mask");
        });

        double Mean(Func<int, bool> rows, int task) => Enumerable.Range(0, data.RowCount).Where(rows).Average(row => result.Scores.NoiseScore(row, task));
    }

    [Test]
    public void Train_LargerThanTheMemoryBudget_GivesTheSameResult()
    {
        var options = TestImages.Quick with { Augmentation = new AugmentationOptions { HorizontalFlip = 0.5, Brightness = 0.2 } };
        var inMemory = Scores(TestImages.Make(40, 1), options);
        var data = TestImages.Make(40, 1, new MemoryBudget(0));
        Assert.That(data.Images.ScratchBytes, Is.EqualTo(40 * 64 * 3));
        Assert.That(Scores(data, options), Is.EqualTo(inMemory));
    }

    [Test]
    public void Train_SameSeed_RepeatsExactly_AnotherSeedDoesNot()
    {
        var options = TestImages.Quick with { Augmentation = new AugmentationOptions { HorizontalFlip = 0.5, Crop = new ImageSize(6, 6) } };
        var first = Scores(TestImages.Make(40, 1), options);
        Assert.Multiple(() =>
        {
            Assert.That(Scores(TestImages.Make(40, 1), options), Is.EqualTo(first));
            Assert.That(Scores(TestImages.Make(40, 1), options with { Seed = 2 }), Is.Not.EqualTo(first));
        });
    }

    [TestCaseSource(nameof(AllWeightings))]
    public void Train_EveryWeighting_LowersTheLoss(LossWeightingKind weighting)
    {
        var result = MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(48, 1), null, TestImages.Quick with { Weighting = weighting, Epochs = 6 });
        using var model = result.Model;
        Assert.That(result.History[^1].TrainLoss[0], Is.LessThan(result.History[0].TrainLoss[0]));
    }

    [Test]
    public void Train_DefaultNetworks_FitTheTasks()
    {
        var data = TestImages.Make(12, 1);
        var pixels = MultiTaskTraining.Train(TestImages.AllKinds, data, null, new TrainingOptions { Epochs = 1 });
        var rows = MultiTaskTraining.Train(TestImages.AllKinds[2..], new ImageData(data.Images, data.Size, 3, [.. data.Labels.Skip(2)]), null, new TrainingOptions { Epochs = 1 });
        using var first = pixels.Model;
        using var second = rows.Model;
        Assert.Multiple(() =>
        {
            Assert.That(first.Definition, Is.TypeOf<UNetDefinition>());
            Assert.That(second.Definition, Is.TypeOf<ResidualCnnDefinition>());
            Assert.That(pixels.Pixels, Is.Not.Null);
            Assert.That(rows.Pixels, Is.Null);
        });
    }

    [Test]
    public void Train_SizeThatTheNetworkCannotDivide_SaysSo() =>
        Assert.That(() => MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(8, 1), null, new TrainingOptions { Network = new UNetDefinition { Depth = 4 } }),
            Throws.ArgumentException.With.Message.Contains("16"));

    [Test]
    public void Train_CropLargerThanTheImages_SaysSo() =>
        Assert.That(() => MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(8, 1), null, TestImages.Quick with { Augmentation = new AugmentationOptions { Crop = new ImageSize(16, 16) } }),
            Throws.ArgumentException.With.Message.Contains("16"));

    [Test]
    public void Train_CropThatTheNetworkCannotDivide_SaysSo() =>
        Assert.That(() => MultiTaskTraining.Train(TestImages.AllKinds, TestImages.Make(8, 1), null, TestImages.Quick with { Augmentation = new AugmentationOptions { Crop = new ImageSize(5, 5) } }),
            Throws.ArgumentException.With.Message.Contains("5 x 5"));

    [Test]
    public void Train_AugmentationOfATable_IsRefused() =>
        Assert.That(() => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(20, 1), null, new TrainingOptions { Augmentation = new AugmentationOptions { HorizontalFlip = 0.5 } }),
            Throws.ArgumentException.With.Message.Contains("for images"));

    private static IEnumerable<LossWeightingKind> AllWeightings() => Enum.GetValues<LossWeightingKind>();

    private static float[] Scores(ImageData data, TrainingOptions options)
    {
        var result = MultiTaskTraining.Train(TestImages.AllKinds, data, null, options);
        using var model = result.Model;
        return [.. Enumerable.Range(0, TestImages.AllKinds.Length).SelectMany(result.Scores.NoiseScores).Where(score => !float.IsNaN(score))];
    }
}
