using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

public class NetworkLearningTests
{
    // Large enough for the coarsest maps to have more than one pixel: normalized over four values, a network is all kinks.
    private static readonly InputShape Input = new(2, 64, 64);

    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Backward_LossOnEveryHead_ReachesEveryParameter(NetworkDefinition definition)
    {
        using var network = definition.Create(Input, SampleNetworks.Heads, 3);
        using var scope = NewDisposeScope();
        Loss(network, SampleNetworks.Batch(4, Input)).backward();
        foreach (var (name, parameter) in network.named_parameters())
            Assert.That(parameter.grad?.data<float>().ToArray().Any(g => g != 0 && float.IsFinite(g)), Is.True, name);
    }

    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Backward_AlongTheGradient_EqualsFiniteDifferences(NetworkDefinition definition)
    {
        using var network = definition.Create(Input, SampleNetworks.Heads, 3);
        using var scope = NewDisposeScope();
        var batch = SampleNetworks.Batch(4, Input);
        Loss(network, batch).backward();
        // The gradient of the first convolution has come through every layer; that of all parameters is mostly the output layers'.
        foreach (var parameters in new[] { network.parameters().ToArray(), [network.parameters().First()] })
        {
            var gradients = parameters.Select(p => p.grad!.clone()).ToArray();
            var length = Math.Sqrt(gradients.Sum(g => g.square().sum().ToDouble()));
            var step = 3e-4 / length; // changes the loss by about 3e-4
            var slope = (Moved(step) - Moved(-step)) / (2 * step);
            Assert.That(slope, Is.EqualTo(length).Within(5).Percent, $"{parameters.Length} parameter(s)");

            double Moved(double distance)
            {
                using var inner = NewDisposeScope();
                using var off = no_grad();
                Move(distance / length);
                var loss = Loss(network, batch).ToDouble();
                Move(-distance / length);
                return loss;
            }

            void Move(double factor)
            {
                for (var k = 0; k < parameters.Length; k++) parameters[k].copy_(parameters[k] + (gradients[k] * factor));
            }
        }
    }

    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Create_SameSeed_HasTheSameWeightsWhateverElseDrawsRandomNumbers(NetworkDefinition definition)
    {
        using var first = definition.Create(Input, SampleNetworks.Heads, 5);
        random.manual_seed(99);
        using var second = definition.Create(Input, SampleNetworks.Heads, 5);
        using var other = definition.Create(Input, SampleNetworks.Heads, 6);
        Assert.That(Weights(second), Is.EqualTo(Weights(first)));
        Assert.That(Weights(other), Is.Not.EqualTo(Weights(first)));
    }

    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Create_UntrainedNetwork_PredictsAboutZero(NetworkDefinition definition)
    {
        using var network = definition.Create(Input, SampleNetworks.Heads, 5);
        using var scope = NewDisposeScope();
        foreach (var output in network.call(SampleNetworks.Batch(8, Input)))
            Assert.That(Math.Sqrt(output.square().mean().ToDouble()), Is.InRange(1e-3, 0.5));
    }

    [Test]
    public void NetworkState_OfANetworkWithBatchNormalization_HoldsItsRunningStatistics()
    {
        var definition = new ResidualCnnDefinition { Widths = [4, 6] };
        using var trained = definition.Create(Input, SampleNetworks.Heads, 5);
        using var copy = definition.Create(Input, SampleNetworks.Heads, 6);
        using var scope = NewDisposeScope();
        var batch = SampleNetworks.Batch(8, Input);
        for (var step = 0; step < 3; step++) trained.call(batch);
        using var stream = new MemoryStream();
        NetworkState.Save(trained, new BinaryWriter(stream));
        stream.Position = 0;
        NetworkState.Load(new BinaryReader(stream), copy);
        trained.eval();
        copy.eval();
        Assert.That(copy.call(batch)[0].data<float>().ToArray(), Is.EqualTo(trained.call(batch)[0].data<float>().ToArray()));
        var means = copy.state_dict()["stem.norm.running_mean"].data<float>().ToArray();
        Assert.That(means, Is.EqualTo(trained.state_dict()["stem.norm.running_mean"].data<float>().ToArray()).And.Some.Not.Zero);
    }

    private static Tensor Loss(nn.Module<Tensor, Tensor[]> network, Tensor batch)
    {
        var loss = zeros(1);
        foreach (var output in network.call(batch)) loss += (output - 1).square().mean();
        return loss.sum();
    }

    private static List<float> Weights(nn.Module network)
    {
        using var scope = NewDisposeScope();
        return network.parameters().SelectMany(p => p.detach().data<float>().ToArray()).ToList();
    }
}
