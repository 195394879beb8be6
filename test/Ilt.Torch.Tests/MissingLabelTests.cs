using Ilt.Corruption;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

/// <summary>A row without a label for a task contributes nothing to it: checked against a plain loop that never sees such cells.</summary>
public class MissingLabelTests
{
    private const int Rows = 120;
    private const int BatchSize = 16;
    private const int Epochs = 4;

    [TestCase(0.3), TestCase(0.5), TestCase(0.7)]
    public void Train_MissingLabels_EqualsMaskedTrainingOfTheSameNetwork(double missing)
    {
        var (features, classes, numbers) = TestTables.Make(Rows, 1);
        var random = new Random(2);
        for (var row = 0; row < Rows; row++)
            if (random.NextDouble() < missing) numbers[row] = float.NaN;
        var options = new TrainingOptions { Weighting = LossWeightingKind.Equal, Epochs = Epochs, BatchSize = BatchSize, HiddenUnits = [12], LearningRate = 5e-3, Seed = 3 };
        var table = new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
        var result = MultiTaskTraining.Train(TestTables.ClassAndNumber, table, null, options);
        using var model = result.Model;

        var expected = MaskedTwin(features, classes, numbers, options);
        var actual = model.Predict(features);
        Assert.Multiple(() =>
        {
            Assert.That(actual[0], Is.EqualTo(expected[0]).Within(1e-6));
            Assert.That(actual[1], Is.EqualTo(expected[1]).Within(1e-6).Percent.Or.EqualTo(expected[1]).Within(1e-3));
            for (var row = 0; row < Rows; row++)
                Assert.That(float.IsNaN(result.Scores.NoiseScore(row, 1)), Is.EqualTo(float.IsNaN(numbers[row])), $"row {row}");
            Assert.That(result.Scores.NoiseScores(0), Has.None.NaN);
        });
    }

    // Selects the labelled rows of each batch by index and averages over those; no weights, no masks.
    private static float[][] MaskedTwin(float[] features, int[] classes, float[] numbers, TrainingOptions options)
    {
        var labels = new NumberLabels(numbers);
        var scaling = new RegressionTask("number").FitScale(labels);
        using var network = new MultiHeadMlp(new MlpShape(4, [12], [3, 1]), RunSeeds.Derive(options.Seed, "weights"));
        using var optimiser = optim.AdamW(network.parameters(), 1e-3, 0.9, 0.999, 1e-8, 0.5);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var order = Enumerable.Range(0, Rows).ToArray();
            new SeededGenerator(RunSeeds.Derive(options.Seed, "shuffle", epoch)).Shuffle<int>(order);
            for (var start = 0; start < Rows; start += BatchSize)
            {
                using var scope = NewDisposeScope();
                var rows = order.Skip(start).Take(BatchSize).ToArray();
                var total = -network.call(Inputs(features, rows))[0].log_softmax(1).gather(1, tensor(rows.Select(r => (long)classes[r]).ToArray(), [rows.Length, 1])).mean();
                var with = rows.Where(r => !float.IsNaN(numbers[r])).ToArray();
                if (with.Length > 0)
                {
                    var targets = tensor(with.Select(r => Scaled(scaling, labels, r)).ToArray(), [with.Length, 1]);
                    total = total + (network.call(Inputs(features, with))[1] - targets).square().mean();
                }
                optimiser.zero_grad();
                total.backward();
                nn.utils.clip_grad_norm_(network.parameters(), 1);
                foreach (var group in optimiser.ParamGroups) group.LearningRate = LearningRateSchedule.At(options.LearningRate!.Value, (epoch + start / (double)Rows) / Epochs);
                optimiser.step();
            }
        }
        using var outer = NewDisposeScope();
        using var _ = no_grad();
        var outputs = network.call(Inputs(features, Enumerable.Range(0, Rows).ToArray()));
        var predicted = outputs[1].data<float>().ToArray();
        scaling.Restore(predicted);
        return [outputs[0].softmax(1).data<float>().ToArray(), predicted];
    }

    private static float Scaled(TargetScaling scaling, NumberLabels labels, int row)
    {
        var target = new float[1];
        scaling.Standardise(labels, row, target);
        return target[0];
    }

    private static Tensor Inputs(float[] features, int[] rows) =>
        tensor(rows.SelectMany(r => features.Skip(r * 4).Take(4)).ToArray(), [rows.Length, 4]);
}
