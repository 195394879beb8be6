using Ilt.Corruption;
using Ilt.Detection;
using Ilt.Torch.Tests.Bodies;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

/// <summary>Counts under the loss of a Poisson distribution.</summary>
public class CountTaskTests
{
    private static readonly CountTask Task = new("visits");
    private static readonly NumberLabels Few = new([0, 1, 3, 4, 2, 0, 7, 5, float.NaN, 2, 3, 1]);

    [Test]
    public void RowLoss_AnyOutput_IsTheScalarTwin()
    {
        var scale = Task.FitScale(Few);
        float[] outputs = [0, 0.4f, -1.3f, 2, -4, 0.01f, 1.1f, -0.2f, 0, 3, -60, 60];
        using var scope = NewDisposeScope();
        var losses = Losses(Few, scale, Tensors.From(outputs, 12, 1)).data<float>().ToArray();
        for (var row = 0; row < losses.Length; row++)
        {
            if (!Few.IsLabelled(row)) continue;
            double y = Few[row][0], deviation = Math.Min(1, Math.Sqrt(scale.Dispersion / scale.Mean));
            var mu = scale.Mean * Math.Exp(Math.Clamp(deviation * outputs[row], -10, Math.Log(scale.Highest / scale.Mean)));
            var expected = (mu - y + (y > 0 ? y * Math.Log(y / mu) : 0)) / scale.Dispersion;
            Assert.That(losses[row], Is.EqualTo(expected).Within(1e-3).Percent.Or.EqualTo(expected).Within(1e-6), $"row {row}");
            Assert.That(losses[row], Is.Not.Negative);
        }
        Assert.That(losses, Has.All.Matches<float>(float.IsFinite), "the row without a label too");
    }

    [Test]
    public void RowLoss_Gradient_IsThatOfDifferences()
    {
        var scale = Task.FitScale(Few);
        double[] outputs = [0, 0.4, -1.3, 1, -4, 0.3, 1.1, -0.2, 0.1, 0.7, -2, 0.5];
        double[] counts = [0, 1, 3, 4, 2, 0, 7, 5, 0, 2, 3, 1];
        using var scope = NewDisposeScope();
        BatchTarget target = new(tensor(counts, [12, 1])) { Scale = scale };
        FiniteDifferences.Check(x => Task.RowLoss(x, target), outputs, [12, 1]);
        FiniteDifferences.Check(x => Task.SourceValue(x, scale), outputs, [12, 1]);
    }

    [Test]
    public void RowLoss_BeyondTheLimits_IsThatAtTheLimitAndPullsBack()
    {
        var scale = Task.FitScale(Few);
        using var scope = NewDisposeScope();
        BatchTarget target = new(tensor(new[] { 0.0, 5.0 }, [2, 1])) { Scale = scale };
        double[] far = [1e3, -1e3];
        var losses = Task.RowLoss(tensor(far, [2, 1]), target).data<double>().ToArray();
        Assert.That(losses[0], Is.EqualTo(scale.Highest / scale.Dispersion).Within(1e-6).Percent);
        Assert.That(losses[1], Is.EqualTo(PoissonDeviance.Half(5, scale.Mean * Math.Exp(-10)) / scale.Dispersion).Within(1e-6).Percent);
        var input = tensor(far, [2, 1], null, null, true);
        Task.RowLoss(input, target).sum().backward();
        var gradient = input.grad!.data<double>().ToArray();
        Assert.That((gradient[0] > 0, gradient[1] < 0), Is.EqualTo((true, true)));
    }

    [TestCase(0f, 1f), TestCase(1f, 20f), TestCase(999_000f, 1_000_000f)]
    public void RowLoss_CountsAroundAny_HaveOneSize(float low, float high)
    {
        var random = new Random(4);
        var labels = new NumberLabels([.. Enumerable.Range(0, 500).Select(_ => (float)Math.Round(low + ((high - low) * random.NextDouble())))]);
        var scale = Task.FitScale(labels);
        using var scope = NewDisposeScope();
        var losses = Losses(labels, scale, zeros(500, 1)).data<float>().Order().ToArray();
        Assert.That(losses[250], Is.EqualTo(Task.ReferenceLoss(labels, scale)).Within(1).Percent.And.EqualTo(1).Within(1).Percent);
        var exact = Tensors.From(scale.Standardised(labels.Values.ToArray()), 500, 1);
        Assert.That(Losses(labels, scale, exact).data<float>().Max(), Is.InRange(0, 1e-3), "0 where the prediction is the label");
    }

    [Test]
    public void FitScale_MostlyTheMean_FallsBackToTheMeanLoss()
    {
        var labels = new NumberLabels([.. Enumerable.Range(0, 100).Select(row => row switch { 0 => 4f, 1 => 6f, _ => 5f })]);
        var scale = Task.FitScale(labels);
        Assert.That(scale.Dispersion, Is.EqualTo((PoissonDeviance.Half(4, 5) + PoissonDeviance.Half(6, 5)) / 100).Within(1e-4).Percent);
        Assert.That(Task.ReferenceLoss(labels, scale), Is.EqualTo(1).Within(1e-4).Percent);
    }

    [Test]
    public void FitScale_ErrorsOfUnit_HardlyMoveIt()
    {
        var (_, counts) = Visits(400, 1);
        var clean = Task.FitScale(new NumberLabels((float[])counts.Clone()));
        var highest = counts.Max();
        for (var row = 0; row < 400; row += 50) counts[row] = (counts[row] + 1) * 1000;
        var labels = new NumberLabels(counts);
        var scale = Task.FitScale(labels);
        Assert.Multiple(() =>
        {
            Assert.That(clean.Highest, Is.EqualTo(highest), "right counts are learned as they are");
            Assert.That(scale.Highest, Is.LessThan(500));
            Assert.That(scale.Mean, Is.EqualTo(clean.Mean).Within(5).Percent);
            Assert.That(scale.Dispersion, Is.EqualTo(clean.Dispersion).Within(5).Percent);
        });
    }

    [Test]
    public void Restore_ArraysAndTensors_AgreeAndStayWithinTheLimits()
    {
        var scale = Task.FitScale(Few);
        float[] outputs = [0, 0.7f, -1.2f, 90, -90];
        using var scope = NewDisposeScope();
        var tensors = scale.Restore(Tensors.From(outputs, 5, 1)).data<float>().ToArray();
        scale.Restore(outputs);
        Assert.That(outputs, Is.EqualTo(tensors).Within(1e-4).Percent);
        Assert.That((outputs[0], outputs[3]), Is.EqualTo(((float)scale.Mean, 7f)), "no more than the highest label");
        Assert.That(outputs[4], Is.EqualTo(scale.Mean / 22026.5).Within(0.01).Percent);
    }

    [TestCase(-1f, "is -1"), TestCase(1.5f, "is 1.5"), TestCase(float.PositiveInfinity, "is infinite")]
    public void Train_NoCount_IsRefusedByRowAndValue(float label, string expected)
    {
        var (features, counts) = Visits(20, 1);
        counts[2] = label;
        var error = Assert.Throws<ArgumentException>(() => MultiTaskTraining.Train([Task], new TableData(features, 3, [new NumberLabels(counts)]), null, new TrainingOptions { Epochs = 1 }))!;
        Assert.That(error.Message, Does.StartWith($"Task 'visits', data row 3: the label {expected}").And.Contain(label > 2 ? "Mend it" : "make the task a RegressionTask"));
    }

    [Test]
    public void Train_OtherLabels_AreRefused()
    {
        var classes = new TableData(new float[12], 3, [new ClassLabels([0, 1, 0, 1])]);
        Assert.That(() => MultiTaskTraining.Train([Task], classes, null, new TrainingOptions { Epochs = 1 }), Throws.ArgumentException.With.Message.EqualTo(
            "Task 'visits' is a count; it needs number labels, found class labels."));
        var pairs = new TableData(new float[12], 3, [new NumberLabels(new float[8], 2)]);
        Assert.That(() => MultiTaskTraining.Train([Task], pairs, null, new TrainingOptions { Epochs = 1 }), Throws.ArgumentException.With.Message.Contains("has 1 dimension(s); its labels have 2"));
        var constant = new TableData(new float[12], 3, [new NumberLabels([2, 2, 2, 2])]);
        Assert.That(() => MultiTaskTraining.Train([Task], constant, null, new TrainingOptions { Epochs = 1 }), Throws.ArgumentException.With.Message.Contains("constant (2)"));
        Assert.That(() => (Task with { TargetClip = 0 }).Validate(), Throws.ArgumentException.With.Message.Contains("TargetClip must be positive, found 0"));
    }

    [Test]
    public void Train_WrongCountsAndMissingOnes_RanksTheWrongFirst()
    {
        var (features, counts) = Visits(800, 1);
        var wrong = new LabelCorruption { Kind = LabelCorruptionKind.Swap, Fraction = 0.2, Seed = 3 }.CorruptNumbers(counts, 1);
        for (var row = 0; row < 800; row += 9) counts[row] = float.NaN;
        counts[4] = 1e12f; // whole, and absurd
        wrong[4] = true;
        using var result = new Disposing(MultiTaskTraining.Train([Task], new TableData(features, 3, [new NumberLabels(counts)]), null, new TrainingOptions { Epochs = 40 }));
        var scores = result.Value.Scores.NoiseScores(0);
        int[] labelled = [.. Enumerable.Range(0, 800).Where(row => row % 9 != 0)];
        var (unseen, right) = Visits(400, 2);
        var data = new TableData(unseen, 3, [new NumberLabels(right)]);
        var metrics = result.Value.Model.Evaluate(data)[0];
        var predicted = result.Value.Model.Predict(unseen)[0];
        Assert.Multiple(() =>
        {
            Assert.That(Enumerable.Range(0, 800).Where(row => float.IsNaN(scores[row])), Is.EqualTo(Enumerable.Range(0, 800).Except(labelled)));
            Assert.That(DetectionMetrics.RocAuc([.. labelled.Select(row => scores[row])], [.. labelled.Select(row => wrong[row])]), Is.GreaterThan(0.75), "many swap with a row of about their count");
            Assert.That(scores[4], Is.EqualTo(labelled.Max(row => scores[row])));
            Assert.That(metrics.RootMeanSquaredError, Is.LessThan(0.8 * Deviation(right)));
            Assert.That(metrics.MeanAbsoluteError, Is.EqualTo(predicted.Zip(right, (p, y) => Math.Abs(p - y)).Average()).Within(1e-3));
            Assert.That(metrics["meanPoissonDeviance"], Is.EqualTo(predicted.Zip(right, (p, y) => 2 * (p - y + (y > 0 ? y * Math.Log(y / p) : 0))).Average()).Within(1e-3));
            Assert.That(metrics.Loss, Is.EqualTo(result.Value.Model.Losses(data)[0].Average()).Within(1e-4).And.LessThan(1), "a constant prediction has 1 or more");
            Assert.That(metrics.Metrics.Select(metric => metric.Caption), Is.EqualTo(new[] { "mean absolute error", "root mean squared error", "mean Poisson deviance" }));
            Assert.That(result.Value.Warnings, Is.Empty);
        });
    }

    [Test]
    public void SaveAndLoad_Model_PredictsTheSame()
    {
        var (features, counts) = Visits(60, 1);
        var task = Task with { TargetClip = 5, LossScale = 2 };
        using var result = new Disposing(MultiTaskTraining.Train([task], new TableData(features, 3, [new NumberLabels(counts)]), null, new TrainingOptions { Epochs = 2 }));
        using var stream = new MemoryStream();
        result.Value.Model.Save(new BinaryWriter(stream));
        stream.Position = 0;
        using var loaded = MultiTaskModel.Load(new BinaryReader(stream));
        var data = new TableData(features, 3, [new NumberLabels(counts)]);
        Assert.That(loaded.Tasks, Is.EqualTo(new TaskDefinition[] { task }));
        Assert.That(loaded.Predict(features)[0], Is.EqualTo(result.Value.Model.Predict(features)[0]));
        Assert.That(loaded.Losses(data)[0], Is.EqualTo(result.Value.Model.Losses(data)[0]));
    }

    [Test]
    public void Train_DerivedFromACount_ComputesWithTheExpectedCount()
    {
        var (features, counts) = Visits(60, 1);
        var labels = new NumberLabels(counts);
        TaskDefinition[] tasks = [Task, new DerivedTask("same", TaskDerivation.FromFunction("same", _ => 1, values => values[0]), Task)];
        using var result = new Disposing(MultiTaskTraining.Train(tasks, new TableData(features, 3, [labels, new DerivedLabels(labels)]), null, new TrainingOptions { Epochs = 2 }));
        var predicted = result.Value.Model.Predict(features);
        Assert.That(predicted[1], Is.EqualTo(predicted[0]).Within(1e-3).Percent);
    }

    private static Tensor Losses(NumberLabels labels, CountScaling scale, Tensor outputs)
    {
        var buffer = Task.CreateTargets(labels, scale, labels.Count, default);
        for (var row = 0; row < labels.Count; row++)
            Assert.That(buffer.Write(row, row, null), Is.EqualTo(labels.IsLabelled(row)));
        return Task.RowLoss(outputs, buffer.ToTensors());
    }

    // Poisson distributed about exp(1.2 + x0 - 0.7 x1); x2 says nothing.
    private static (float[] Features, float[] Counts) Visits(int rows, int seed)
    {
        var random = new Random(seed);
        var features = new float[rows * 3];
        var counts = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            for (var d = 0; d < 3; d++) features[(row * 3) + d] = (float)TestTables.Normal(random);
            var (limit, product) = (Math.Exp(-Math.Exp(1.2 + features[row * 3] - (0.7 * features[(row * 3) + 1]))), random.NextDouble());
            for (; product > limit; product *= random.NextDouble()) counts[row]++;
        }
        return (features, counts);
    }

    private static double Deviation(float[] values) => Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));
}
