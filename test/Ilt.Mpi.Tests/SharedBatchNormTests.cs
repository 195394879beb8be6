using Ilt.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Mpi.Tests;

/// <summary>Batch normalization over ranks is that of torch over the whole batch, forward and backward.</summary>
public class SharedBatchNormTests
{
    private const int Rows = 7, Channels = 3, Side = 2;
    private const int PerRow = Channels * Side * Side;

    [TestCase(1, false), TestCase(2, false), TestCase(3, false), TestCase(3, true), TestCase(9, false)]
    public void Call_InRanks_IsThatOfTheWholeBatch(int ranks, bool channelsLast)
    {
        var random = new Random(4);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(3 + 2 * random.NextDouble()))];
        var (values, slopes) = (Draw(Rows * PerRow), Draw(Rows * PerRow));
        var whole = Pass(null, values, slopes, Rows, channelsLast);
        var parts = ThreadRanks.Run(ranks, replicas =>
        {
            var batch = new BatchParts(replicas, 1);
            var rows = batch.Begin([.. Enumerable.Range(0, Rows)]);
            var here = batch.Peers.IsIdle ? new float[PerRow] : slopes[(rows[0] * PerRow)..((rows[^1] + 1) * PerRow)]; // what does not count has no gradient
            return (batch.Peers.IsIdle, Pass: Pass(batch.Peers, values[(rows[0] * PerRow)..((rows[^1] + 1) * PerRow)], here, rows.Length, channelsLast));
        });
        Assert.That(parts.Select(part => part.Failure), Is.All.Null);
        var busy = parts.Where(part => !part.Value.IsIdle).Select(part => part.Value.Pass).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(busy, Has.Length.EqualTo(Math.Min(ranks, Rows)));
            Near(busy.SelectMany(part => part.Output), whole.Output, "output");
            Near(busy.SelectMany(part => part.Input), whole.Input, "gradient of the input");
            Near(Sum(parts.Select(part => part.Value.Pass.Parameters)), whole.Parameters, "gradients of weight and bias");
            foreach (var part in parts) Near(part.Value.Pass.Running, whole.Running, "running statistics");
            foreach (var part in parts.Where(part => part.Value.IsIdle)) Assert.That(part.Value.Pass.Input, Is.All.Zero, "an idle rank's row has no gradient");
        });
        Assert.That(whole.Input.Max(Math.Abs), Is.GreaterThan(0.05));
    }

    [Test]
    public void Call_OneValuePerChannel_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(2) { Peers = new BatchPeers(OneReplica.Instance) };
        Assert.That(() => layer.call(Tensors.From(new float[2], 1, 2, 1, 1)), Throws.ArgumentException.With.Message.Contain("more than one value"));
    }

    [Test]
    public void Backward_ManySteps_LeavesNothingBehind()
    {
        using var layer = new BatchNorm(2) { Peers = new BatchPeers(OneReplica.Instance) };
        layer.train();
        Step();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 50; i++) Step();
        Assert.That(DisposeScopeManager.Statistics.ThreadTotalLiveCount, Is.EqualTo(before));

        void Step()
        {
            using var scope = NewDisposeScope();
            foreach (var parameter in layer.parameters()) parameter.grad = null;
            layer.call(Tensors.From<float>([.. Enumerable.Range(0, 16)], 2, 2, 2, 2).requires_grad_(true)).sum().backward();
        }
    }

    private static (float[] Output, float[] Input, float[] Parameters, float[] Running) Pass(BatchPeers? peers, float[] values, float[] slopes, int rows, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using var layer = new BatchNorm(Channels) { Peers = peers };
        using (no_grad())
        {
            layer.get_parameter("weight")!.copy_(Tensors.From<float>([0.5f, 2, -1], Channels));
            layer.get_parameter("bias")!.copy_(Tensors.From<float>([0.1f, -0.2f, 0.3f], Channels));
        }
        layer.train();
        var input = Tensors.From(values, rows, Channels, Side, Side);
        if (channelsLast) input = ChannelsLast.Of(input);
        input.requires_grad_(true);
        var output = layer.call(input);
        output.mul(output).mul(Tensors.From(slopes, rows, Channels, Side, Side)).sum().backward();
        peers?.Throw();
        return (
            Tensors.ToArray(output), Tensors.ToArray(input.grad!),
            [.. Tensors.ToArray(layer.get_parameter("weight")!.grad!), .. Tensors.ToArray(layer.get_parameter("bias")!.grad!)],
            [.. Tensors.ToArray(layer.get_buffer("running_mean")!), .. Tensors.ToArray(layer.get_buffer("running_var")!)]);
    }

    private static IEnumerable<float> Sum(IEnumerable<float[]> parts) => parts.Aggregate((sum, part) => [.. sum.Zip(part, (a, b) => a + b)]);

    // Numbers as small as they like stand beside large ones, with whose digits they were computed.
    private static void Near(IEnumerable<float> found, IEnumerable<float> expected, string what) =>
        Assert.That(found.ToArray(), Is.EqualTo(expected.ToArray()).Within(1e-5 * expected.Max(Math.Abs)), what);
}
