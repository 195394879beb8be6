using Ilt.Corruption;
using Ilt.Imaging;
using Ilt.Torch;
using Ilt.Weighting;

namespace Ilt.Detectors.Tests;

public class OutOfFoldTests
{
    [Test]
    public void Detect_EveryFold_IsAPlainTrainingOnTheOthers()
    {
        var table = NoisyTable.Make(66, 3);
        var found = new OutOfFold { Folds = 3, Weighting = LossWeightingKind.Equal }.Detect(table.Input());

        Assert.That(found.Fits, Is.EqualTo(3));
        var fold = RowFolds.Assign(table.Data.Labels, 66, 3, RunSeeds.Derive(5, "folds"));
        for (var f = 0; f < 3; f++)
        {
            var (held, others) = RowFolds.Split(fold, f);
            var result = MultiTaskTraining.Train(
                table.Tasks, table.Data.Subset(others), null, NoisyTable.Quick with { Weighting = LossWeightingKind.Equal, Seed = RunSeeds.Derive(5, "fold", f), Dropout = 0 });
            using var model = result.Model;
            var (losses, inputs) = (model.Losses(table.Data.Subset(held)), new float[held.Length * 3]);
            table.Data.ReadInputs(held, inputs);
            var predictions = model.Predict(inputs);
            for (var i = 0; i < held.Length; i++)
            {
                Assert.That(found.Scores[0]![held[i]], Is.EqualTo(losses[0][i]));
                Assert.That(found.Scores[1]![held[i]], Is.EqualTo(losses[1][i]));
                Assert.That(found.OutOfFold![0].AsSpan(held[i] * 3, 3).ToArray(), Is.EqualTo(predictions[0].AsSpan(i * 3, 3).ToArray()));
                Assert.That(found.OutOfFold[1]![held[i]], Is.EqualTo(predictions[1][i]));
            }
        }
    }

    [Test]
    public void Detect_LabelOfARow_DoesNotChangeWhatIsPredictedForIt()
    {
        var table = NoisyTable.Make(66, 3, missing: false);
        var other = ((NumberLabels)table.Data.Labels[1]).Values.ToArray();
        other[17] += 13;
        var changed = table with { Data = new TableData(table.Data.Features, 3, [table.Data.Labels[0], new NumberLabels(other)]) };

        var (before, after) = (new OutOfFold().Detect(table.Input()), new OutOfFold().Detect(changed.Input()));

        Assert.That(after.OutOfFold![1]![17], Is.EqualTo(before.OutOfFold![1]![17]));
        Assert.That(after.OutOfFold[1], Is.Not.EqualTo(before.OutOfFold[1]), "it does for others");
    }

    [Test]
    public void Detect_OpenEpochs_AreFoundOnce_OrTakenFromTheFinishedTraining()
    {
        var table = NoisyTable.Make(80, 3);
        var options = NoisyTable.Quick with { Epochs = null, BatchSize = 40 };
        var result = MultiTaskTraining.Train(table.Tasks, table.Data, null, options);
        using var model = result.Model;

        var alone = new OutOfFold().Detect(table.Input(options));
        var after = new OutOfFold().Detect(table.Input(options) with { Finished = result.Scores });
        var equal = new OutOfFold { Weighting = LossWeightingKind.Equal }.Detect(table.Input(options) with { Finished = result.Scores });

        Assert.That((alone.Fits, after.Fits, equal.Fits), Is.EqualTo((7, 5, 7)), "the length under another weighting is another");
        Assert.That(after.Scores[0], Is.EqualTo(alone.Scores[0]));
        Assert.That(after.OutOfFold![1], Is.EqualTo(alone.OutOfFold![1]));
    }

    [Test]
    public void Detect_LabelsTooFewForTheFolds_SaysWhichTask()
    {
        var classes = Enumerable.Range(0, 30).Select(row => row == 4 ? 1 : 0).ToArray();
        var data = NoisyTable.Make(30, 1).Data.WithLabels([new ClassLabels(classes)]);
        Assert.That(() => new OutOfFold().Detect(new([new ClassificationTask("rare", 2)], data, NoisyTable.Quick)),
            Throws.ArgumentException.With.Message.StartsWith("Task 'rare' has too few labels for 5 folds: the rows outside fold "));
    }

    [Test]
    public void LowestLoss_IsThatOfTheMean_AndTheFitEndsWhenNoTaskHasImprovedForAWhile()
    {
        var lowest = new LowestLoss(2, 20);
        Assert.Multiple(() =>
        {
            Assert.That(lowest.IsNew(0, 0, [2, 4, float.NaN]), Is.True);
            Assert.That(lowest.IsNew(1, 0, [1]), Is.True);
            Assert.That(lowest.IsNew(0, 1, [1, 4]), Is.True);
            Assert.That(lowest.IsNew(1, 1, [1]), Is.False, "not lower");
            Assert.That(lowest.IsNew(0, 2, [5, 1]), Is.False);
            Assert.That(Enumerable.Range(2, 6).Select(lowest.GoesOn), Is.EqualTo(new[] { true, true, true, true, false, false }), "five epochs after the second");
        });
    }

    [Test]
    public void LowestLoss_OfATaskWithoutLabels_DoesNotKeepTheFitGoing()
    {
        var lowest = new LowestLoss(1, 20);
        Assert.That(Enumerable.Range(0, 3).Select(epoch => lowest.IsNew(0, epoch, [float.NaN])), Is.EqualTo(new[] { true, false, false }));
        Assert.That(lowest.GoesOn(5), Is.False);
    }

    [Test]
    public void Detect_Images_KeepsWhatWasSaidWhenTheFoldsLossWasLowest()
    {
        // Pictures of noise with labels by chance: a network can only learn them by heart.
        const int count = 80, side = 8;
        using var store = new PixelStore(side * side);
        var random = new SeededGenerator(1);
        for (var row = 0; row < count; row++) store.Append([.. Enumerable.Range(0, side * side).Select(_ => (byte)random.NextInt(256))]);
        var images = new ImageData(store, new ImageSize(side, side), 1, [new ClassLabels([.. Enumerable.Range(0, count).Select(_ => random.NextInt(2))])]);
        var options = new TrainingOptions { BatchSize = 8, LearningRate = 0.01 };

        var open = Loss(options);
        var long_ = Loss(options with { Epochs = TrainingDefaults.Fill(options, count, images.Input, [new ClassificationTask("x", 2)]).Epochs });
        Assert.That(open, Is.LessThan(1).And.LessThan(long_), "a coin has a loss of .69");

        float Loss(TrainingOptions options) => new OutOfFold { Folds = 2 }.Detect(new DetectorInput([new ClassificationTask("x", 2)], images, options)).Scores[0]!.Average();
    }
}
