using Ilt.Metrics;

namespace Ilt.Torch.Tests;

public sealed class ImageModelTests
{
    private TrainingResult result = null!;
    private ImageData data = null!;

    [OneTimeSetUp]
    public void Train()
    {
        data = TestImages.Make(40, 1);
        result = MultiTaskTraining.Train(TestImages.AllKinds, data, null, TestImages.Quick);
    }

    [OneTimeTearDown]
    public void Free() => result.Model.Dispose();

    [Test]
    public void Predict_Images_GivesProbabilitiesAndNumbersPerPixel()
    {
        var predictions = result.Model.Predict(Inputs(0, 1, 2));
        const int Pixels = TestImages.Side * TestImages.Side;
        Assert.Multiple(() =>
        {
            Assert.That(predictions.Select(p => p.Length), Is.EqualTo(new[] { 3 * 2 * Pixels, 3 * Pixels, 3 * 2, 3 }));
            Assert.That(predictions[0][0] + predictions[0][Pixels], Is.EqualTo(1).Within(1e-5), "the classes' probabilities of the first pixel");
        });
    }

    [Test]
    public void SaveAndLoad_KeepsPredictionsAndTasks()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) result.Model.Save(writer);
        stream.Position = 0;
        using var loaded = MultiTaskModel.Load(new BinaryReader(stream));
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Tasks, Is.EqualTo(result.Model.Tasks));
            Assert.That(loaded.Definition, Is.EqualTo(result.Model.Definition));
            Assert.That(loaded.Predict(Inputs(3, 4)), Is.EqualTo(result.Model.Predict(Inputs(3, 4))));
        });
    }

    [Test]
    public void Evaluate_Masks_EqualsCountingEveryPixel()
    {
        var masks = (MaskLabels)data.Labels[0];
        var confusion = new ConfusionMatrix(2);
        var (given, predicted) = (new byte[64], new byte[64]);
        for (var row = 0; row < data.RowCount; row++)
        {
            if (!masks.IsLabelled(row)) continue;
            masks.Read(row, given);
            var p = result.Model.Predict(Inputs(row))[0];
            for (var pixel = 0; pixel < 64; pixel++) predicted[pixel] = (byte)(p[64 + pixel] > p[pixel] ? 1 : 0);
            confusion.Add(given, predicted);
        }
        Assert.That(result.Model.Evaluate(data)[0].MeanIoU, Is.EqualTo(confusion.MeanIntersectionOverUnion).Within(1e-9));
    }

    [Test]
    public void Losses_Pixels_AreMeansOverValidPixels()
    {
        var (masks, maps) = ((MaskLabels)data.Labels[0], (MapLabels)data.Labels[1]);
        var losses = result.Model.Losses(data);
        var (mask, map) = (new byte[64], new float[64]);
        masks.Read(2, mask);
        maps.Read(2, map);
        var predictions = result.Model.Predict(Inputs(2));
        var entropy = Enumerable.Range(0, 64).Average(pixel => -Math.Log(predictions[0][(mask[pixel] * 64) + pixel]));
        var scaling = result.Model.ScalingOf(1)!;
        var squared = Enumerable.Range(0, 64).Where(pixel => !float.IsNaN(map[pixel]))
            .Average(pixel => Math.Pow(scaling.Standardise(predictions[1][pixel], 0) - scaling.Standardise(map[pixel], 0), 2));
        Assert.Multiple(() =>
        {
            Assert.That(losses[0][2], Is.EqualTo(entropy).Within(1e-4));
            Assert.That(losses[1][2], Is.EqualTo(squared).Within(1e-4));
            Assert.That(losses[0][6], Is.NaN, "row 6 has no mask");
        });
    }

    [Test]
    public void Examine_AWrongCorner_IsHotterThanTheRest()
    {
        var masks = (MaskLabels)data.Labels[0];
        var store = new Ilt.Imaging.PixelStore(64);
        var mask = new byte[64];
        for (var row = 0; row < data.RowCount; row++)
        {
            masks.Read(row, mask);
            if (row == 0)
                for (var pixel = 0; pixel < 64; pixel++)
                    if (pixel / 8 < 3 && pixel % 8 < 3) mask[pixel] = (byte)(1 - mask[pixel]);
            store.Append(mask);
        }
        var wrong = new ImageData(data.Images, data.Size, 3, [new MaskLabels(store, data.Size), .. data.Labels.Skip(1)]);
        var trained = MultiTaskTraining.Train(TestImages.AllKinds, wrong, null, TestImages.Quick with { Epochs = 30, LearningRate = 1e-2 });
        using var model = trained.Model;
        var before = model.Predict(Inputs(0));
        var examined = trained.Pixels!.Examine(wrong, 0, [0, 1]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(trained.Pixels.SnapshotCount, Is.EqualTo(5));
            Assert.That(examined.Select(e => e.Row), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(Mean(examined[0].Heat, inCorner: true), Is.GreaterThan(2 * Mean(examined[0].Heat, inCorner: false)));
            Assert.That(Mean(examined[1].Heat, inCorner: true), Is.LessThan(Mean(examined[0].Heat, inCorner: true)));
            Assert.That(examined[0].SuggestedMask, Has.Length.EqualTo(64));
            Assert.That(model.Predict(Inputs(0)), Is.EqualTo(before), "examining leaves the model as it was");
        });

        static float Mean(float[] heat, bool inCorner) => heat.Where((_, pixel) => (pixel / 8 < 3 && pixel % 8 < 3) == inCorner).Average();
    }

    [Test]
    public void Examine_AMap_SuggestsNumbersAndSkipsInvalidPixels()
    {
        var examined = result.Pixels!.Examine(data, 1, [5]).Single();
        Assert.Multiple(() =>
        {
            Assert.That(examined.Heat.Where((_, pixel) => pixel % 5 == 4), Has.All.NaN);
            Assert.That(examined.Heat.Where((_, pixel) => pixel % 5 != 4), Has.All.GreaterThanOrEqualTo(0));
            Assert.That(examined.SuggestedMap, Has.Length.EqualTo(64).And.All.InRange(0.4f, 2.5f));
        });
    }

    [Test]
    public void Examine_ATaskWithOneLabelPerRow_IsRefused() =>
        Assert.That(() => result.Pixels!.Examine(data, 2, [0]), Throws.ArgumentException.With.Message.Contains("'half'"));

    private float[] Inputs(params int[] rows)
    {
        var inputs = new float[rows.Length * data.Input.Size];
        data.ReadInputs(rows, inputs);
        return inputs;
    }
}
