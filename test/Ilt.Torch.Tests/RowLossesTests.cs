using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

public class RowLossesTests
{
    [Test]
    public void Margins_HandValues_AreLabelLogitMinusTheLargestOther()
    {
        TaskDefinition[] tasks = [new ClassificationTask("class", 3), new RegressionTask("number")];
        using var scope = NewDisposeScope();
        var logits = tensor(new float[] { 1, 5, 2, 4, 0, -1, 7, 7, 7 }, [3, 3]);
        var margins = new float[6];
        RowLosses.Margins(tasks, [new ClassLabels([0, 1, 2, -1]), new NumberLabels([1, 2, 3, 4])], [1, 0, 3], [logits, tensor(new float[3], [3, 1])], margins, ComputeDevice.Cpu);
        Assert.That(margins, Is.EqualTo(new[] { 5 - 2, float.NaN, 4 - 0, float.NaN, float.NaN, float.NaN }));
    }

    [Test]
    public void Compute_HandValues_AreCrossEntropyAndSquaredError()
    {
        TaskDefinition[] tasks = [new ClassificationTask("class", 2) { LossScale = 3 }, new RegressionTask("mean", 2), new RegressionTask("sum", 2) { Reduction = RegressionReduction.Sum }];
        using var scope = NewDisposeScope();
        var numbers = tensor(new float[] { 1, 2 }, [1, 2]);
        var targets = tensor(new float[] { 0, 4 }, [1, 2]);
        var losses = RowLosses.Compute(tasks, [tensor(new float[] { 0, 1 }, [1, 2]), numbers, numbers], [new(tensor(new long[] { 0 }, [1, 1])), new(targets), new(targets)]);
        // -log(1 / (1 + e)) = 1.31326; (1 + 4) / 2; 1 + 4.
        Assert.That(losses.data<float>().ToArray(), Is.EqualTo(new[] { 3 * 1.31326f, 2.5f, 5f }).Within(1e-4));
    }
}
