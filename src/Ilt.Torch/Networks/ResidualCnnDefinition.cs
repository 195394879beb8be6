using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// A small residual network (He et al. 2016), the default for small images: a 3 x 3 stem, one stage of basic blocks per entry of
/// <see cref="Widths"/>, each stage at half the resolution of the one before, and means over a grid of the last map for tasks with one label
/// per row. Tasks with a label per pixel see the stages joined by a feature pyramid, enlarged to the input's size.
/// </summary>
public sealed record ResidualCnnDefinition : NetworkDefinition
{
    /// <summary>Channels of each stage, first to last; at least one entry, each in [1, 4096]. The default is 16, 32, 64.</summary>
    /// <exception cref="ArgumentException">There is none, or one is out of its range.</exception>
    public IReadOnlyList<int> Widths { get; init => field = NetworkOption.Each(value, 1, 1, 4096, nameof(Widths)); } = [16, 32, 64];

    /// <summary>Residual blocks of two convolutions per stage, in [1, 64]. The default is 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int BlocksPerStage { get; init => field = NetworkOption.InRange(value, 1, 64, nameof(BlocksPerStage)); } = 1;

    /// <summary>Stride of the stem, in [1, 4]: 2 costs a quarter of the time of 1. The default is 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int StemStride { get; init => field = NetworkOption.InRange(value, 1, 4, nameof(StemStride)); } = 2;

    /// <summary>Cells per side of the grid of means that tasks with one label per row see, in [1, 16]: 1 forgets where a thing was seen. The default is 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int PoolGrid { get; init => field = NetworkOption.InRange(value, 1, 16, nameof(PoolGrid)); } = 2;

    /// <summary>Channels of the pyramid that tasks with a label per pixel see, in [1, 4096]. The default is 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int PixelWidth { get; init => field = NetworkOption.InRange(value, 1, 4096, nameof(PixelWidth)); } = 32;

    /// <inheritdoc/>
    public override void CheckInput(InputShape input)
    {
        NetworkOption.Divides(input, 1, "residual CNN");
        // The last map would be a single pixel, most of whose neighbourhood is padding.
        var smallest = StemStride << (Widths.Count - 1);
        if (input.Height < smallest || input.Width < smallest)
            throw new ArgumentException($"The residual CNN with {Widths.Count} stage(s) and a stem of stride {StemStride} needs images of at least {smallest} x {smallest} pixels, found {input.Height} x {input.Width}. Enlarge the images, or give fewer Widths.");
    }

    // All convolutions of a stage but its first have its width on both sides.
    internal override long LeastNumbers(InputShape input) => Widths.Sum(width => 9L * width * width * ((2 * BlocksPerStage) - 1));

    private protected override Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed) => new ResidualCnn(this, input, heads, seed);
}
