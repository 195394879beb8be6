using System.Text.Json.Serialization;
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

    /// <summary>
    /// The paper's for human shape and pose, at its published size: a decoder for the 25 parts and, from the bottleneck, one branch for shape and
    /// one for pose; 41.7 million parameters with these three heads.
    /// </summary>
    public static UNetDefinition BodyPaper { get; } = Paper;

    /// <summary>
    /// A small one for human shape and pose on a CPU: all maps at half the image's resolution, and branches that see the whole bottleneck of an
    /// image of 64 x 64, because a pose is where things are.
    /// </summary>
    public static UNetDefinition BodySmall { get; } = new() { BaseWidth = 8, InputStride = 2, BottleneckGrid = 4, BranchWidth = 128 };

    /// <summary>Channels of the uppermost level, in [1, 1024]; every level below has twice as many as the one above. The default is 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int BaseWidth { get; init => field = NetworkOption.InRange(value, 1, 1024, nameof(BaseWidth)); } = 16;

    /// <summary>
    /// Pixels between the centres of a first convolution, 1, 2 or 4: above 1, all levels work on a smaller picture, which is faster, and the
    /// maps are enlarged at the end. The default is 1: no such convolution, as published.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int InputStride
    {
        get;
        init => field = value is 1 or 2 or 4 ? value : throw new ArgumentOutOfRangeException(nameof(InputStride), $"{nameof(InputStride)} must be 1, 2 or 4, found {value}.");
    } = 1;

    /// <summary>How often the image is halved, in [1, 6]; its sides must be multiples of InputStride x 2^Depth. The default is 3.</summary>
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

    /// <summary>What both sides of an image must be multiples of: InputStride x 2^Depth.</summary>
    [JsonIgnore]
    public int SideMultiple => InputStride << Depth;

    /// <inheritdoc/>
    public override void CheckInput(InputShape input) => NetworkOption.Divides(input, SideMultiple, InputStride == 1 ? $"UNet of depth {Depth}" : $"UNet of depth {Depth} and input stride {InputStride}");

    // The second convolution of every level on the way down.
    internal override long LeastNumbers(InputShape input) => Enumerable.Range(0, Depth + 1).Sum(level => 9L * (BaseWidth << level) * (BaseWidth << level));

    private protected override Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed) => new UNet(this, input, heads, seed);
}
