using Ilt.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

public class LayerPrecisionTests
{
    [OneTimeSetUp]
    public void Prepare() => LibTorch.PrepareConvolutions();

    [Test]
    public void EveryLayer_RandomShapes_EqualsDoublePrecision() => Try(seed: 1, count: 60);

    [Test, Explicit("some minutes")]
    public void EveryLayer_ManyRandomShapes_EqualsDoublePrecision() => Try(seed: 2, count: 1000);

    // One tie of a ReLU or a maximum that rounding decides otherwise changes this gradient by one or two percent; all else is 1e-5.
    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Gradient_WholeNetwork_EqualsDoublePrecision(NetworkDefinition definition)
    {
        using var scope = NewDisposeScope();
        var (found, expected) = (FirstGradient(definition, ScalarType.Float32), FirstGradient(definition, ScalarType.Float64));
        Assert.That((found.sub(expected).norm() / expected.norm()).ToDouble(), Is.LessThan(0.05));
    }

    [Test]
    public void ChannelsLast_Images_AreTheSameInAnotherOrder()
    {
        using var scope = NewDisposeScope();
        var images = randn(2, 3, 4, 5);
        var turned = ChannelsLast.Of(images);
        Assert.That(turned.eq(images).all().ToBoolean(), Is.True);
        Assert.That(turned.stride(), Is.EqualTo(Convolutions.ChannelsLast ? new long[] { 60, 1, 15, 3 } : [60, 20, 5, 1]));
    }

    private static void Try(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++) Assert.That(RandomLayers.Wrong(random), Is.Null, $"shape {i} of seed {seed}");
    }

    private static Tensor FirstGradient(NetworkDefinition definition, ScalarType type)
    {
        var input = new InputShape(2, 64, 64);
        using var network = definition.Create(input, SampleNetworks.Heads, 3);
        network.to(type);
        Tensor loss = zeros(1, type);
        foreach (var output in network.call(SampleNetworks.Batch(4, input).to_type(type))) loss = loss.add(output.sub(1).square().mean());
        loss.sum().backward();
        return network.parameters().First().grad!.to_type(ScalarType.Float64);
    }
}
