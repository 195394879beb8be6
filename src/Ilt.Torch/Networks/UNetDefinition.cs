using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// The Multi-task UNet (Ronneberger et al. 2015, with batch normalization): pairs of 3 x 3 convolutions, halved <see cref="Depth"/> times and
/// doubled in channels each time, then back up with the maps of the way down alongside. Tasks with a label per pixel take a 1 x 1 convolution
/// at the top; tasks with one label per row take a branch of three fully connected layers from the bottleneck.
/// </summary>
public sealed record UNetDefinition : NetworkDefinition
{
    /// <summary>The published size: base width 64, depth 4; 31.0 million parameters with one decoder, 41.6 with two branches besides.</summary>
    public static UNetDefinition Paper { get; } = new() { BaseWidth = 64, Depth = 4, BottleneckGrid = 2, BranchWidth = 1024 };

    /// <summary>A small one for a CPU: base width 8, depth 3; 0.1 million parameters, about half the time of the default.</summary>
    public static UNetDefinition Small { get; } = new() { BaseWidth = 8, BranchWidth = 64 };

    /// <summary>Channels at the input's resolution, in [1, 1024]; every level below has twice as many as the one above. The default is 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int BaseWidth { get; init => field = NetworkOption.InRange(value, 1, 1024, nameof(BaseWidth)); } = 16;

    /// <summary>How often the image is halved, in [1, 6]; its sides must be multiples of 2^Depth. The default is 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Depth { get; init => field = NetworkOption.InRange(value, 1, 6, nameof(Depth)); } = 3;

    /// <summary>
    /// Whether all tasks with a label per pixel share one way back up and differ in the last 1 x 1 convolution only; else each has its own. The
    /// default is true.
    /// </summary>
    public bool SharedDecoder { get; init; } = true;

    /// <summary>Cells per side of the grid of means of the bottleneck that the branches see, in [1, 16]: 1 forgets where a thing was seen. The default is 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int BottleneckGrid { get; init => field = NetworkOption.InRange(value, 1, 16, nameof(BottleneckGrid)); } = 2;

    /// <summary>Units of the two hidden layers of a branch, in [1, 65536]. The default is 128.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int BranchWidth { get; init => field = NetworkOption.InRange(value, 1, 65536, nameof(BranchWidth)); } = 128;

    /// <inheritdoc/>
    public override void CheckInput(InputShape input) => NetworkOption.Divides(input, 1 << Depth, $"UNet of depth {Depth}");

    private protected override Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed) => new UNet(this, input, heads, seed);
}
