using Ilt.State;
using Ilt.Parameters;

namespace Ilt.Detection;

/// <summary>How s developed over the epochs: its quantiles per epoch and task, and the whole path of a few watched rows.</summary>
/// <remarks>Memory does not depend on the number of rows.</remarks>
public sealed class LogVarianceHistory : IStateful
{
    private readonly int[] watched;
    private readonly List<LogVarianceQuantiles[]> quantiles = [];
    private readonly List<float[]> paths = []; // per epoch: [watched x tasks]
    private int tasks;

    /// <summary>Creates an empty history.</summary>
    /// <param name="watchedRows">Rows whose s is kept for every epoch; usually none or a few.</param>
    public LogVarianceHistory(params ReadOnlySpan<int> watchedRows) => watched = watchedRows.ToArray();

    /// <summary>Number of epochs recorded.</summary>
    public int Epochs => quantiles.Count;

    /// <summary>The rows whose path is kept.</summary>
    public IReadOnlyList<int> WatchedRows => watched;

    /// <summary>Adds the state at the end of an epoch. O(N).</summary>
    /// <param name="parameters">The log-variances.</param>
    /// <returns>The quantiles of each task.</returns>
    /// <exception cref="ArgumentException">The number of tasks differs from the epochs before, or a watched row does not exist.</exception>
    public IReadOnlyList<LogVarianceQuantiles> Record(InstanceTaskParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (Epochs > 0 && parameters.Tasks != tasks)
            throw new ArgumentException(FormattableString.Invariant($"Expected {tasks} tasks as in the epochs before; found {parameters.Tasks}."), nameof(parameters));
        tasks = parameters.Tasks;
        var path = new float[watched.Length * tasks];
        for (var at = 0; at < path.Length; at++)
            path[at] = parameters[watched[at / tasks], at % tasks];
        var quantiles = new LogVarianceQuantiles[tasks];
        for (var task = 0; task < tasks; task++)
            quantiles[task] = LogVarianceQuantiles.Of(parameters, task);
        paths.Add(path);
        this.quantiles.Add(quantiles);
        return quantiles;
    }

    /// <summary>Quantiles of s at the end of an epoch.</summary>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>The quantiles.</returns>
    public LogVarianceQuantiles Quantiles(int epoch, int task) => quantiles[epoch][task];

    /// <summary>s of a watched row at the end of every epoch.</summary>
    /// <param name="row">A row given to the constructor.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>One value per epoch.</returns>
    /// <exception cref="ArgumentException">The row is not watched, or the task does not exist.</exception>
    public float[] Path(int row, int task)
    {
        var position = Array.IndexOf(watched, row);
        if (position < 0)
            throw new ArgumentException(FormattableString.Invariant($"Row {row} is not watched; name it when the history is created."), nameof(row));
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, Math.Max(tasks, 1));
        return [.. paths.Select(path => path[(position * tasks) + task])];
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        writer.Write(tasks);
        writer.Write(Epochs);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            writer.WriteArray<float>(paths[epoch]);
            foreach (var q in quantiles[epoch])
                foreach (var value in (ReadOnlySpan<double>)[q.Minimum, q.P05, q.P25, q.Median, q.P75, q.P95, q.Maximum]) writer.Write(value);
        }
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        paths.Clear();
        quantiles.Clear();
        tasks = reader.ReadInt32();
        for (var epochs = reader.ReadInt32(); epochs > 0; epochs--)
        {
            paths.Add(reader.ReadArray<float>());
            quantiles.Add([.. Enumerable.Range(0, tasks).Select(_ => new LogVarianceQuantiles(Next(), Next(), Next(), Next(), Next(), Next(), Next()))]);
        }

        double Next() => reader.ReadDouble();
    }
}
