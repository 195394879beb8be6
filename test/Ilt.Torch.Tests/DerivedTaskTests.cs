using System.Text;
using Ilt.Corruption;
using Ilt.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

/// <summary>A task that is computed from other tasks' heads: here the area of a rectangle from its width and its height.</summary>
public class DerivedTaskTests
{
    private static readonly RegressionTask Width = new("width") { Scale = TargetScale.Common };
    private static readonly RegressionTask Height = new("height"); // on the bent scale: both ways back must work
    private static readonly TaskDerivation Product = TaskDerivation.FromFunction("product", sizes => sizes.Count == 2 && sizes.All(n => n == 1)
        ? 1
        : throw new ArgumentException("it takes two numbers."), values => values[0].mul(values[1]));

    private static readonly TaskDefinition[] Tasks = [Width, Height, new DerivedTask("area", Product, Width, Height)];

    [Test]
    public void Train_AreaOfTwoHeads_LearnsItInTheUsersUnits()
    {
        using var result = new Disposing(MultiTaskTraining.Train(Tasks, Rectangles(600, 1).Data, null, new TrainingOptions { Epochs = 40 }));
        var (test, widths, heights) = Rectangles(200, 2);
        var metrics = result.Value.Model.Evaluate(test);
        var predictions = result.Value.Model.Predict(test.Features);
        Assert.Multiple(() =>
        {
            Assert.That(metrics[2].Count, Is.EqualTo(200));
            Assert.That(metrics[2].RootMeanSquaredError, Is.LessThan(0.25 * Deviation(widths.Zip(heights, (w, h) => w * h))));
            Assert.That(predictions[2][7], Is.EqualTo(predictions[0][7] * predictions[1][7]).Within(1).Percent, "the prediction is that of the heads");
            Assert.That(result.Value.Scores.NoiseScores(2), Has.None.NaN);
        });
    }

    [Test]
    public void Train_WrongWidths_AreSeenInTheAreaToo()
    {
        var (_, widths, heights) = Rectangles(600, 1);
        var wrong = new LabelCorruption { Kind = LabelCorruptionKind.UniformNoise, Fraction = 0.2, Seed = 3, Low = 3, High = 6 }.CorruptNumbers(widths, 1);
        using var result = new Disposing(MultiTaskTraining.Train(Tasks, Table(1, widths, heights), null, new TrainingOptions { Epochs = 40 }));
        Assert.Multiple(() =>
        {
            Assert.That(DetectionMetrics.RocAuc(result.Value.Scores.NoiseScores(0), wrong), Is.GreaterThan(0.95));
            Assert.That(DetectionMetrics.RocAuc(result.Value.Scores.NoiseScores(2), wrong), Is.GreaterThan(0.9));
            Assert.That(DetectionMetrics.RocAuc(result.Value.Scores.NoiseScores(1), wrong), Is.EqualTo(0.5).Within(0.1), "heights are right");
        });
    }

    [Test]
    public void Values_GradientOfTheLoss_ReachesBothHeads()
    {
        TargetScaling[] scalings = [Width.FitScale(new NumberLabels([1, 2, 3, 5])), Height.FitScale(new NumberLabels([2, 3, 4, 9])), CommonScaling.Fit([2, 6, 12, 45], 1, "area")];
        var values = new TaskValues(Tasks, scalings);
        BatchTarget[] targets = [new(tensor(new[] { 0.1f, -0.4f }, [2, 1])), new(tensor(new[] { 0.6f, 0.2f }, [2, 1])), default];
        float[] heads = [0.3f, -0.2f, 0.5f, 0.8f]; // width of both rows, then height

        using var scope = NewDisposeScope();
        var at = tensor(heads, [4, 1], null, null, true);
        Loss(at).backward();
        var gradient = at.grad!.data<float>().ToArray();
        const float Step = 1e-2f;
        for (var i = 0; i < heads.Length; i++)
        {
            var slope = (Moved(i, Step) - Moved(i, -Step)) / (2 * Step);
            Assert.That(gradient[i], Is.EqualTo(slope).Within(1).Percent.And.Not.EqualTo(0), $"number {i}");
        }

        Tensor Loss(Tensor x) => RowLosses.Compute(Tasks, values.Outputs([x.narrow(0, 0, 2), x.narrow(0, 2, 2)]), values.Targets(targets)).narrow(1, 2, 1).sum();

        double Moved(int index, float change)
        {
            var moved = (float[])heads.Clone();
            moved[index] += change;
            using var off = no_grad();
            return Loss(tensor(moved, [4, 1])).data<float>().ToArray()[0];
        }
    }

    [Test]
    public void Values_TargetOfTheArea_IsThatOfTheLabels()
    {
        var data = Rectangles(50, 4).Data;
        TargetScaling?[] scalings = [.. Tasks.Select((task, k) => task.FitScale(data.Labels[k]))];
        using var scope = NewDisposeScope();
        using var batches = data.OpenBatches(new BatchOptions { Tasks = Tasks, TargetScalings = scalings, InputScaling = null, Augmentation = null, Seed = 1 });
        batches.Begin(0, [[7, 3]]);
        var target = new TaskValues(Tasks, scalings).Targets(batches.Next().Targets)[2].Values.data<float>().ToArray();
        scalings[2]!.Restore(target);
        var (widths, heights) = ((NumberLabels)data.Labels[0], (NumberLabels)data.Labels[1]);
        Assert.That(target, Is.EqualTo(new[] { widths[7][0] * heights[7][0], widths[3][0] * heights[3][0] }).Within(0.1).Percent);
    }

    [Test]
    public void Values_ClassAsSource_GivesProbabilitiesAndOneHotLabels()
    {
        var kind = new ClassificationTask("kind", 3);
        var derived = new DerivedTask("price", TaskDerivation.FromFunction("price", _ => 1, values => values[0].mul(tensor(new[] { 10f, 20f, 40f }, [1, 3])).sum(1).unsqueeze(1)), kind);
        var labels = new ClassLabels([0, 1, 2, 1]);
        TargetScaling?[] scalings = [null, derived.FitScale(new DerivedLabels(labels))];
        using var scope = NewDisposeScope();
        var values = new TaskValues([kind, derived], scalings);
        var target = values.Targets([new BatchTarget(tensor(new long[] { 2, 0 }, [2, 1])), default])[1].Values.data<float>().ToArray();
        var output = values.Outputs([tensor(new[] { 0f, 0f, 0f }, [1, 3])])[1].data<float>().ToArray();
        scalings[1]!.Restore(target);
        scalings[1]!.Restore(output);
        Assert.That(target, Is.EqualTo(new[] { 40f, 10f }).Within(1e-3));
        Assert.That(output[0], Is.EqualTo(70 / 3f).Within(1e-3));
    }

    [Test]
    public void Losses_OfTheFinishedModel_AreThoseOfItsPredictions()
    {
        var data = Rectangles(80, 1).Data;
        using var result = new Disposing(MultiTaskTraining.Train(Tasks, data, null, new TrainingOptions { Epochs = 3 }));
        var model = result.Value.Model;
        var area = model.Predict(data.Features)[2];
        var given = area.Select((_, row) => ((NumberLabels)data.Labels[0])[row][0] * ((NumberLabels)data.Labels[1])[row][0]).ToArray();
        var scaling = ((DerivedTask)Tasks[2]).FitScale(data.Labels[2]);
        var byHand = area.Select((a, row) => Math.Pow((a - given[row]) / scaling.Deviation, 2)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(model.Losses(data)[2], Is.EqualTo(byHand).Within(0.1).Percent.Or.EqualTo(byHand).Within(1e-4));
            Assert.That(model.Evaluate(data)[2].Loss, Is.EqualTo(byHand.Average()).Within(0.1).Percent);
            Assert.That(model.Evaluate(data)[2].MeanAbsoluteError, Is.EqualTo(area.Zip(given, (a, b) => Math.Abs(a - b)).Average()).Within(0.1).Percent);
        });
    }

    [Test]
    public void Train_RowWithoutOneOfTheLabels_HasNoArea()
    {
        var (_, widths, heights) = Rectangles(60, 1);
        heights[5] = float.NaN;
        using var result = new Disposing(MultiTaskTraining.Train(Tasks, Table(1, widths, heights), null, new TrainingOptions { Epochs = 2 }));
        Assert.Multiple(() =>
        {
            Assert.That(result.Value.Scores.NoiseScores(2)[5], Is.NaN);
            Assert.That(result.Value.Scores.NoiseScores(0)[5], Is.Not.NaN);
        });
    }

    [Test]
    public void SaveAndLoad_WithTheComputation_PredictsTheSame()
    {
        var data = Rectangles(60, 1).Data;
        using var result = new Disposing(MultiTaskTraining.Train(Tasks, data, null, new TrainingOptions { Epochs = 2 }));
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) result.Value.Model.Save(writer);
        using var loaded = Load(Product);
        Assert.That(loaded.Predict(data.Features)[2], Is.EqualTo(result.Value.Model.Predict(data.Features)[2]));
        Assert.That(() => Load(), Throws.TypeOf<FormatException>().With.Message.Contains("'area'").And.Message.Contains("'product'"));

        MultiTaskModel Load(params TaskDerivation[] derivations)
        {
            stream.Position = 0;
            return MultiTaskModel.Load(new BinaryReader(stream, Encoding.UTF8, leaveOpen: true), null, derivations);
        }
    }

    [Test]
    public void Declare_WhatDoesNotFit_SaysWhat()
    {
        var data = Rectangles(20, 1).Data;
        var mask = new PixelClassificationTask("mask", 3);
        Assert.Multiple(() =>
        {
            Assert.That(() => new DerivedTask("area", Product, Width), Throws.ArgumentException.With.Message.Contains("'area'").And.Message.Contains("two numbers"));
            Assert.That(() => new DerivedTask("area", Product, Width, mask), Throws.ArgumentException.With.Message.Contains("'mask'").And.Message.Contains("pixels"));
            Assert.That(() => new DerivedTask("area", Product, Width, Tasks[2]), Throws.ArgumentException.With.Message.Contains("derived itself"));
            Assert.That(() => new DerivedTask("area", Product), Throws.ArgumentException.With.Message.Contains("at least one"));
            Assert.That(() => MultiTaskTraining.Train([Width, new RegressionTask("depth"), Tasks[2]], data, null, new TrainingOptions()),
                Throws.ArgumentException.With.Message.Contains("'height'").And.Message.Contains("no task of this run").And.Message.Contains("'depth'"));
            Assert.That(() => MultiTaskTraining.Train(Tasks, new TableData(data.Features, 3, [data.Labels[0], data.Labels[1], data.Labels[1]]), null, new TrainingOptions()),
                Throws.ArgumentException.With.Message.Contains("'area'").And.Message.Contains("DerivedLabels"));
        });
    }

    [Test]
    public void Train_ComputationOfAnotherSize_SaysWhichItPromised()
    {
        var wrong = new DerivedTask("both", TaskDerivation.FromFunction("both", _ => 3, values => cat([values[0], values[1]], 1)), Width, Height);
        var data = Rectangles(20, 1).Data;
        Assert.That(() => MultiTaskTraining.Train([Width, Height, wrong], data, null, new TrainingOptions { Epochs = 1 }),
            Throws.InvalidOperationException.With.Message.Contains("'both'").And.Message.Contains("[20, 2]").And.Message.Contains("[20, 3]"));
    }

    private static (TableData Data, float[] Widths, float[] Heights) Rectangles(int rows, int seed)
    {
        var features = Features(rows, seed);
        var (widths, heights) = (new float[rows], new float[rows]);
        for (var row = 0; row < rows; row++)
        {
            widths[row] = 5 + features[3 * row] + (0.5f * features[(3 * row) + 1]);
            heights[row] = 3 + (features[(3 * row) + 1] * features[(3 * row) + 2] * 0.5f);
        }
        return (Table(seed, widths, heights), widths, heights);
    }

    private static TableData Table(int seed, float[] widths, float[] heights)
    {
        NumberLabels width = new(widths), height = new(heights);
        return new TableData(Features(widths.Length, seed), 3, [width, height, new DerivedLabels(width, height)]);
    }

    private static float[] Features(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * 3).Select(_ => (float)TestTables.Normal(random))];
    }

    private static double Deviation(IEnumerable<float> numbers)
    {
        var mean = numbers.Average();
        return Math.Sqrt(numbers.Average(n => (n - mean) * (n - mean)));
    }
}
