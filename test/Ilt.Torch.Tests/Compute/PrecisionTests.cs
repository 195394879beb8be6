using Ilt.Torch.Tests.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Compute;

/// <summary>Training with bfloat16 multiplications, on the CPU: the casts are the ones a GPU gets.</summary>
public class PrecisionTests
{
    // bfloat16 keeps 8 bits: a number is off by up to 1/256, a sum of many products by about as much.
    private const double Tolerance = 1.0 / 64;

    [OneTimeSetUp]
    public void Prepare() => LibTorch.PrepareConvolutions();

    [TestCase("linear"), TestCase("convolution"), TestCase("convolution, channels last"), TestCase("transposed convolution")]
    public void Forward_BFloat16Layer_IsFloat32AboutAlikeAndSoAreItsGradients(string kind)
    {
        using var scope = NewDisposeScope();
        var (low, high) = (Run(TrainingPrecision.BFloat16), Run(TrainingPrecision.Float32));
        for (var i = 0; i < low.Length; i++)
        {
            Assert.That(low[i].dtype, Is.EqualTo(ScalarType.Float32));
            var error = low[i].sub(high[i]).norm().ToDouble() / high[i].norm().ToDouble();
            Assert.That(error, Is.InRange(1e-5, Tolerance), $"tensor {i}");
        }

        Tensor[] Run(TrainingPrecision precision)
        {
            random.manual_seed(1);
            nn.Module<Tensor, Tensor> layer = kind switch
            {
                "linear" => new LinearLayer(32, 16),
                "transposed convolution" => new ConvolutionLayer(8, 4, 2, 2, transposed: true),
                _ => new ConvolutionLayer(8, 16, 3, 1, 1),
            };
            SeededWeights.Fill(layer, 1);
            ComputeDevice.Open(TrainingDevice.Cpu, precision).Place(layer);
            var input = kind == "linear" ? randn(64, 32) : randn(4, 8, 16, 16);
            if (kind.EndsWith("last", StringComparison.Ordinal)) input = input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
            input = input.detach().requires_grad_(true);
            var output = layer.call(input);
            output.mul(output.detach()).sum().backward();
            return [output.detach(), input.grad!, .. layer.parameters().Select(p => p.grad!)];
        }
    }

    [Test]
    public void Forward_WhatIsPredicted_IsFloat32BitForBit()
    {
        using var scope = NewDisposeScope();
        var definition = new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8 };
        var input = new InputShape(2, 16, 16);
        var batch = SampleNetworks.Batch(2, input);
        using var plain = definition.Create(input, SampleNetworks.Heads, 3);
        using var rounded = definition.Create(input, SampleNetworks.Heads, 3);
        ComputeDevice.Open(TrainingDevice.Cpu, TrainingPrecision.BFloat16).Place(rounded);
        plain.eval();
        rounded.eval();
        for (var k = 0; k < SampleNetworks.Heads.Length; k++)
            Assert.That(Tensors.ToArray(rounded.call(batch)[k]), Is.EqualTo(Tensors.ToArray(plain.call(batch)[k])));
        rounded.train();
        plain.train();
        Assert.That(Tensors.ToArray(rounded.call(batch)[0]), Is.Not.EqualTo(Tensors.ToArray(plain.call(batch)[0])));
    }

    // A rounded loss is a staircase, so the steps are long.
    [Test]
    public void Backward_AlongTheGradientOfAPerceptron_EqualsFiniteDifferences()
    {
        using var network = new MultiHeadMlp(new MlpShape(8, [32, 32], [3, 1]), 1);
        ComputeDevice.Open(TrainingDevice.Cpu, TrainingPrecision.BFloat16).Place(network);
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var batch = randn(256, 8);
        Loss().backward();
        var (parameters, gradients) = (network.parameters().ToArray(), network.parameters().Select(p => p.grad!.clone()).ToArray());
        var length = Math.Sqrt(gradients.Sum(g => g.square().sum().ToDouble()));
        var step = 0.05 / length; // changes the loss by about 0.05
        Assert.That((Moved(step) - Moved(-step)) / (2 * step), Is.EqualTo(length).Within(5).Percent);

        Tensor Loss() => network.call(batch).Select(output => output.sub(1).square().mean()).Aggregate((a, b) => a.add(b)).sum();

        double Moved(double distance)
        {
            using var off = no_grad();
            for (var k = 0; k < parameters.Length; k++) parameters[k].add_(gradients[k].mul(distance / length));
            var loss = Loss().ToDouble();
            for (var k = 0; k < parameters.Length; k++) parameters[k].sub_(gradients[k].mul(distance / length));
            return loss;
        }
    }

    [TestCase("table"), TestCase("residual"), TestCase("unet")]
    public void Train_BFloat16_LearnsAboutAsWellAndKeepsFloat32(string kind)
    {
        using var low = Train(kind, TrainingPrecision.BFloat16);
        using var high = Train(kind, TrainingPrecision.Float32);
        Assert.That(low.Value.EffectiveOptions.Precision, Is.EqualTo(TrainingPrecision.BFloat16));
        Assert.That(low.Value.Model.Network.parameters().Select(p => p.dtype), Has.All.EqualTo(ScalarType.Float32));
        foreach (var (k, first, last, expected) in high.Value.History[^1].TrainLoss.Select((loss, k) => (k, low.Value.History[0].TrainLoss[k], low.Value.History[^1].TrainLoss[k], loss)))
        {
            Assert.That(last, Is.Not.EqualTo(expected), "the multiplications were rounded");
            Assert.That(last, Is.LessThan(first), $"task {k}");
            Assert.That(last, Is.EqualTo(expected).Within(15).Percent.Or.EqualTo(expected).Within(0.02), $"task {k}");
        }
    }

    [Test]
    public void Train_CustomNetwork_StaysFloat32AndSaysSo()
    {
        var network = CustomNetworkDefinition.FromBackbone("linear", (input, _) => nn.Linear(input.Channels, 3));
        using var result = new Disposing(MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(40, 1), null, new TrainingOptions { Epochs = 1, Network = network, Precision = TrainingPrecision.BFloat16 }));
        Assert.That(result.Value.EffectiveOptions.Precision, Is.EqualTo(TrainingPrecision.Float32));
    }

    [Test]
    public void Validate_UnknownPrecision_IsRefused() =>
        Assert.That(() => new TrainingOptions { Precision = (TrainingPrecision)7 }.Validate(), Throws.ArgumentException.With.Message.Contains("Precision must be Float32 or BFloat16"));

    private static Disposing Train(string kind, TrainingPrecision precision)
    {
        var options = new TrainingOptions { Epochs = 12, BatchSize = 8, LearningRate = 3e-3, WeightDecay = 0.05, Precision = precision };
        var all = TestImages.Make(48, 1);
        return new Disposing(kind switch
        {
            "table" => MultiTaskTraining.Train(TestTables.ClassAndNumber, TestTables.Table(160, 1), null, options with { HiddenUnits = [32, 32] }),
            "unet" => MultiTaskTraining.Train(TestImages.AllKinds, all, null, options with { Network = TestImages.Quick.Network }),
            "residual" => MultiTaskTraining.Train([.. TestImages.AllKinds[2..]], new ImageData(all.Images, TestImages.Size, 3, [all.Labels[2], all.Labels[3]]), null, options with { Network = new ResidualCnnDefinition { Widths = [4, 8] } }),
            _ => throw new ArgumentException(kind),
        });
    }
}
