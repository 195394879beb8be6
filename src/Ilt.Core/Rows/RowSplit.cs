using Ilt.Corruption;
namespace Ilt.Rows;

/// <summary>Which rows are trained on and which are only measured on; one rule for every way to ask for a share of the rows.</summary>
public static class RowSplit
{
    private const int KeptPerClass = 2;

    /// <summary>
    /// Sets about a share of the rows aside, at random by a seed. Two rows of every class stay in training, so that a rare class is not lost to
    /// the split; so fewer rows than asked for may be set aside, down to none.
    /// </summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="classes">Per classification, the class of every row from 0; below 0 where it has none.</param>
    /// <param name="fraction">Share of the rows to set aside, in (0, 1); at least one row is asked for, and one is left.</param>
    /// <param name="seed">Decides which.</param>
    /// <returns>Both lists ascending, from 0.</returns>
    public static (int[] Training, int[] Validation) Split(int rows, IReadOnlyList<IReadOnlyList<int>> classes, double fraction, int seed)
    {
        ArgumentNullException.ThrowIfNull(classes);
        var left = classes.Select(Count).ToArray();
        var order = Enumerable.Range(0, rows).ToArray();
        new SeededGenerator(seed).Shuffle<int>(order);
        var wanted = Math.Clamp((int)Math.Round(fraction * rows, MidpointRounding.AwayFromZero), 1, Math.Max(1, rows - 1));
        var isHeld = new bool[rows];
        var held = 0;
        foreach (var row in order)
        {
            if (held == wanted) break;
            if (classes.Where((labels, k) => labels[row] >= 0 && left[k][labels[row]] <= KeptPerClass).Any()) continue;
            isHeld[row] = true;
            held++;
            for (var k = 0; k < left.Length; k++)
                if (classes[k][row] >= 0) left[k][classes[k][row]]--;
        }
        return ([.. order.Where(row => !isHeld[row]).Order()], [.. order.Where(row => isHeld[row]).Order()]);
    }

    private static int[] Count(IReadOnlyList<int> labels)
    {
        var counts = new int[labels.Append(-1).Max() + 1];
        foreach (var label in labels)
            if (label >= 0) counts[label]++;
        return counts;
    }
}
