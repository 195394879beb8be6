using Ilt.Corruption;
using Ilt.Detection;
using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Training;

/// <summary>What a weighting asks of the training loop beyond losses is what it gets, and leaves no trace where it is not to.</summary>
public class WeightingRequestTests
{
    private static readonly TrainingOptions OneStep = new() { Epochs = 1, BatchSize = 64, HiddenUnits = [8], LearningRate = 5e-3, Seed = 3 };

    private static IEnumerable<LossWeightingKind> Kinds => Enum.GetValues<LossWeightingKind>();

    [Test]
    public void Temper_Logits_HandsOverTheSlopeOfTheCrossEntropy([Values("table", "unet")] string kind, [Values(1f, 0.4f, 3f)] float temperature)
    {
        const float Step = 0.01f;
        var tasks = Checkpoints.Runs.Of(kind).Tasks;
        var (middle, up, down) = (Tempered(kind, temperature), Tempered(kind, temperature + Step), Tempered(kind, temperature - Step));
        for (var i = 0; i < middle.Losses.Length; i++)
        {
            if (!tasks[i % tasks.Count].HasLogits || float.IsNaN(middle.Losses[i]))
            {
                Assert.That(middle.Gradients[i], Is.Zero, "no logits, or no label");
                Assert.That(middle.Losses[i], Is.EqualTo(up.Losses[i]));
                continue;
            }
            var labelled = middle.Losses.Where((loss, at) => at % tasks.Count == i % tasks.Count && !float.IsNaN(loss)).Count(); // the weight is by this
            var slope = (up.Losses[i] - down.Losses[i]) / (2 * Step) / labelled;
            Assert.That(middle.Gradients[i], Is.EqualTo(slope).Within(3e-6).Or.EqualTo(slope).Within(0.3).Percent, $"cell {i}");
        }
        Assert.That(middle.Gradients.Max(Math.Abs), Is.GreaterThan(5e-5));
    }

    [Test]
    public void Temper_AnyTemperature_LeavesScoresThoseOfThePlainLosses()
    {
        using var plain = Train(OneStep with { Weighting = LossWeightingKind.Equal });
        using var tempered = Train(OneStep with { CustomWeighting = new("probe", _ => new TemperatureProbe(2)) });
        Assert.That(tempered.Value.History[0].TrainLoss, Is.EqualTo(plain.Value.History[0].TrainLoss));
        Assert.That(tempered.Value.Scores.LastLoss(3, 0), Is.EqualTo(plain.Value.Scores.LastLoss(3, 0)));
    }

    [TestCase("table"), TestCase("residual"), TestCase("custom"), TestCase("unet")]
    public void AfterStep_NoLearningRate_GivesTheSameLosses_AndLeavesNoTrace(string kind)
    {
        var probe = new AfterStepProbe();
        var (tasks, train, validation, options) = Checkpoints.Runs.Of(kind);
        options = options with { Epochs = 2, LearningRate = 1e-30, WeightDecay = 0 };
        using var asked = new Disposing(MultiTaskTraining.Train(tasks, train, validation, options with { CustomWeighting = new("probe", _ => probe) }));
        using var silent = new Disposing(MultiTaskTraining.Train(tasks, train, validation, options with { Weighting = LossWeightingKind.Equal }));

        Assert.That(probe.Steps, Is.GreaterThan(4));
        Assert.That(probe.LargestChange, Is.Zero, "both passes drop the same units and see the same batch statistics");
        Assert.That(Bytes(asked.Value.Model), Is.EqualTo(Bytes(silent.Value.Model)));
    }

    [Test]
    public void AfterStep_LearningRate_LowersTheLosses()
    {
        var probe = new AfterStepProbe();
        using var result = Train(OneStep with { Epochs = 5, HiddenUnits = [16], CustomWeighting = new("probe", _ => probe) });
        Assert.That(probe.Falls, Is.EqualTo(5));
    }

    [Test]
    public void TrunkGradients_OfAPerceptron_AreThoseOfItsLastHiddenLayer()
    {
        const int Rows = 6;
        var (features, classes, numbers) = TestTables.Make(Rows, 1);
        using var scope = NewDisposeScope();
        using var network = new MultiHeadMlp(new MlpShape(4, [5, 3], [3, 1]), 1);
        Tensor[] outputs = network.call(Tensors.From(features, Rows, 4));
        Tensor[] losses =
        [
            RowLosses.Of(TestTables.ClassAndNumber[0], outputs[0], new(Tensors.From(classes.Select(c => (long)c).ToArray(), Rows, 1))),
            RowLosses.Of(TestTables.ClassAndNumber[1], outputs[1], new(Tensors.From(numbers.Select(n => (n - 1000) / 70).ToArray(), Rows, 1))),
        ];
        var cells = Enumerable.Repeat(1f, Rows * 2).ToArray();
        foreach (var unlabelled in new[] { 1, 5, 6 }) cells[unlabelled] = float.NaN; // number of rows 0 and 2, class of row 3
        var found = new TrunkGradients(TestTables.ClassAndNumber, network.parameters()).Of(losses, new LossBatch([0, 1, 2, 3, 4, 5], 2, cells), new BatchParts(OneReplica.Instance, 2), ComputeDevice.Cpu);

        var layer = network.named_parameters().Single(p => p.name == "trunk.1.weight").parameter;
        Assert.That(found, Has.Length.EqualTo(2 * 15));
        for (var k = 0; k < 2; k++)
        {
            foreach (var parameter in network.parameters()) parameter.grad = null;
            long[] labelled = [.. Enumerable.Range(0, Rows).Where(row => !float.IsNaN(cells[row * 2 + k])).Select(row => (long)row)];
            losses[k].index_select(0, Tensors.From(labelled, labelled.Length)).mean().backward(retain_graph: true);
            Assert.That(found[(15 * k)..(15 * k + 15)], Is.EqualTo(Tensors.ToArray(layer.grad!)).Within(1e-6), $"task {k}");
            Assert.That(found[(15 * k)..(15 * k + 15)].Max(Math.Abs), Is.GreaterThan(1e-4));
        }
    }

    [TestCase("residual"), TestCase("unet"), TestCase("body"), TestCase("custom")]
    public void TrunkGradients_OfOtherNetworks_AreSeenInEveryStepAtOneSize(string kind)
    {
        var probe = new GradientProbe();
        var (tasks, train, validation, options) = Checkpoints.Runs.Of(kind);
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, validation, options with { CustomWeighting = new("probe", _ => probe) }));
        Assert.That(probe.Sizes.Distinct().Count(), Is.EqualTo(1));
        Assert.That(probe.Sizes[0], Is.GreaterThan(0));
        Assert.That(probe.Norms.All(norm => norm > 0), "every task has a gradient there");
    }

    [Test]
    public void TrunkGradients_NoSharedLayer_SaysWhatToDo() => Assert.That(
        () => Train(OneStep with { HiddenUnits = [], Weighting = LossWeightingKind.GradientNormalization }),
        Throws.InvalidOperationException.With.Message.Contains("this network has none. Give it a hidden layer"));

    [TestCaseSource(nameof(Kinds))]
    public void Train_TaskWithoutLabelsInMostBatches_StaysFiniteAndRepeats(LossWeightingKind kind)
    {
        var (features, classes, numbers) = TestTables.Make(64, 1);
        for (var row = 3; row < 64; row++) numbers[row] = float.NaN;
        for (var row = 0; row < 20; row++) classes[row] = -1;
        var table = new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
        var options = OneStep with { Epochs = 6, BatchSize = 8, Weighting = kind };
        using var first = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, table, null, options));
        using var second = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, table, null, options));

        Assert.That(first.Value.History[^1].TrainLoss, Is.All.Not.NaN.And.All.LessThan(1e3));
        Assert.That(first.Value.History[^1].TrainLoss[0], Is.LessThan(first.Value.History[0].TrainLoss[0]));
        Assert.That(Bytes(first.Value.Model), Is.EqualTo(Bytes(second.Value.Model)));
        Assert.That(first.Value.Scores.Learned(30, 1), Is.NaN, "the row has no number");
        Assert.That(float.IsNaN(first.Value.Scores.Learned(30, 0)), Is.EqualTo(kind is not (LossWeightingKind.InstanceLevel or LossWeightingKind.DataParameters)));
    }

    [Test]
    public void Learned_DataParameters_RanksWrongLabels()
    {
        var (features, classes, numbers) = TestTables.Make(800, 3);
        var wrong = new LabelCorruption { Kind = LabelCorruptionKind.UniformFlip, Fraction = 0.2, Seed = 5 }.CorruptClasses(classes, 3);
        var table = new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, table, null, new TrainingOptions { Epochs = 30, Weighting = LossWeightingKind.DataParameters }));

        Assert.That(DetectionMetrics.RocAuc(result.Value.Scores.LearnedColumn(0), wrong), Is.GreaterThan(0.9));
        Assert.That(DetectionMetrics.RocAuc(result.Value.Scores.NoiseScores(0), wrong), Is.GreaterThan(0.9));
        Assert.That(result.Value.Scores.LogVariance(0, 0), Is.NaN, "a temperature is no log-variance");
        Assert.That(result.Value.Model.Evaluate(TestTables.Table(300, 4))[0].Accuracy, Is.GreaterThan(0.85));
    }

    [Test]
    public void CustomWeighting_OfTheBuiltInOne_GivesTheSameBits()
    {
        WeightingContext? seen = null;
        using var builtIn = Train(OneStep with { Epochs = 3, Weighting = LossWeightingKind.GeometricLoss });
        using var own = Train(OneStep with { Epochs = 3, CustomWeighting = new("own", run => { seen = run; return new GeometricLoss(); }) });

        Assert.That(Bytes(own.Value.Model), Is.EqualTo(Bytes(builtIn.Value.Model)));
        Assert.That((seen!.Rows, seen.Epochs, seen.Tasks[0].ClassCount, seen.Tasks[1].ClassCount, seen.Tasks[0].HasLogits), Is.EqualTo((40, 3, 3, 0, true)));
    }

    [Test]
    public void WeightingOptions_ChangeTheRun()
    {
        using var usual = Train(OneStep with { Epochs = 6, Weighting = LossWeightingKind.GradientNormalization });
        using var other = Train(OneStep with { Epochs = 6, Weighting = LossWeightingKind.GradientNormalization, WeightingOptions = new GradientNormalizationOptions { StepSize = 0.2 } });
        using var old = Train(OneStep with { Epochs = 6, Weighting = LossWeightingKind.DynamicWeightAverage, DwaTemperature = 0.5 });
        using var same = Train(OneStep with { Epochs = 6, Weighting = LossWeightingKind.DynamicWeightAverage, WeightingOptions = new DynamicWeightAverageOptions { Temperature = 0.5 } });

        Assert.That(Bytes(other.Value.Model), Is.Not.EqualTo(Bytes(usual.Value.Model)));
        Assert.That(Bytes(same.Value.Model), Is.EqualTo(Bytes(old.Value.Model)));
    }

    [Test]
    public void Validate_OptionsThatDoNotFit_AreRefused()
    {
        Refused("WeightingOptions must be null, or those of Weighting, Equal, found those of FastAdaptive", new() { Weighting = LossWeightingKind.Equal, WeightingOptions = new FastAdaptiveOptions() });
        Refused("Mu must be a finite number above 0; found 0", new() { Weighting = LossWeightingKind.SmoothTchebycheff, WeightingOptions = new SmoothTchebycheffOptions { Mu = 0 } });
        Refused("DwaTemperature must be left at its default", new() { Weighting = LossWeightingKind.DynamicWeightAverage, DwaTemperature = 1, WeightingOptions = new DynamicWeightAverageOptions() });
        Refused("Weighting must be left at its default beside CustomWeighting", new() { Weighting = LossWeightingKind.Equal, CustomWeighting = new("x", _ => new EqualWeighting()) });
        Refused("CustomWeighting must be a weighting with a name", new() { CustomWeighting = new(" ", _ => new EqualWeighting()) });
        Assert.That(() => Train(OneStep with { CustomWeighting = new("x", _ => null!) }), Throws.ArgumentException.With.Message.Contains("'x' gave no weighting"));

        static void Refused(string expected, TrainingOptions options) => Assert.That(options.Validate, Throws.ArgumentException.With.Message.Contains(expected));
    }

    private static Disposing Train(TrainingOptions options) => new(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, options));

    private static (float[] Losses, float[] Gradients) Tempered(string kind, float temperature)
    {
        var probe = new TemperatureProbe(temperature);
        var (tasks, train, _, options) = Checkpoints.Runs.Of(kind);
        options = options with { Epochs = 1, BatchSize = 64, CustomWeighting = new("probe", _ => probe) };
        using var result = new Disposing(MultiTaskTraining.Train(tasks, train, null, options));
        return (probe.Losses, probe.Gradients);
    }

    private static byte[] Bytes(MultiTaskModel model)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) NetworkState.Save(model.Network, writer);
        return stream.ToArray();
    }

    private abstract class Probe : ILossWeighting
    {
        private readonly EqualWeighting equal = new();

        public string Name => "probe";

        public double Objective(in LossBatch batch) => equal.Objective(batch);

        public virtual void Weigh(in LossBatch batch, Span<float> weights) => equal.Weigh(batch, weights);

        public void Save(BinaryWriter writer)
        {
        }

        public void Restore(BinaryReader reader)
        {
        }
    }

    private sealed class TemperatureProbe(float temperature) : Probe, ITemperatureWeighting
    {
        public float[] Losses { get; private set; } = [];

        public float[] Gradients { get; private set; } = [];

        public override void Weigh(in LossBatch batch, Span<float> weights)
        {
            Losses = batch.Losses.ToArray();
            base.Weigh(batch, weights);
        }

        public void Temper(ReadOnlySpan<int> rows, Span<float> temperatures) => temperatures.Fill(temperature);

        public void LearnTemperatures(in LossBatch batch, ReadOnlySpan<float> gradients)
        {
            Assert.That(batch.Losses.ToArray(), Is.EqualTo(Losses));
            Gradients = gradients.ToArray();
        }
    }

    private sealed class AfterStepProbe : Probe, IAfterStepWeighting
    {
        public int Steps { get; private set; }

        public int Falls { get; private set; }

        public double LargestChange { get; private set; }

        public void LearnAfterStep(in LossBatch before, in LossBatch after)
        {
            var (fell, change) = (0.0, 0.0);
            for (var at = 0; at < before.Losses.Length; at++)
            {
                Assert.That(float.IsNaN(after.Losses[at]), Is.EqualTo(float.IsNaN(before.Losses[at])));
                if (float.IsNaN(before.Losses[at])) continue;
                fell += before.Losses[at] - after.Losses[at];
                change = Math.Max(change, Math.Abs(before.Losses[at] - after.Losses[at]));
            }
            Steps++;
            if (fell > 0) Falls++;
            LargestChange = Math.Max(LargestChange, change);
        }
    }

    private sealed class GradientProbe : Probe, ITrunkGradientWeighting
    {
        public List<int> Sizes { get; } = [];

        public List<double> Norms { get; } = [];

        public void Observe(in LossBatch batch, ReadOnlySpan<float> gradients)
        {
            var size = gradients.Length / batch.TaskCount;
            Sizes.Add(size);
            for (var k = 0; k < batch.TaskCount; k++)
                if (batch.Mean(k, out var labelled) >= 0 && labelled > 0) Norms.Add(Math.Sqrt(gradients.Slice(k * size, size).ToArray().Sum(g => (double)g * g)));
        }
    }
}
