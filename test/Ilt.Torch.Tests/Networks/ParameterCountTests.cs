namespace Ilt.Torch.Tests;

/// <summary>Parameter counts against those worked out by hand from the papers, and against the published figures.</summary>
public class ParameterCountTests
{
    private static readonly HeadSpec[] Cityscapes = [new("mask", 19, true)];

    [Test]
    public void UNet_PaperSize_HasThePublishedNumberOfParameters()
    {
        // Ronneberger et al. 2015, with padding and batch normalization, RGB to one class: 31.04 million.
        long encoder = Pair(3, 64) + Pair(64, 128) + Pair(128, 256) + Pair(256, 512) + Pair(512, 1024);
        long decoder = Up(1024) + Pair(1024, 512) + Up(512) + Pair(512, 256) + Up(256) + Pair(256, 128) + Up(128) + Pair(128, 64);
        Assert.That(encoder + decoder + 65, Is.EqualTo(31_037_633));
        Assert.That(Count(UNetDefinition.Paper, new HeadSpec("mask", 1, true)), Is.EqualTo(31_037_633));
    }

    [Test]
    public void UNet_PaperSizeWithTwoBranches_HasAboutFortyMillionParameters() =>
        Assert.That(Count(UNetDefinition.Paper, new HeadSpec("mask", 7, true), new HeadSpec("map", 1, true), new HeadSpec("pose", 72), new HeadSpec("shape", 10)) / 1e6, Is.EqualTo(41.6).Within(0.05));

    [Test]
    public void UNet_BodyPaper_HasAboutFortyMillionParameters()
    {
        HeadSpec[] body = [new("parts", 25, true), new("shape", 10), new("pose", 144)];
        long unet = 31_037_633 - 65 + (64 * 25) + 25;
        static long Branch(long outputs) => (1024 * 4 * 1024) + 1024 + (1024 * 1024) + 1024 + (1024 * outputs) + outputs;
        Assert.That(Count(UNetDefinition.BodyPaper, body), Is.EqualTo(unet + Branch(10) + Branch(144)));
        Assert.That(Count(UNetDefinition.BodyPaper, body) / 1e6, Is.EqualTo(41.7).Within(0.05));
        Assert.That(Count(UNetDefinition.BodySmall, body) / 1e6, Is.LessThan(1));
    }

    [Test]
    public void UNet_InputStride_AddsOneConvolution()
    {
        var full = new UNetDefinition { BaseWidth = 8, Depth = 2 };
        var head = new HeadSpec("mask", 3, true);
        Assert.That(Count(full with { InputStride = 2 }, head), Is.EqualTo(Count(full, head) + Conv(3, 8, 3) + Pair(8, 8) - Pair(3, 8)));
    }

    [Test]
    public void UNet_BranchesAndDecodersOfTheirOwn_AddUp()
    {
        var small = new UNetDefinition { BaseWidth = 8, Depth = 2, BottleneckGrid = 2, BranchWidth = 16 };
        long encoder = Pair(3, 8) + Pair(8, 16) + Pair(16, 32), decoder = Up(32) + Pair(32, 16) + Up(16) + Pair(16, 8);
        long branch = (32 * 4 * 16) + 16 + (16 * 16) + 16 + (16 * 5) + 5;
        HeadSpec[] heads = [new("mask", 7, true), new("map", 1, true), new("class", 5)];
        Assert.That(Count(small, heads), Is.EqualTo(encoder + decoder + (9 * 7) + 9 + branch));
        Assert.That(Count(small with { SharedDecoder = false }, heads), Is.EqualTo(encoder + (2 * decoder) + (9 * 7) + 9 + branch));
        Assert.That(Count(small, heads[2]), Is.EqualTo(encoder + branch), "no decoder without a task that needs it");
    }

    [TestCase(48, 4, new[] { 1, 4, 3 }, 65.8, TestName = "HrNet_W48_HasThePublishedNumberOfParameters")]
    [TestCase(18, 2, new[] { 1, 3, 2 }, 3.9, TestName = "HrNet_W18SmallV2_HasThePublishedNumberOfParameters")]
    public void HrNet(int width, int blocks, int[] modules, double publishedMillions)
    {
        // Wang et al. 2020 and the authors' table for Cityscapes, 19 classes.
        var byHand = HrNetByHand(width, blocks, modules);
        Assert.That(Math.Floor(byHand / 1e5) / 10, Is.EqualTo(publishedMillions));
        Assert.That(Count(width == 48 ? HrNetDefinition.W48 : HrNetDefinition.W18Small, Cityscapes), Is.EqualTo(byHand));
    }

    [Test]
    public void ResidualCnn_Default_IsSmall()
    {
        long stem = Conv(1, 16, 3), stages = Basic(16) + Conv(16, 32, 3) + Conv(32, 32, 3) + Conv(16, 32, 1) + Conv(32, 64, 3) + Conv(64, 64, 3) + Conv(32, 64, 1);
        var found = Count(new ResidualCnnDefinition(), new InputShape(1, 36, 36), new HeadSpec("a", 10), new HeadSpec("b", 10));
        Assert.That(found, Is.EqualTo(stem + stages + (2 * ((4 * 64 * 10) + 10))));
    }

    private static long Count(NetworkDefinition definition, params HeadSpec[] heads) => Count(definition, new InputShape(3, 64, 64), heads);

    private static long Count(NetworkDefinition definition, InputShape input, params HeadSpec[] heads)
    {
        using var network = definition.Create(input, heads, 1);
        return SampleNetworks.Count(network);
    }

    // A convolution without bias and the scale and shift of its normalization.
    private static long Conv(long inputs, long outputs, long kernel) => (inputs * outputs * kernel * kernel) + (2 * outputs);

    private static long Pair(long inputs, long outputs) => Conv(inputs, outputs, 3) + Conv(outputs, outputs, 3);

    private static long Basic(long width) => Pair(width, width);

    // A transposed 2 x 2 convolution with bias that halves the channels.
    private static long Up(long inputs) => (inputs * (inputs / 2) * 4) + (inputs / 2);

    private static long HrNetByHand(long w, int blocks, int[] modules)
    {
        var total = Conv(3, 64, 3) + Conv(64, 64, 3); // stem
        total += Conv(64, 64, 1) + Conv(64, 64, 3) + Conv(64, 256, 1) + Conv(64, 256, 1); // first bottleneck, with its shortcut
        total += (blocks - 1) * (Conv(256, 64, 1) + Conv(64, 64, 3) + Conv(64, 256, 1));
        total += Conv(256, w, 3) + Conv(256, 2 * w, 3) + Conv(2 * w, 4 * w, 3) + Conv(4 * w, 8 * w, 3); // where streams start
        var up = new[] { Conv(2 * w, w, 1), Conv(4 * w, w, 1) + Conv(4 * w, 2 * w, 1), Conv(8 * w, w, 1) + Conv(8 * w, 2 * w, 1) + Conv(8 * w, 4 * w, 1) };
        var down = new[]
        {
            Conv(w, 2 * w, 3),
            Conv(w, w, 3) + Conv(w, 4 * w, 3) + Conv(2 * w, 4 * w, 3),
            (2 * Conv(w, w, 3)) + Conv(w, 8 * w, 3) + Conv(2 * w, 2 * w, 3) + Conv(2 * w, 8 * w, 3) + Conv(4 * w, 8 * w, 3),
        };
        var (streams, exchange) = (Basic(w), 0L);
        for (var stage = 0; stage < 3; stage++)
        {
            streams += Basic(w << (stage + 1));
            exchange += up[stage] + down[stage];
            total += modules[stage] * ((blocks * streams) + exchange);
        }
        return total + Conv(15 * w, 15 * w, 1) + (15 * w * 19) + 19; // head
    }
}
