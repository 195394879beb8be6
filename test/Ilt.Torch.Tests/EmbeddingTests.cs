using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch.Tests;

public class EmbeddingTests
{
    private static readonly TaskDefinition[] TableTasks = [new ClassificationTask("class", 3), new RegressionTask("number")];

    [Test]
    public void Embed_OfATable_IsTheLastHiddenLayer()
    {
        var table = TestTables.Table(60, 1);
        using var model = MultiTaskTraining.Train(TableTasks, table, null, new TrainingOptions { Epochs = 2, HiddenUnits = [8, 6], Dropout = 0.3, BatchSize = 16 }).Model;
        var features = table.Features;
        var weights = model.Network.named_parameters().ToDictionary(p => p.name, p => p.parameter.data<float>().ToArray());
        var expected = new List<float>();
        for (var row = 0; row < 60; row++)
        {
            var hidden = Array.ConvertAll(features[(row * 4)..((row * 4) + 4)], x => (double)x);
            for (var layer = 0; layer < 2; layer++)
            {
                var (w, b, x) = (weights[$"trunk.{layer}.weight"], weights[$"trunk.{layer}.bias"], hidden);
                hidden = [.. b.Select((bias, unit) => Math.Max(0, bias + x.Select((value, i) => value * w[(unit * x.Length) + i]).Sum()))];
            }
            expected.AddRange(hidden.Select(h => (float)h));
        }
        Assert.That(model.Embed(table), Is.EqualTo(expected).Within(1e-4));
    }

    [Test]
    public void Embed_ManyRows_EqualsRowByRow()
    {
        using var model = MultiTaskTraining.Train(TableTasks, TestTables.Table(60, 1), null, new TrainingOptions { Epochs = 2, HiddenUnits = [8, 6], BatchSize = 16 }).Model;
        var table = TestTables.Table(5000, 2);
        Assert.That(model.RowsAtOnce, Is.LessThan(5000), "else there is one part only");
        var all = model.Embed(table)!;
        for (var row = 0; row < 5000; row += 499)
            Assert.That(model.Embed(table.Subset([row])), Is.EqualTo(all[(row * 6)..((row * 6) + 6)]).Within(1e-5));
    }

    private static IEnumerable<TestCaseData> ImageNetworks() =>
    [
        new TestCaseData(new ResidualCnnDefinition { Widths = [4, 6], PixelWidth = 5 }, 6 * 4).SetArgDisplayNames("residual"),
        new TestCaseData(new UNetDefinition { BaseWidth = 4, Depth = 1, BranchWidth = 8 }, 8 * 4).SetArgDisplayNames("unet"),
        new TestCaseData(CustomNetworkDefinition.FromBackbone("convolution", (input, _) => Conv2d(input.Channels, 7, 3)), 7).SetArgDisplayNames("backbone"),
        new TestCaseData(CustomNetworkDefinition.FromBackbone("vector", (input, _) => Sequential(Flatten(), Linear(input.Size, 9))), 9).SetArgDisplayNames("backbone to a vector"),
    ];

    // The outputs are computed from the embedding alone, so the last layers on it must give what the network predicts.
    [TestCaseSource(nameof(ImageNetworks))]
    public void Embed_OfImages_IsWhatTheTasksOfRowsSee(NetworkDefinition network, int size)
    {
        TaskDefinition[] tasks = [new ClassificationTask("half", 2), new RegressionTask("brightness")];
        var all = TestImages.Make(24, 3);
        var images = all.WithLabels([all.Labels[2], all.Labels[3]]);
        using var model = MultiTaskTraining.Train(tasks, images, null, TestImages.Quick with { Network = network }).Model;
        var embedding = model.Embed(images)!;
        Assert.That(embedding, Has.Length.EqualTo(24 * size));
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var inputs = new float[24 * images.Input.Size];
        images.ReadInputs(Enumerable.Range(0, 24).ToArray(), inputs);
        var expected = model.Predict(inputs)[0];
        var hidden = tensor(embedding, [24, size]);
        var layers = model.Network.named_modules().Where(m => m.name.Contains("tasks", StringComparison.Ordinal)).ToArray();
        var output = (Module<Tensor, Tensor>)layers.First(m => m.name is "tasks.0" or "tasks.outputs.0").module;
        var actual = functional.softmax(output.call(hidden), 1).data<float>().ToArray();
        Assert.That(actual, Is.EqualTo(expected).Within(1e-4));
    }

    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Embed_OfAnyNetworkForImages_IsOneVectorPerRowWhateverTheBatch(NetworkDefinition definition)
    {
        var input = new InputShape(1, 32, 32);
        using var network = definition.Create(input, SampleNetworks.Heads, 1);
        network.eval();
        using var scope = NewDisposeScope();
        var batch = SampleNetworks.Batch(3, input);
        var together = ((IEmbeddingNetwork)network).Embed(batch)!;
        Assert.That(together.shape, Has.Length.EqualTo(2));
        Assert.That(together.shape[0], Is.EqualTo(3));
        var alone = ((IEmbeddingNetwork)network).Embed(batch.narrow(0, 1, 1))!;
        var size = (int)together.shape[1];
        Assert.That(alone.data<float>().ToArray(), Is.EqualTo(together.data<float>().ToArray()[size..(2 * size)]).Within(1e-4));
    }

    [Test]
    public void Embed_OfHrNet_IsTheMeanOfTheRepresentation()
    {
        var input = new InputShape(1, 32, 32);
        using var network = new HrNetDefinition { Width = 4, StemWidth = 4, Blocks = 1, Modules = [1, 1, 1] }.Create(input, [new("number", 2)], 1);
        network.eval();
        using var scope = NewDisposeScope();
        var batch = SampleNetworks.Batch(3, input);
        var embedded = ((IEmbeddingNetwork)network).Embed(batch)!;
        var parameters = network.named_parameters().Where(p => p.name.StartsWith("tasks.0.outputs.", StringComparison.Ordinal)).ToDictionary(p => p.name.Split('.')[^1], p => p.parameter);
        var actual = functional.linear(embedded, parameters["weight"], parameters["bias"]).data<float>().ToArray();
        Assert.That(embedded.shape, Is.EqualTo(new long[] { 3, 60 }));
        Assert.That(actual, Is.EqualTo(network.call(batch)[0].data<float>().ToArray()).Within(1e-5));
    }

    [Test]
    public void Embed_WithoutATrunk_IsNull()
    {
        var table = TestTables.Table(20, 1);
        using var linear = MultiTaskTraining.Train(TableTasks, table, null, new TrainingOptions { Epochs = 1, Network = new MlpDefinition([]) }).Model;
        Assert.That(linear.Embed(table), Is.Null);
    }

    [Test]
    public void Embed_OfAWholeNetworkOfTheUsers_IsNull()
    {
        var table = TestTables.Table(20, 1);
        var custom = CustomNetworkDefinition.FromModule("whole", (input, heads, _) => new OneLayerEach(input.Channels, heads));
        using var model = MultiTaskTraining.Train(TableTasks, table, null, new TrainingOptions { Epochs = 1, Network = custom }).Model;
        Assert.That(model.Embed(table), Is.Null);
    }

    [Test]
    public void Embed_NoRows_IsEmpty_AndAnotherInputIsRefused()
    {
        var table = TestTables.Table(20, 1);
        using var model = MultiTaskTraining.Train(TableTasks, table, null, new TrainingOptions { Epochs = 1, HiddenUnits = [4] }).Model;
        Assert.That(model.Embed(table.Subset([])), Is.Empty);
        Assert.That(() => model.Embed(new TableData(new float[10], 5, [])), Throws.ArgumentException.With.Message.Contains("5 features"));
        Assert.That(() => model.Embed(table, new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class OneLayerEach : Module<Tensor, Dictionary<string, Tensor>>
    {
        private readonly IReadOnlyList<HeadSpec> heads;
        private readonly TorchSharp.Modules.ModuleList<Module<Tensor, Tensor>> layers = new();

        public OneLayerEach(int inputs, IReadOnlyList<HeadSpec> heads) : base(nameof(OneLayerEach))
        {
            this.heads = heads;
            foreach (var head in heads) layers.Add(Linear(inputs, head.Channels));
            RegisterComponents();
        }

        public override Dictionary<string, Tensor> forward(Tensor input) => heads.Zip(layers).ToDictionary(p => p.First.Name, p => p.Second.call(input));
    }
}
