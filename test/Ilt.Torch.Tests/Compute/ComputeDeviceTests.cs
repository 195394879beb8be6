using Ilt.Torch.Tests.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

/// <summary>What a training moves to its device and back, seen by devices that are none: there is no GPU where this is developed.</summary>
public class ComputeDeviceTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 2, BatchSize = 8, LearningRate = 1e-3, WeightDecay = 0.1 };

    [Test]
    public void Move_OnTheCpu_IsTheTensorItself()
    {
        using var scope = NewDisposeScope();
        var numbers = Tensors.From([1f, 2f], 2);
        var batch = new Batch(numbers, [new BatchTarget(numbers)], [true]);
        Assert.That(ComputeDevice.Cpu.Move(numbers), Is.SameAs(numbers));
        Assert.That(ComputeDevice.Cpu.Move(batch), Is.EqualTo(batch));
        Assert.That(numbers.Beside(numbers), Is.SameAs(numbers));
    }

    [Test]
    public void Read_AnyOrderAndType_IsRowMajor()
    {
        using var scope = NewDisposeScope();
        var numbers = Tensors.From([1f, 2f, 3f, 4f, 5f, 6f], 2, 3);
        Assert.That(Tensors.ToArray(numbers.permute(1, 0)), Is.EqualTo(new float[] { 1, 4, 2, 5, 3, 6 }));
        Assert.That(Tensors.ToArray(Tensors.From([7L, -2L], 2)), Is.EqualTo(new float[] { 7, -2 }));
        Assert.That(Tensors.ToArray(numbers.to_type(ScalarType.BFloat16)), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
    }

    [Test]
    public void Go_Table_MovesTheBatchesAndNothingElse()
    {
        const int Rows = 20, Features = 4, Classes = 3;
        var device = new CountingDevice();
        var counted = Run(TestTables.ClassAndNumber, TestTables.Table(Rows, 1), new MlpDefinition([6], 0.3), device);
        Assert.That(device.Modules, Is.EqualTo(1), "the network moves once");
        // Per step up: inputs [B, D], classes [B, 1], numbers [B, 1], weights [B, K]; down: losses [B, K], the logits that margins come from [B, C].
        int[] sizes = [8, 8, 4, 8, 8, 4];
        Assert.That(device.Up, Is.EqualTo(sizes.SelectMany(b => new long[] { b * Features, b, b, b * 2 })));
        Assert.That(device.Down, Is.EqualTo(sizes.SelectMany(b => new long[] { b * 2, b * Classes })));
        Assert.That(counted, Is.EqualTo(Run(TestTables.ClassAndNumber, TestTables.Table(Rows, 1), new MlpDefinition([6], 0.3), ComputeDevice.Cpu)), "moving changes nothing");
    }

    [Test]
    public void Go_Images_MovesTheBatchesAndNothingElse()
    {
        const int Rows = 16, Pixels = TestImages.Side * TestImages.Side;
        var device = new CountingDevice();
        var counted = Run(TestImages.AllKinds, TestImages.Make(Rows, 1), TestImages.Quick.Network!, device);
        Assert.That(device.Modules, Is.EqualTo(1));
        // Up: pixels, mask and shares, map and shares, classes, numbers, weights; down: losses, logits of the one task with classes per row.
        Assert.That(device.Up, Is.EqualTo(Enumerable.Repeat(new long[] { 8 * 3 * Pixels, 8 * Pixels, 8 * Pixels, 8 * Pixels, 8 * Pixels, 8, 8, 8 * 4 }, 4).SelectMany(step => step)));
        Assert.That(device.Down, Is.EqualTo(Enumerable.Repeat(new long[] { 8 * 4, 8 * 2 }, 4).SelectMany(step => step)));
        Assert.That(counted, Is.EqualTo(Run(TestImages.AllKinds, TestImages.Make(Rows, 1), TestImages.Quick.Network!, ComputeDevice.Cpu)));
    }

    // ReLU, convolution and the norm of the gradient have no meta kernels, so the network is linear and nothing is clipped: the rest of the step is whole.
    [Test]
    public void Go_OnMeta_MixesNoTensorOfTheHostIn()
    {
        using var trained = Trained(TestTables.ClassAndNumber, TestTables.Table(20, 1), new MlpDefinition([], 0.3), new MetaDevice());
        Assert.That(trained.Value.Model.Network.parameters().Select(p => p.device_type), Has.All.EqualTo(DeviceType.META));
        Assert.That(trained.Value.History, Has.Count.EqualTo(2));
    }

    [Test]
    public void Go_DerivedTasksOnMeta_MixNoTensorOfTheHostIn()
    {
        var (tasks, data) = Derived();
        using var trained = Trained(tasks, data, new MlpDefinition([]), new MetaDevice());
        Assert.That(trained.Value.History, Has.Count.EqualTo(2));
    }

    // A class, a number on each scale, and what is computed from the numbers. Derived from classes, rotations and bodies ask for kernels that meta lacks.
    private static (IReadOnlyList<TaskDefinition>, TrainingData) Derived()
    {
        var (features, classes, numbers) = TestTables.Make(16, 1, 3);
        var (kind, size, place) = (new ClassificationTask("kind", 3), new RegressionTask("size"), new RegressionTask("place", 3) { Scale = TargetScale.Common });
        var all = new DerivedTask("all", TaskDerivation.FromFunction("all", _ => 3, values => values[0].mul(values[1])), size, place);
        ClassLabels kinds = new(classes);
        NumberLabels sizes = new(numbers), places = new(features, 3);
        return ([kind, size, place, all], new TableData(features, 3, [kinds, sizes, places, new DerivedLabels(sizes, places)]));
    }

    private static string Run(IReadOnlyList<TaskDefinition> tasks, TrainingData data, NetworkDefinition network, ComputeDevice device)
    {
        using var result = Trained(tasks, data, network, device);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream)) NetworkState.Save(result.Value.Model.Network, writer);
        return Convert.ToHexString(stream.ToArray()) + string.Join(" ", tasks.SelectMany((_, k) => result.Value.Scores.NoiseScores(k)).Select(score => score.ToString("R")));
    }

    private static Disposing Trained(IReadOnlyList<TaskDefinition> tasks, TrainingData data, NetworkDefinition network, ComputeDevice device)
    {
        LibTorch.Load();
        var filled = TrainingDefaults.Fill(Options with { Network = network, GradientClipNorm = device is MetaDevice ? null : 1 }, data.RowCount, data.Input, tasks);
        var checkpoints = Torch.Checkpoints.Open(OneReplica.Instance, null, () => throw new InvalidOperationException("no checkpoints"), null);
        return new Disposing(TrainingRun.Go(new(tasks, data, null, filled) { Compute = device }, checkpoints, default));
    }
}
