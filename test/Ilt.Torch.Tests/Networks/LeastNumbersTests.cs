namespace Ilt.Torch.Tests.Networks;

/// <summary>What a file's description of a network is held against before the network is made.</summary>
public sealed class LeastNumbersTests
{
    private static readonly InputShape Image = new(3, 64, 64);

    private static IEnumerable<TestCaseData> Networks()
    {
        yield return new TestCaseData(new MlpDefinition([64, 32]), new InputShape(40)) { TestName = "LeastNumbers_Mlp_IsNoMoreThanThereAreAndMostOfThem" };
        yield return new TestCaseData(new ResidualCnnDefinition { Widths = [32, 64], BlocksPerStage = 3 }, Image) { TestName = "LeastNumbers_ResidualCnn_IsNoMoreThanThereAreAndMostOfThem" };
        yield return new TestCaseData(new UNetDefinition(), Image) { TestName = "LeastNumbers_UNet_IsNoMoreThanThereAreAndMostOfThem" };
        yield return new TestCaseData(HrNetDefinition.Tiny, Image) { TestName = "LeastNumbers_HrNet_IsNoMoreThanThereAreAndMostOfThem" };
    }

    [TestCaseSource(nameof(Networks))]
    public void LeastNumbers(NetworkDefinition definition, InputShape input)
    {
        using var network = definition.Create(input, [new HeadSpec("a", 2, false)], 1);
        var numbers = network.parameters().Sum(parameter => parameter.NumberOfElements);
        Assert.That(definition.LeastNumbers(input), Is.LessThanOrEqualTo(numbers).And.GreaterThan(numbers / 4));
    }

    [TestCase("""{"kind":"mlp","hiddenUnits":[65536,65536,65536],"dropout":0}""", 3, 0, 0)]
    [TestCase("""{"kind":"unet","baseWidth":1024,"depth":6}""", 3, 64, 64)]
    [TestCase("""{"kind":"hrnet","width":512}""", 3, 64, 64)]
    public void Load_ANetworkLargerThanTheFile_IsRefusedBeforeItIsMade(string json, int channels, int height, int width)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(3); // format version
        writer.Write(json);
        foreach (var size in (int[])[channels, height, width]) writer.Write(size);
        writer.Write(false); // no scaling of inputs
        writer.Write(0); // tasks
        stream.Position = 0;
        Assert.That(() => MultiTaskModel.Load(new BinaryReader(stream)), Throws.InstanceOf<FormatException>().With.Message.Contains("at least"));
    }

    [TestCase(-1), TestCase(int.MaxValue)]
    public void Load_MoreTasksThanTheFileHolds_IsRefused(int tasks)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(3);
        writer.Write("""{"kind":"mlp","hiddenUnits":[4],"dropout":0}""");
        foreach (var size in (int[])[3, 0, 0]) writer.Write(size);
        writer.Write(false);
        writer.Write(tasks);
        stream.Position = 0;
        Assert.That(() => MultiTaskModel.Load(new BinaryReader(stream)), Throws.InstanceOf<FormatException>().With.Message.Contains($"{tasks} entries"));
    }
}
