using Ilt.Bodies;

namespace Ilt.Torch.Tests;

/// <summary>Trainings while another thread collects garbage all the time, and side by side: nothing fails, and the results are those of a quiet run.</summary>
public class StressTests
{
    private static readonly string[] Kinds = ["table", "residual", "unet", "body", "derived"];

    [Test]
    public void Train_GarbageCollectedAllTheTime_IsAQuietRunBitForBit([ValueSource(nameof(Kinds))] string kind) => Compare(kind, 60);

    [Test, Explicit("takes long: 100,000 steps in all")]
    public void Train_TwentyThousandSteps_IsAQuietRunBitForBit([ValueSource(nameof(Kinds))] string kind) => Compare(kind, 20_000);

    [Test]
    public void Train_TwoSideBySide_IsOneAfterAnother()
    {
        var expected = new[] { 1, 2 }.Select(seed => Run("table", 100, seed)).ToArray();
        var found = Task.WhenAll(new[] { 1, 2 }.Select(seed => Task.Factory.StartNew(() => Run("table", 100, seed), TaskCreationOptions.LongRunning))).Result;
        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public void Train_AnotherNumberOfThreadsBesideOne_IsRefused()
    {
        var options = new TrainingOptions { Epochs = 1, HiddenUnits = [8], Threads = 1 };
        var inner = options with { Threads = 2 };
        var outer = options with { OnEpoch = _ => Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), inner) };
        Assert.That(() => Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), outer),
            Throws.InvalidOperationException.With.Message.Contains("Threads = 2").And.Message.Contains("Set it to 1"));
    }

    private static void Compare(string kind, int steps)
    {
        var expected = Run(kind, steps, 1);
        using var stop = new CancellationTokenSource();
        var collector = Task.Factory.StartNew(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }, TaskCreationOptions.LongRunning);
        try
        {
            Assert.That(Run(kind, steps, 1), Is.EqualTo(expected));
        }
        finally
        {
            stop.Cancel();
            collector.Wait();
        }
    }

    private static float[] Run(string kind, int steps, int seed)
    {
        const int Rows = 32, Batch = 8;
        var options = new TrainingOptions { Epochs = steps * Batch / Rows, BatchSize = Batch, LearningRate = 1e-3, Seed = seed };
        var table = options with { HiddenUnits = [16], Dropout = 0.3 };
        switch (kind)
        {
            case "table":
                return Train(TestTables.ClassAndNumber, TestTables.Table(Rows, 1), table);
            case "residual":
                return Train([.. TestImages.AllKinds[2..]], Pairs(Rows), options with { Network = new ResidualCnnDefinition { Widths = [4, 8] } });
            case "unet":
                return Train(TestImages.AllKinds, TestImages.Make(Rows, 1), options with { Network = TestImages.Quick.Network });
            case "body":
                var body = TinyBody.Model();
                var (shape, pose) = (new RegressionTask("shape", TinyBody.Shapes) { Scale = TargetScale.Common }, new RegressionTask("pose", 6 * TinyBody.Joints) { Scale = TargetScale.Common, Loss = RegressionLoss.RotationMatrices });
                return Train([shape, pose, new DerivedTask("surface", new BodySurface(body), shape, pose)], People(Rows), table);
            default:
                var (width, height) = (new RegressionTask("width") { Scale = TargetScale.Common }, new RegressionTask("height"));
                var (features, _, numbers) = TestTables.Make(Rows, 1);
                NumberLabels first = new([.. features.Where((_, i) => i % 4 == 0)]), second = new(numbers);
                return Train([width, height, new DerivedTask("area", TaskDerivation.FromFunction("area", _ => 1, values => values[0].mul(values[1])), width, height)],
                    new TableData(features, 4, [first, second, new DerivedLabels(first, second)]), table);
        }
    }

    private static float[] Train(IReadOnlyList<TaskDefinition> tasks, TrainingData data, TrainingOptions options)
    {
        using var result = new Disposing(MultiTaskTraining.Train(tasks, data, null, options));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        NetworkState.Save(result.Value.Model.Network, writer);
        return [.. tasks.SelectMany((_, k) => result.Value.Scores.NoiseScores(k)), .. stream.ToArray().Select(value => (float)value)];
    }

    private static ImageData Pairs(int rows)
    {
        var all = TestImages.Make(rows, 1);
        return new ImageData(all.Images, TestImages.Size, 3, [all.Labels[2], all.Labels[3]]);
    }

    internal static TableData People(int rows)
    {
        var random = new Random(1);
        float[] features = [.. Enumerable.Range(0, rows * 3).Select(_ => (float)TestTables.Normal(random))];
        var poses = new float[rows * 6 * TinyBody.Joints];
        for (var row = 0; row < rows; row++)
        {
            var angles = new float[3 * TinyBody.Joints];
            (angles[4], angles[8]) = (features[row * 3], features[(row * 3) + 1]);
            Rotations.AxisAnglesToSix(angles).CopyTo(poses, row * 6 * TinyBody.Joints);
        }
        NumberLabels shape = new(features, 3), pose = new(poses, 6 * TinyBody.Joints);
        return new TableData(features, 3, [shape, pose, new DerivedLabels(shape, pose)]);
    }
}
