using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Ilt.Torch;

/// <summary>
/// HRNetV2 (Wang et al. 2020): two strided convolutions to a quarter of the resolution, a stage of bottleneck blocks, then three stages of
/// two, three and four streams side by side, each of half the resolution and twice the channels of the one before, which exchange their maps
/// after every module. All streams, enlarged and concatenated, are the representation (15 <see cref="Width"/> channels): tasks with a label
/// per pixel see it through two 1 x 1 convolutions, tasks with one label per row see its mean.
/// </summary>
public sealed record HrNetDefinition : NetworkDefinition
{
    /// <summary>HRNetV2-W48: 65.8 million parameters with a head of 19 classes.</summary>
    public static HrNetDefinition W48 { get; } = new() { Width = 48 };

    /// <summary>HRNetV2-W32.</summary>
    public static HrNetDefinition W32 { get; } = new() { Width = 32 };

    /// <summary>HRNetV2-W18.</summary>
    public static HrNetDefinition W18 { get; } = new() { Width = 18 };

    /// <summary>HRNetV2-W18-Small-v2: 3.9 million parameters with a head of 19 classes.</summary>
    public static HrNetDefinition W18Small { get; } = new() { Width = 18, Blocks = 2, Modules = [1, 3, 2] };

    /// <summary>A network of our own for a quick look on a CPU; not published.</summary>
    public static HrNetDefinition Tiny { get; } = new() { Width = 8, StemWidth = 16, Blocks = 1, Modules = [1, 1, 1] };

    /// <summary>Channels of the stream of the highest resolution, in [1, 512]; the others have 2, 4 and 8 times as many. The default is 18.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Width { get; init => field = NetworkOption.InRange(value, 1, 512, nameof(Width)); } = 18;

    /// <summary>Residual blocks per stream of a module, and bottleneck blocks of the first stage, in [1, 16]. The default is 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int Blocks { get; init => field = NetworkOption.InRange(value, 1, 16, nameof(Blocks)); } = 4;

    /// <summary>Modules of the stages of two, three and four streams, each in [1, 16]. The default is 1, 4, 3.</summary>
    /// <exception cref="ArgumentException">There are not three, or one is out of its range.</exception>
    public IReadOnlyList<int> Modules
    {
        get;
        init
        {
            var modules = NetworkOption.Each(value, 3, 1, 16, nameof(Modules));
            field = modules.Count == 3 ? modules : throw new ArgumentException($"Modules needs three numbers, one for each stage after the first, found {modules.Count}.", nameof(Modules));
        }
    } = [1, 4, 3];

    /// <summary>Channels of the stem, in [1, 512]; the first stage gives four times as many. The default is 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public int StemWidth { get; init => field = NetworkOption.InRange(value, 1, 512, nameof(StemWidth)); } = 64;

    /// <inheritdoc/>
    public override void CheckInput(InputShape input) => NetworkOption.Divides(input, 32, "HRNet");

    // The blocks of the streams of all modules, two convolutions each.
    internal override long LeastNumbers(InputShape input) =>
        Modules.Select((count, stage) => count * Enumerable.Range(0, stage + 2).Sum(stream => 18L * Blocks * (Width << stream) * (Width << stream))).Sum();

    private protected override Module<Tensor, Tensor[]> Build(InputShape input, IReadOnlyList<HeadSpec> heads, int seed) => new HrNet(this, input, heads, seed);
}
