using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Bodies;

/// <summary>The gradient of a weighted sum of a function's results, against central differences in double precision.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-5;

    public static void Check(Func<Tensor, Tensor> function, double[] at, long[] shape, double tolerance = 1e-7)
    {
        using var scope = NewDisposeScope();
        var gradient = Gradient(function, at, shape);
        using var off = no_grad();
        for (var i = 0; i < at.Length; i++)
        {
            var slope = (Value(i, Step) - Value(i, -Step)) / (2 * Step);
            Assert.That(gradient[i], Is.EqualTo(slope).Within(tolerance * Math.Max(1, Math.Abs(slope))), $"number {i}");
        }
        Assert.That(gradient.Any(g => Math.Abs(g) > 1e-3), Is.True, "a function that depends on nothing shows nothing");

        double Value(int index, double change)
        {
            using var inner = NewDisposeScope();
            var moved = (double[])at.Clone();
            moved[index] += change;
            return Weighted(function(tensor(moved, shape))).ToDouble();
        }
    }

    public static double[] Gradient(Func<Tensor, Tensor> function, double[] at, long[] shape)
    {
        using var scope = NewDisposeScope();
        var input = tensor(at, shape, null, null, true);
        Weighted(function(input)).backward();
        return input.grad!.data<double>().ToArray();
    }

    // Unlike weights, so that no two results can stand for each other.
    private static Tensor Weighted(Tensor results)
    {
        var random = new Random(11);
        var weights = Enumerable.Range(0, (int)results.NumberOfElements).Select(_ => (2 * random.NextDouble()) - 1).ToArray();
        return results.mul(tensor(weights, results.shape)).sum();
    }
}
