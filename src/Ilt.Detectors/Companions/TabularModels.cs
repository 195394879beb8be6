using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>The models beside the network, and which of them a task's size and this machine allow.</summary>
internal static class TabularModels
{
    // A vector takes one model per number: beyond, trees take longer than all else together.
    private const int MostTreeColumns = 20;

    /// <summary>Those that rank rows by themselves, as rivals.</summary>
    public static IReadOnlyList<TabularModel> Rivals { get; } =
        [.. TreeLibraries.Here == TreeLibrary.None ? [] : (TabularModel[])[new BoostedTrees(TreeLibraries.Here, TreeSize.Usual), new Forest()], new LinearModel()];

    /// <summary>Those that are joined with the network, for a task.</summary>
    /// <param name="targets">The task's labels.</param>
    /// <param name="library">The library of trees that there is.</param>
    public static IReadOnlyList<TabularModel> Joined(PlainTargets targets, TreeLibrary library) => library == TreeLibrary.None || targets.Columns > MostTreeColumns
        ? [new LinearModel()]
        : [.. ((TreeSize[])[TreeSize.Usual, TreeSize.Slow, TreeSize.Small]).Select(size => new BoostedTrees(library, size)), new LinearModel()];
}
