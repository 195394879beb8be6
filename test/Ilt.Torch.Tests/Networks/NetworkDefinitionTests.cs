namespace Ilt.Torch.Tests;

public class NetworkDefinitionTests
{
    private static IEnumerable<TestCaseData> Definitions()
    {
        yield return new TestCaseData(new MlpDefinition([7, 5], 0.5), """{"kind":"mlp","hiddenUnits":[7,5],"dropout":0.5}""");
        yield return new TestCaseData(new ResidualCnnDefinition { Widths = [8], BlocksPerStage = 3, StemStride = 1, PoolGrid = 4, PixelWidth = 9 },
            """{"kind":"residual-cnn","widths":[8],"blocksPerStage":3,"stemStride":1,"poolGrid":4,"pixelWidth":9}""");
        yield return new TestCaseData(new UNetDefinition { BaseWidth = 8, Depth = 2, SharedDecoder = false, BottleneckGrid = 1, BranchWidth = 32 },
            """{"kind":"unet","baseWidth":8,"inputStride":1,"depth":2,"sharedDecoder":false,"bottleneckGrid":1,"branchWidth":32}""");
        yield return new TestCaseData(HrNetDefinition.W18Small, """{"kind":"hrnet","width":18,"blocks":2,"modules":[1,3,2],"stemWidth":64}""");
    }

    [TestCaseSource(nameof(Definitions))]
    public void FromJson_WhatToJsonWrote_IsTheSameDefinition(NetworkDefinition definition, string json)
    {
        Assert.That(definition.ToJson(), Is.EqualTo(json));
        var read = NetworkDefinition.FromJson(json);
        Assert.That(read, Is.TypeOf(definition.GetType()));
        Assert.That(read.ToJson(), Is.EqualTo(json));
    }

    [TestCase("""{"kind":"transformer"}""")]
    [TestCase("""{"width":18}""")]
    [TestCase("""{"kind":"unet","baseWidth":0}""")]
    [TestCase("null")]
    [TestCase("{")]
    public void FromJson_NoDefinition_IsAFormatException(string json) =>
        Assert.That(() => NetworkDefinition.FromJson(json), Throws.TypeOf<FormatException>());

    [Test]
    public void Options_OutOfRange_NameTheOptionTheRangeAndTheValue()
    {
        Assert.That(() => new UNetDefinition { Depth = 7 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Depth must lie in [1, 6], found 7."));
        Assert.That(() => new MlpDefinition([8], 1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Dropout must lie in [0, "));
        Assert.That(() => new MlpDefinition([8, 0]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("HiddenUnits must lie in [1, 65536], found 0."));
        Assert.That(() => new ResidualCnnDefinition { Widths = [] }, Throws.ArgumentException.With.Message.Contains("Widths needs at least 1 number(s), found 0."));
        Assert.That(() => new HrNetDefinition { Modules = [1, 4, 3, 1] }, Throws.ArgumentException.With.Message.Contains("Modules needs three numbers"));
        Assert.That(() => HrNetDefinition.W18 with { Width = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Width must lie in [1, 512], found 0."));
    }
}
