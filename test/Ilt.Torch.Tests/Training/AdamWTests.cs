using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests.Training;

public class AdamWTests
{
    private static readonly long[][] Shapes = [[7], [5, 3], [4, 2, 3, 3], []];

    [TestCase(0.0), TestCase(0.5)]
    public void Step_FiftySteps_IsTorchSharpsToTheLastDigit(double weightDecay)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (Parameters(), Parameters());
        using var optimiser = new AdamW(ours, weightDecay);
        using var reference = optim.AdamW(theirs, 1e-3, 0.9, 0.999, 1e-8, weightDecay);
        for (var step = 0; step < 50; step++)
        {
            for (var i = 0; i < ours.Length; i++)
            {
                var gradient = randn(Shapes[i]);
                (ours[i].grad, theirs[i].grad) = (gradient, gradient.clone());
            }
            var rate = LearningRateSchedule.At(5e-3, step / 50.0);
            foreach (var group in reference.ParamGroups) group.LearningRate = rate;
            optimiser.Step(rate);
            reference.step();
            for (var i = 0; i < ours.Length; i++) Assert.That(Numbers(ours[i]), Is.EqualTo(Numbers(theirs[i])), $"step {step}, shape {i}");
        }
        Assert.That(optimiser.Steps, Is.EqualTo(50));
        optimiser.ForgetGradients();
        Assert.That(ours.Select(parameter => parameter.grad), Has.All.Null);
    }

    [Test]
    public void Dropout_GeneratorsThatStandAlike_IsTorchsOwn()
    {
        using var scope = NewDisposeScope();
        var input = randn([33, 17]);
        using var generator = new Generator(7);
        random.manual_seed(7);
        var expected = nn.functional.dropout(input, 0.3, true);
        Assert.That(Numbers(Dropout.Apply(input, 0.3, true, generator)), Is.EqualTo(Numbers(expected)));
        Assert.That(Dropout.Apply(input, 0.3, false, generator), Is.SameAs(input));
    }

    private static Parameter[] Parameters() => [.. Shapes.Select((shape, i) => new Parameter(ones(shape).mul(0.3f * (i + 1))))];

    private static float[] Numbers(Tensor tensor) => tensor.detach().data<float>().ToArray();
}
