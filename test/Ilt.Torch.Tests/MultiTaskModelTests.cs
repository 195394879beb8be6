using System.Text;
using Ilt.Imaging;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

public class MultiTaskModelTests
{
    private static readonly TaskDefinition[] Tasks = [new ClassificationTask("class", 3) { LossScale = 0.5 }, new RegressionTask("number") { TargetClip = 5 }];

    [Test]
    public void SaveAndLoad_TrainedModel_PredictsTheSame()
    {
        using var model = Train();
        using var loaded = Load(Save(model));
        var (features, _, _) = TestTables.Make(20, 5);
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Tasks, Is.EqualTo(model.Tasks));
            Assert.That(loaded.Predict(features)[0], Is.EqualTo(model.Predict(features)[0]));
            Assert.That(loaded.Predict(features)[1], Is.EqualTo(model.Predict(features)[1]));
        });
    }

    [Test]
    public void Load_NewerVersion_SaysToUpdate()
    {
        using var model = Train();
        var bytes = Save(model);
        bytes[0] = 99;
        Assert.That(() => Load(bytes), Throws.TypeOf<FormatException>().With.Message.Contains("version 99").And.Message.Contains("Update"));
    }

    [Test]
    public void Predict_ManyRows_EqualsRowByRow()
    {
        using var model = Train();
        var (features, _, _) = TestTables.Make(5000, 5);
        var all = model.Predict(features);
        for (var row = 0; row < 5000; row += 499)
        {
            var one = model.Predict(features.AsSpan(row * 4, 4));
            Assert.That(one[0], Is.EqualTo(all[0].AsSpan(row * 3, 3).ToArray()).Within(1e-5));
            Assert.That(one[1][0], Is.EqualTo(all[1][row]).Within(1e-3));
        }
    }

    [Test]
    public void Predict_Classification_GivesProbabilities()
    {
        using var model = Train();
        var (features, _, _) = TestTables.Make(10, 5);
        var probabilities = model.Predict(features)[0];
        for (var row = 0; row < 10; row++) Assert.That(probabilities.Skip(row * 3).Take(3).Sum(), Is.EqualTo(1).Within(1e-5));
    }

    [Test]
    public void Predict_SeveralThreads_AgreesWithOne()
    {
        using var model = Train();
        var (features, _, _) = TestTables.Make(50, 5);
        var expected = model.Predict(features)[1];
        var results = Enumerable.Range(0, 8).AsParallel().Select(_ => model.Predict(features)[1]).ToArray();
        Assert.That(results, Has.All.EqualTo(expected));
    }

    [Test]
    public void Evaluate_AgainstPlainLoop_Agrees()
    {
        using var model = Train();
        var (features, classes, numbers) = TestTables.Make(50, 6);
        classes[3] = -1;
        numbers[4] = float.NaN;
        var metrics = model.Evaluate(new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]));
        var predicted = model.Predict(features);
        var right = 0;
        var (absolute, squared, logLoss) = (0.0, 0.0, 0.0);
        for (var row = 0; row < 50; row++)
        {
            var p = predicted[0].Skip(row * 3).Take(3).ToArray();
            if (classes[row] >= 0 && p[classes[row]] == p.Max()) right++;
            if (classes[row] >= 0) logLoss -= Math.Log(p[classes[row]]);
            if (float.IsNaN(numbers[row])) continue;
            absolute += Math.Abs(predicted[1][row] - numbers[row]);
            squared += Math.Pow(predicted[1][row] - numbers[row], 2);
        }
        Assert.Multiple(() =>
        {
            Assert.That(metrics[0].Accuracy, Is.EqualTo(right / 49.0).Within(1e-12));
            Assert.That(metrics[0].LogLoss, Is.EqualTo(logLoss / 49).Within(1e-6));
            Assert.That(metrics[0].Loss, Is.EqualTo(0.5 * logLoss / 49).Within(1e-6));
            Assert.That(metrics[1].MeanAbsoluteError, Is.EqualTo(absolute / 49).Within(1e-3));
            Assert.That(metrics[1].RootMeanSquaredError, Is.EqualTo(Math.Sqrt(squared / 49)).Within(1e-3));
            Assert.That(metrics[1].Count, Is.EqualTo(49));
        });
    }

    [Test]
    public void Losses_OfEveryRow_AverageToTheMetrics()
    {
        using var model = Train();
        var (features, classes, numbers) = TestTables.Make(50, 6);
        classes[3] = -1;
        numbers[4] = float.NaN;
        var table = new TableData(features, 4, [new ClassLabels(classes), new NumberLabels(numbers)]);
        var losses = model.Losses(table);
        var metrics = model.Evaluate(table);
        Assert.Multiple(() =>
        {
            Assert.That(losses[0][3], Is.NaN);
            Assert.That(losses[1][4], Is.NaN);
            Assert.That(losses[0].Where(l => !float.IsNaN(l)).Average(), Is.EqualTo(metrics[0].Loss).Within(1e-5));
            Assert.That(losses[1].Where(l => !float.IsNaN(l)).Average(), Is.EqualTo(metrics[1].Loss).Within(1e-5));
            Assert.That(losses[0][0], Is.EqualTo(-0.5 * Math.Log(model.Predict(features)[0][classes[0]])).Within(1e-5), "the loss scale of this task is 0.5");
        });
    }

    [Test]
    public void Predict_WrongFeatureCount_IsRefused()
    {
        using var model = Train();
        Assert.That(() => model.Predict(new float[5]), Throws.ArgumentException.With.Message.Contains("4 features"));
    }

    [Test]
    public void Evaluate_WrongFeatureCount_IsRefused()
    {
        using var model = Train();
        var table = new TableData(new float[8], 8, [new ClassLabels([0]), new NumberLabels([1])]);
        Assert.That(() => model.Evaluate(table), Throws.ArgumentException.With.Message.Contains("8 features"));
    }

    [Test]
    public void Save_TaskOfAnUnknownKind_IsRefused()
    {
        using var model = new MultiTaskModel([new UnknownTask()], new MlpDefinition([]), new InputShape(4, 0, 0), null, [null], seed: 1);
        Assert.That(() => Save(model), Throws.InvalidOperationException.With.Message.Contains("'u' is a UnknownTask"));
    }

    private sealed record UnknownTask() : TaskDefinition("u")
    {
        public override int Channels => 1;

        public override double Coefficient => 1;

        internal override (string Kind, string Labels) InWords => throw new NotSupportedException();

        internal override double ReferenceLoss(TaskLabels labels, TargetScaling? scale) => throw new NotSupportedException();

        internal override TargetBuffer CreateTargets(TaskLabels labels, TargetScaling? scale, int rows, ImageSize size) => throw new NotSupportedException();

        internal override Tensor RowLoss(Tensor output, BatchTarget target) => throw new NotSupportedException();

        internal override TaskEvaluator CreateEvaluator(MultiTaskModel model, int index, TaskLabels labels) => throw new NotSupportedException();
    }

    private static MultiTaskModel Train() =>
        MultiTaskTraining.Train(Tasks, TestTables.Table(60, 1), null, new TrainingOptions { Epochs = 3, HiddenUnits = [8, 6], BatchSize = 16 }).Model;

    private static byte[] Save(MultiTaskModel model)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true)) model.Save(writer);
        return stream.ToArray();
    }

    private static MultiTaskModel Load(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return MultiTaskModel.Load(reader);
    }
}
