using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Examples.Tests;

/// <summary>No number of ours reaches a tensor operation in a wrapper that can be freed meanwhile.</summary>
public class NumberGuardTests
{
    private static readonly NumberGuard Guard = new(typeof(torch).Assembly.Location);

    // "Ilt.Cli" compiles to ilt.dll.
    [TestCase("Ilt.Core"), TestCase("Ilt.Torch"), TestCase("Ilt.Detectors"), TestCase("Ilt.Auditing"), TestCase("Ilt.MLNet"), TestCase("Ilt.Onnx"), TestCase("Ilt.Mpi"), TestCase("Ilt.Reports"), TestCase("Ilt.Experiments"), TestCase("ilt")]
    [TestCase("Tabular"), TestCase("SceneSegmentation"), TestCase("HumanShapeAndPose"), TestCase("CustomWeighting")]
    public void Find_Ours_IsNothing(string assembly) =>
        Assert.That(Guard.Find(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")), Is.Empty,
            "keep the number in a static field or a using; for a + b and square() there are Plus and Squared");

    [Test]
    public void Find_PlantedNumbers_NamesEach()
    {
        string[] found = [.. Guard.Find(typeof(NumberGuardTests).Assembly.Location).Where(finding => finding.Contains(nameof(Planted), StringComparison.Ordinal))];
        string[] expected = [.. typeof(Planted).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name.StartsWith("Bad", StringComparison.Ordinal)).Select(m => m.Name)];
        Assert.Multiple(() =>
        {
            Assert.That(expected, Has.Length.EqualTo(9));
            foreach (var name in expected) Assert.That(found, Has.Some.Contains("::" + name + "("));
            Assert.That(found, Has.None.Contains("::Good"));
        });
    }

    // Compiled, never called.
    private static class Planted
    {
        private static readonly Scalar Kept = 2;

        public static Tensor BadMethod(Tensor x) => x.mul(2.0);
        public static Tensor BadOperator(Tensor x) => x * 2f;
        public static Tensor BadComparison(Tensor x) => x.eq(0);
        public static Tensor BadSum(Tensor x) => x + x;
        public static Tensor BadSquare(Tensor x) => x.square();
        public static double BadReading(Tensor x) => x.ToDouble();
        public static nn.Module<Tensor, Tensor> BadLayer() => nn.LeakyReLU(0.1);
        public static nn.Module<Tensor, Tensor> BadNorm() => nn.BatchNorm2d(3);
        public static optim.Optimizer BadOptimiser(nn.Module network) => optim.AdamW(network.parameters());
        public static Tensor GoodField(Tensor x) => x.mul(Kept);
        public static Tensor GoodProduct(Tensor x) => x.mul(x);

        public static Tensor GoodUsing(Tensor x, double number)
        {
            using Scalar kept = number;
            return x.mul(kept);
        }
    }
}
