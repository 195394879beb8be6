using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

public sealed class PixelLossTests
{
    [Test]
    public void Compute_HandValues_AreMeansOverValidPixels()
    {
        TaskDefinition[] tasks = [new PixelClassificationTask("mask", 2), new PixelRegressionTask("squared"), new PixelRegressionTask("absolute") { Loss = PixelLoss.Absolute, LossScale = 2 }];
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 0, 0, 1, 3 }, [1, 2, 1, 2]); // two pixels: (0, 1) and (0, 3)
        var map = tensor(new float[] { 1, 5 }, [1, 1, 1, 2]);
        var target = new BatchTarget(tensor(new float[] { 3, 4 }, [1, 1, 2]), tensor(new float[] { 0.5f, 0.5f }, [1, 1, 2]));
        var losses = RowLosses.Compute(tasks, [logits, map, map],
            [new BatchTarget(tensor(new long[] { 0, 1 }, [1, 1, 2]), tensor(new float[] { 1, 0 }, [1, 1, 2])), target, target]);
        // Only the first pixel is valid: log(1 + e); (4 + 1) / 2; 2 (2 + 1) / 2.
        Assert.That(losses.data<float>().ToArray(), Is.EqualTo(new[] { 1.31326f, 2.5f, 3f }).Within(1e-4));
    }

    [Test]
    public void Compute_Gradient_EqualsFiniteDifferences()
    {
        TaskDefinition[] tasks = [new PixelClassificationTask("mask", 3), new PixelRegressionTask("map")];
        var random = new Random(1);
        var values = Enumerable.Range(0, 2 * 4 * 4).Select(_ => (float)TestTables.Normal(random)).ToArray();
        using var scope = NewDisposeScope();
        var shares = tensor([.. Enumerable.Range(0, 8).Select(i => i % 3 == 0 ? 0 : 0.4f)], [2, 2, 2]);
        var classes = new BatchTarget(tensor([.. Enumerable.Range(0, 8).Select(i => (long)(i % 3))], [2, 2, 2]), shares);
        var numbers = new BatchTarget(tensor([.. Enumerable.Range(0, 8).Select(i => i / 4f)], [2, 2, 2]), shares);
        var inputs = tensor(values, [2, 4, 2, 2], null, null, true);
        Total(inputs).backward();
        var gradients = inputs.grad!.data<float>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var (up, down) = (values.ToArray(), values.ToArray());
            up[i] += 1e-2f;
            down[i] -= 1e-2f;
            var slope = (Value(up) - Value(down)) / 2e-2;
            Assert.That(gradients[i], Is.EqualTo(slope).Within(2e-3), $"number {i}");
        }

        Tensor Total(Tensor x) => RowLosses.Compute(tasks, [x.narrow(1, 0, 3), x.narrow(1, 3, 1)], [classes, numbers]).sum();
        float Value(float[] x) => Total(tensor(x, [2, 4, 2, 2])).data<float>().ToArray()[0];
    }
}
