using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

/// <summary>The gradient that reaches the network through sum(w * L), w constant, is the gradient of the weighting's own objective.</summary>
public class NetworkGradientTests
{
    private static readonly WeightingTask[] Tasks = [new("class", 1, 1), new("number", 0.5, 0.25)];
    private static readonly int[] Rows = [0, 1, 2, 3, 4, 5];

    private static IEnumerable<TestCaseData> Weightings()
    {
        yield return new TestCaseData(new EqualWeighting()).SetArgDisplayNames("equal");
        yield return new TestCaseData(new UncertaintyWeighting(Tasks)).SetArgDisplayNames("mtu");
        yield return new TestCaseData(new DynamicWeightAverage(2)).SetArgDisplayNames("dwa");
        yield return new TestCaseData(new GeometricLoss()).SetArgDisplayNames("gls");
        yield return new TestCaseData(new InstanceLevelWeighting(6, Tasks, 10, new())).SetArgDisplayNames("ilt");
        yield return new TestCaseData(new RandomLossWeighting(2, 1)).SetArgDisplayNames("rlw");
        yield return new TestCaseData(new ImpartialLossWeighting(2)).SetArgDisplayNames("imtl-l");
        yield return new TestCaseData(new LogarithmicLoss()).SetArgDisplayNames("log");
        yield return new TestCaseData(new GradientNormalization(2)).SetArgDisplayNames("gradnorm");
        yield return new TestCaseData(new SmoothTchebycheff(2)).SetArgDisplayNames("stch");
        yield return new TestCaseData(new ExcessRiskWeighting(2)).SetArgDisplayNames("excess");
        yield return new TestCaseData(new DataParameterWeighting(6, Tasks)).SetArgDisplayNames("dp");
    }

    [TestCaseSource(nameof(Weightings))]
    public void Backward_WeightedSum_EqualsFiniteDifferencesOfTheObjective(ILossWeighting weighting)
    {
        var (features, classes, numbers) = TestTables.Make(6, 1);
        var targets = numbers.Select(n => (n - 1000) / 70).ToArray();
        using var network = new MultiHeadMlp(new MlpShape(4, [5], [3, 1]), 1);
        // Move learned parameters away from their start, where weights would all be alike.
        for (var epoch = 0; epoch < 4; epoch++)
        {
            weighting.BeginEpoch(epoch);
            weighting.Learn(new LossBatch(Rows, 2, Losses(network, features, classes, targets).Values));
            weighting.EndEpoch([1.0 + epoch, 0.5]);
        }
        weighting.BeginEpoch(4);

        using var scope = NewDisposeScope();
        var (rowLosses, values) = Losses(network, features, classes, targets);
        var weights = new float[12];
        weighting.Weigh(new LossBatch(Rows, 2, values), weights);
        (rowLosses * tensor(weights, [6, 2])).sum().backward();
        var trunk = network.parameters().First(); // [5, 4]
        var gradient = trunk.grad!.data<float>().ToArray();
        var start = trunk.detach().data<float>().ToArray();
        const float Step = 2e-3f;
        for (var i = 0; i < start.Length; i++)
        {
            var slope = (Objective(i, Step) - Objective(i, -Step)) / (2 * Step);
            Assert.That(gradient[i], Is.EqualTo(slope).Within(2e-3).Or.EqualTo(slope).Within(1).Percent, $"weight {i}");
        }

        double Objective(int index, float change)
        {
            var moved = (float[])start.Clone();
            moved[index] += change;
            using (no_grad()) trunk.copy_(tensor(moved, trunk.shape));
            var objective = weighting.Objective(new LossBatch(Rows, 2, Losses(network, features, classes, targets).Values));
            using (no_grad()) trunk.copy_(tensor(start, trunk.shape));
            return objective;
        }
    }

    private static (Tensor Tensor, float[] Values) Losses(MultiHeadMlp network, float[] features, int[] classes, float[] targets)
    {
        var outputs = network.call(tensor(features, [6, 4]));
        var losses = RowLosses.Compute(TestTables.ClassAndNumber, outputs, [new(tensor(classes.Select(c => (long)c).ToArray(), [6, 1])), new(tensor(targets, [6, 1]))]);
        return (losses, losses.data<float>().ToArray());
    }
}
