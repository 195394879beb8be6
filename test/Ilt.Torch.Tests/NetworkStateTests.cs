namespace Ilt.Torch.Tests;

public class NetworkStateTests
{
    [Test]
    public void Restore_AnotherNetwork_IsRefused([Values] bool fewerLayers)
    {
        using var network = new MultiHeadMlp(new MlpShape(4, [8], [2]), 1);
        using var other = new MultiHeadMlp(fewerLayers ? new MlpShape(4, [], [2]) : new MlpShape(4, [9], [2]), 1);
        var state = NetworkState.Capture(network);
        Assert.That(() => state.Restore(other), Throws.TypeOf<FormatException>().With.Message.Contains("does not belong to this network"));
    }

    [Test]
    public void MultiHeadMlp_SameSeed_HasTheSameWeightsWhateverElseDrawsRandomNumbers()
    {
        using var first = new MultiHeadMlp(new MlpShape(4, [8], [2]), 5);
        TorchSharp.torch.random.manual_seed(99);
        using var second = new MultiHeadMlp(new MlpShape(4, [8], [2]), 5);
        Assert.That(Weights(second), Is.EqualTo(Weights(first)));

        static float[] Weights(MultiHeadMlp network)
        {
            using var weight = network.parameters().First().detach();
            return weight.data<float>().ToArray();
        }
    }
}
