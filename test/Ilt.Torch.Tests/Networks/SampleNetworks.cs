using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch.Tests;

/// <summary>Small networks of every kind for images, the heads they are tried with, and inputs for them.</summary>
internal static class SampleNetworks
{
    public static readonly HeadSpec[] Heads = [new("class", 5), new("mask", 3, true), new("number", 2), new("map", 1, true)];

    public static IEnumerable<TestCaseData> Images()
    {
        yield return Case("residual", new ResidualCnnDefinition { Widths = [4, 6, 8], PixelWidth = 5 });
        yield return Case("residual, full resolution", new ResidualCnnDefinition { Widths = [4, 6], StemStride = 1, PoolGrid = 1, BlocksPerStage = 2, PixelWidth = 4 });
        yield return Case("unet, one decoder", new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8 });
        yield return Case("unet, a decoder per task", new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8, SharedDecoder = false });
        yield return Case("unet, on a smaller picture", new UNetDefinition { BaseWidth = 4, Depth = 2, BranchWidth = 8, InputStride = 2 });
        yield return Case("hrnet", new HrNetDefinition { Width = 4, StemWidth = 4, Blocks = 1, Modules = [1, 2, 1] });

        static TestCaseData Case(string name, NetworkDefinition network) => new TestCaseData(network).SetArgDisplayNames(name);
    }

    /// <summary>Seeded values about uniform in [-1.7, 1.7], [rows, C, H, W].</summary>
    public static Tensor Batch(int rows, InputShape input, int seed = 1)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, rows * input.Size).Select(_ => (float)((random.NextDouble() * 3.4) - 1.7)).ToArray();
        return tensor(values, [rows, input.Channels, input.Height, input.Width]);
    }

    public static long Count(nn.Module network) => network.parameters().Sum(p => p.NumberOfElements);
}
