using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

public class NetworkShapeTests
{
    [TestCaseSource(typeof(SampleNetworks), nameof(SampleNetworks.Images))]
    public void Forward_AnyFittingSize_GivesOneOutputPerHeadAtTheInputsResolution(NetworkDefinition definition)
    {
        foreach (var input in new InputShape[] { new(1, 32, 32), new(3, 64, 96), new(2, 96, 32) })
        {
            using var network = definition.Create(input, SampleNetworks.Heads, 1);
            using var scope = NewDisposeScope();
            var outputs = network.call(SampleNetworks.Batch(3, input));
            Assert.That(outputs.Select(o => o.shape), Is.EqualTo(new long[][]
            {
                [3, 5], [3, 3, input.Height, input.Width], [3, 2], [3, 1, input.Height, input.Width],
            }), input.ToString());
            Assert.That(outputs.All(o => o.data<float>().ToArray().All(float.IsFinite)), Is.True);
        }
    }

    [TestCase(36, 36)]
    [TestCase(33, 57)]
    [TestCase(8, 9)]
    public void ResidualCnn_SizesThatDoNotDivide_AreRoundedUpInside(int height, int width)
    {
        var input = new InputShape(1, height, width);
        using var network = new ResidualCnnDefinition { Widths = [4, 6, 8] }.Create(input, SampleNetworks.Heads, 1);
        using var scope = NewDisposeScope();
        Assert.That(network.call(SampleNetworks.Batch(2, input))[1].shape, Is.EqualTo(new long[] { 2, 3, height, width }));
    }

    [Test]
    public void Forward_OneRowInEvaluation_IsTheSameAloneAndInABatch()
    {
        var input = new InputShape(1, 32, 32);
        using var network = new UNetDefinition { BaseWidth = 4, Depth = 2 }.Create(input, SampleNetworks.Heads, 1);
        network.eval();
        using var scope = NewDisposeScope();
        var batch = SampleNetworks.Batch(3, input);
        var together = network.call(batch)[0].data<float>().ToArray().AsSpan(5, 5).ToArray();
        var alone = network.call(batch.narrow(0, 1, 1))[0].data<float>().ToArray();
        Assert.That(alone, Is.EqualTo(together).Within(1e-5f));
    }

    [Test]
    public void CheckInput_SidesThatDoNotDivide_NameTheMultipleAndASizeThatFits()
    {
        Assert.That(() => new UNetDefinition { Depth = 4 }.CheckInput(new(3, 100, 128)), Throws.ArgumentException.With.Message.EqualTo(
            "The UNet of depth 4 halves images so often that height and width must be multiples of 16, but they are 100 x 128. Resize the images, for example to 96 x 128."));
        Assert.That(() => HrNetDefinition.W48.Create(new(3, 64, 48), SampleNetworks.Heads, 1), Throws.ArgumentException.With.Message.Contains("multiples of 32, but they are 64 x 48"));
    }

    [Test]
    public void CheckInput_WrongKindOfRow_IsRefused()
    {
        Assert.That(() => new UNetDefinition().CheckInput(new(7)), Throws.ArgumentException.With.Message.Contains("takes images, but the input is a table of 7 feature(s)"));
        Assert.That(() => new MlpDefinition([8]).CheckInput(new(3, 8, 8)), Throws.ArgumentException.With.Message.Contains("takes rows of features, but the input is a 8 x 8 image of 3 channel(s)"));
        Assert.That(() => new ResidualCnnDefinition().CheckInput(new(1, 4, 36)), Throws.ArgumentException.With.Message.Contains("at least 8 x 8 pixels, found 4 x 36"));
    }

    [Test]
    public void Create_HeadsThatDoNotFit_AreRefused()
    {
        var mlp = new MlpDefinition([8]);
        Assert.That(() => mlp.Create(new(4), [], 1), Throws.ArgumentException.With.Message.Contains("at least one task"));
        Assert.That(() => mlp.Create(new(4), [new("a", 0)], 1), Throws.ArgumentException.With.Message.Contains("Task 'a' asks for 0 outputs"));
        Assert.That(() => mlp.Create(new(4), [new("a", 2), new("a", 1)], 1), Throws.ArgumentException.With.Message.Contains("same name"));
        Assert.That(() => mlp.Create(new(4), [new("a", 2, true)], 1), Throws.ArgumentException.With.Message.Contains("Task 'a' has a label per pixel"));
    }

    [Test]
    public void Mlp_Definition_IsTheMultiHeadMlp()
    {
        using var made = new MlpDefinition([8, 6], 0.25).Create(new(4), [new("a", 3), new("b", 1)], 5);
        Assert.That(((MultiHeadMlp)made).Shape, Has.Property("InputSize").EqualTo(4).And.Property("Dropout").EqualTo(0.25));
        using var scope = NewDisposeScope();
        Assert.That(made.call(zeros([2, 4])).Select(o => o.shape), Is.EqualTo(new long[][] { [2, 3], [2, 1] }));
    }
}
