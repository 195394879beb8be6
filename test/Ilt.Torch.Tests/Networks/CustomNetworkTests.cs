using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch.Tests;

public class CustomNetworkTests
{
    private static readonly InputShape Image = new(3, 16, 24);
    private static readonly HeadSpec[] Both = [new("class", 5), new("mask", 4, true)];

    [Test]
    public void FromBackbone_FeatureMap_ServesPixelsAndRows()
    {
        var definition = CustomNetworkDefinition.FromBackbone("convs", (input, _) => Sequential(Conv2d(input.Channels, 6, 3, 2, 1), BatchNorm2d(6), ReLU()));
        using var network = definition.Create(Image, Both, 1);
        using var scope = NewDisposeScope();
        Assert.That(network.training, Is.True);
        var before = network.state_dict()["backbone.1.running_var"].data<float>().ToArray();
        Assert.That(before, Is.All.EqualTo(1f), "the trial run must leave the statistics alone");
        Assert.That(network.call(SampleNetworks.Batch(2, Image)).Select(o => o.shape), Is.EqualTo(new long[][] { [2, 5], [2, 4, 16, 24] }));
    }

    [Test]
    public void FromBackbone_VectorOfATable_ServesRowsOnly()
    {
        var definition = CustomNetworkDefinition.FromBackbone("layer", (input, _) => Linear(input.Channels, 9));
        using var network = definition.Create(new(4), [new("class", 5)], 1);
        using var scope = NewDisposeScope();
        Assert.That(network.call(zeros([3, 4])).Single().shape, Is.EqualTo(new long[] { 3, 5 }));
    }

    [Test]
    public void FromBackbone_VectorForATaskWithPixels_NamesTheTask()
    {
        var definition = CustomNetworkDefinition.FromBackbone("pooled", (_, _) => new Pooled());
        Assert.That(() => definition.Create(Image, Both, 1), Throws.ArgumentException.With.Message.EqualTo(
            "Task 'mask' has a label per pixel and needs a feature map [B, c, h, w], but the backbone of network 'pooled' gives [2, 3] for 2 rows."));
    }

    [Test]
    public void FromBackbone_ModuleThatCannotTakeTheInput_SaysSo()
    {
        var definition = CustomNetworkDefinition.FromBackbone("gray", (_, _) => Conv2d(1, 6, 3));
        Assert.That(() => definition.Create(Image, Both, 1), Throws.ArgumentException.With.Message.StartsWith("The custom network 'gray' failed on a batch of [2, 3, 16, 24]: "));
    }

    [Test]
    public void FromBackbone_Weights_AreLeftToTheUserAndTheSeed()
    {
        var seeds = new List<int>();
        var definition = CustomNetworkDefinition.FromBackbone("trained", (input, seed) =>
        {
            seeds.Add(seed);
            var conv = Conv2d(input.Channels, 2, 1);
            using (no_grad()) conv.weight!.fill_(0.25f);
            return conv;
        });
        using var network = definition.Create(Image, Both, 42);
        Assert.That(seeds, Is.EqualTo(new[] { 42 }));
        using var weight = network.state_dict()["backbone.weight"].detach();
        Assert.That(weight.data<float>().ToArray(), Is.All.EqualTo(0.25f));
    }

    [Test]
    public void FromModule_NamedOutputs_ComeInTheOrderOfTheTasks()
    {
        var definition = CustomNetworkDefinition.FromModule("named", (input, heads, _) => new Named(input.Channels, new() { ["mask"] = 4, ["extra"] = 2 }, new() { ["class"] = 5 }));
        using var network = definition.Create(Image, Both, 1);
        using var scope = NewDisposeScope();
        Assert.That(network.call(SampleNetworks.Batch(2, Image)).Select(o => o.shape), Is.EqualTo(new long[][] { [2, 5], [2, 4, 16, 24] }));
    }

    [Test]
    public void FromModule_MissingOutput_IsNamedWithThoseThereAre()
    {
        var definition = CustomNetworkDefinition.FromModule("named", (input, _, _) => new Named(input.Channels, new() { ["Mask"] = 4 }, new() { ["class"] = 5 }));
        Assert.That(() => definition.Create(Image, Both, 1), Throws.ArgumentException.With.Message.EqualTo(
            "The custom network 'named' gives no output named 'mask', which task 'mask' needs. It gives: Mask, class."));
    }

    [Test]
    public void FromModule_OutputOfTheWrongShape_IsNamedWithBothShapes()
    {
        var definition = CustomNetworkDefinition.FromModule("named", (input, _, _) => new Named(input.Channels, new() { ["mask"] = 3 }, new() { ["class"] = 5 }));
        Assert.That(() => definition.Create(Image, Both, 1), Throws.ArgumentException.With.Message.EqualTo(
            "Output 'mask' of the custom network 'named' must be [2, 4, 16, 24] for an input of [2, 3, 16, 24], but is [2, 3, 16, 24]."));
    }

    [Test]
    public void FromJson_CustomNetwork_KnowsItsNameAndAsksForItsCode()
    {
        var read = (CustomNetworkDefinition)NetworkDefinition.FromJson(CustomNetworkDefinition.FromBackbone("convs", (_, _) => Conv2d(3, 6, 3)).ToJson());
        Assert.That(read.Name, Is.EqualTo("convs"));
        Assert.That(read.HasCode, Is.False);
        Assert.That(() => read.Create(Image, Both, 1), Throws.InvalidOperationException.With.Message.Contains("the custom network 'convs', whose code is not part of the file"));
    }

    private sealed class Pooled : Module<Tensor, Tensor>
    {
        public Pooled() : base(nameof(Pooled))
        {
        }

        public override Tensor forward(Tensor input) => input.mean(new long[] { 2, 3 });
    }

    /// <summary>1 x 1 convolutions for pixels, linear layers on the mean for rows.</summary>
    private sealed class Named : Module<Tensor, Dictionary<string, Tensor>>
    {
        private readonly string[] pixelNames, rowNames;
        private readonly ModuleList<Conv2d> pixels = new();
        private readonly ModuleList<Linear> rows = new();

        public Named(int channels, Dictionary<string, int> pixels, Dictionary<string, int> rows) : base(nameof(Named))
        {
            (pixelNames, rowNames) = ([.. pixels.Keys], [.. rows.Keys]);
            foreach (var outputs in pixels.Values) this.pixels.Add(Conv2d(channels, outputs, 1));
            foreach (var outputs in rows.Values) this.rows.Add(Linear(channels, outputs));
            RegisterComponents();
        }

        public override Dictionary<string, Tensor> forward(Tensor input)
        {
            var outputs = new Dictionary<string, Tensor>();
            for (var k = 0; k < pixelNames.Length; k++) outputs[pixelNames[k]] = pixels[k].call(input);
            for (var k = 0; k < rowNames.Length; k++) outputs[rowNames[k]] = rows[k].call(input.mean(new long[] { 2, 3 }));
            return outputs;
        }
    }
}
