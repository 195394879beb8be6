namespace Ilt.Detectors;

/// <summary>The epoch of each task at which the mean loss on rows that a network does not train on was lowest.</summary>
/// <param name="tasks">Number of tasks.</param>
/// <param name="epochs">The longest training.</param>
internal sealed class LowestLoss(int tasks, int epochs)
{
    // A loss may rise for some epochs and fall again: as long as the search for the length of a training waits.
    private const int ShortestPatience = 5;
    private const double PatienceShare = 0.25;

    private readonly int patience = Math.Max(ShortestPatience, (int)Math.Ceiling(PatienceShare * epochs));
    private readonly double[] lowest = [.. Enumerable.Repeat(double.PositiveInfinity, tasks)];
    private readonly int[] at = new int[tasks];

    /// <summary>Whether the mean loss of a task is lower than after any epoch before, which it then counts as; without a label, after the first epoch.</summary>
    /// <param name="task">From 0.</param>
    /// <param name="epoch">From 0.</param>
    /// <param name="losses">Of the rows; NaN where there is no label.</param>
    public bool IsNew(int task, int epoch, ReadOnlySpan<float> losses)
    {
        var (sum, count) = (0.0, 0);
        foreach (var loss in losses)
        {
            if (float.IsNaN(loss)) continue;
            sum += loss;
            count++;
        }
        var mean = count > 0 ? sum / count : double.MaxValue;
        if (!(mean < lowest[task])) return false;
        (lowest[task], at[task]) = (mean, epoch);
        return true;
    }

    /// <summary>Whether some task has improved not long ago.</summary>
    public bool GoesOn(int epoch) => epoch - at.Max() < patience;
}
