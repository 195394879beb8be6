using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>The models beside the network, and which of them a task's size allows.</summary>
internal static class TabularModels
{
    // One model per class or number: beyond, trees take longer than all else together.
    private const int MostTreeColumns = 12;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TabularModel> All { get; } = [new BoostedTrees(), new Forest(), new LinearModel()];

    /// <summary>Those that a task of so many columns is given to.</summary>
    public static IReadOnlyList<TabularModel> For(PlainTargets targets) =>
        targets.Columns > MostTreeColumns ? [.. All.OfType<LinearModel>()] : All;
}
