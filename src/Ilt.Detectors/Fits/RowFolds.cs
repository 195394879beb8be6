using Ilt.Corruption;
using Ilt.Torch;

namespace Ilt.Detectors;

/// <summary>
/// Cuts rows into folds of nearly equal size, at random by a seed. The classes of the first classification are spread over the folds as evenly as
/// can be, those of further ones within them, and so are rows without a label.
/// </summary>
internal static class RowFolds
{
    /// <summary>The fold of every row, from 0.</summary>
    /// <param name="labels">The labels, one entry per task.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="folds">Folds, at least 2 and at most as many as there are rows.</param>
    /// <param name="seed">Decides which row goes where.</param>
    public static int[] Assign(IReadOnlyList<TaskLabels> labels, int rowCount, int folds, int seed)
    {
        if (folds < 2 || folds > rowCount)
            throw new ArgumentException(FormattableString.Invariant($"{folds} folds of {rowCount} rows: expected at least 2, and no more folds than rows."), nameof(folds));
        var order = Enumerable.Range(0, rowCount).ToArray();
        new SeededGenerator(seed).Shuffle<int>(order);
        // Dealt out in this order, equals side by side: every stretch of equals is spread evenly. OrderBy keeps the random order among them.
        IOrderedEnumerable<int> dealt = order.OrderBy(_ => 0);
        foreach (var of in labels.OrderBy(of => of is ClassLabels ? 0 : 1))
            dealt = dealt.ThenBy(row => of is ClassLabels classes ? classes.Classes[row] : of.IsLabelled(row) ? 1 : 0);
        var fold = new int[rowCount];
        var next = 0;
        foreach (var row in dealt) fold[row] = next++ % folds;
        return fold;
    }

    /// <summary>The rows of a fold, and the others, both ascending.</summary>
    public static (int[] Held, int[] Others) Split(int[] fold, int which)
    {
        var rows = Enumerable.Range(0, fold.Length);
        return ([.. rows.Where(row => fold[row] == which)], [.. rows.Where(row => fold[row] != which)]);
    }

    /// <summary>Checks that each task can be learned from the rows outside a fold.</summary>
    /// <exception cref="ArgumentException">A task has too few labels there.</exception>
    public static void CheckLearnable(IReadOnlyList<TaskDefinition> tasks, TrainingData others, int which, int folds)
    {
        for (var k = 0; k < tasks.Count; k++)
            if (!others.Labels[k].CanBeLearned)
                throw new ArgumentException(FormattableString.Invariant(
                    $"Task '{tasks[k].Name}' has too few labels for {folds} folds: the rows outside fold {which + 1} hold {others.Labels[k].CountLabelled()}, and no two to tell apart. Take a score of the one training, such as noise-score, or leave the task out."));
    }
}
