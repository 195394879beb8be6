namespace Ilt.Weighting;

/// <summary>The losses of one batch: [B rows x K tasks], row-major, each at least 0, NaN where the row has no label for the task.</summary>
public readonly ref struct LossBatch
{
    /// <summary>Wraps the losses of a batch; nothing is copied.</summary>
    /// <param name="rows">Training row of each batch row, length B.</param>
    /// <param name="tasks">Number of tasks K, at least 1.</param>
    /// <param name="losses">Losses [B x K], row-major.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public LossBatch(ReadOnlySpan<int> rows, int tasks, ReadOnlySpan<float> losses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        if (losses.Length != rows.Length * tasks)
            throw new ArgumentException(FormattableString.Invariant(
                $"Expected {rows.Length} rows x {tasks} tasks = {rows.Length * tasks} losses; found {losses.Length}."), nameof(losses));
        Rows = rows;
        TaskCount = tasks;
        Losses = losses;
    }

    /// <summary>Training row of each batch row, length B.</summary>
    public ReadOnlySpan<int> Rows { get; }

    /// <summary>Number of tasks K.</summary>
    public int TaskCount { get; }

    /// <summary>Losses [B x K], row-major, NaN where there is no label.</summary>
    public ReadOnlySpan<float> Losses { get; }

    /// <summary>L_k: mean loss of a task over the rows that have a label for it.</summary>
    /// <param name="task">Task, from 0.</param>
    /// <param name="labelled">n_k: how many rows of the batch have a label for the task.</param>
    /// <returns>The mean; NaN when <paramref name="labelled"/> is 0.</returns>
    public double Mean(int task, out int labelled)
    {
        var sum = 0.0;
        labelled = 0;
        for (var at = task; at < Losses.Length; at += TaskCount)
        {
            if (float.IsNaN(Losses[at]))
                continue;
            sum += Losses[at];
            labelled++;
        }

        return labelled == 0 ? double.NaN : sum / labelled;
    }
}
