using Ilt.Parameters;

namespace Ilt.Detection;

/// <summary>How s developed over the epochs: its quantiles per epoch and task, and the whole path of a few watched rows.</summary>
/// <remarks>Memory does not depend on the number of rows.</remarks>
public sealed class LogVarianceHistory
{
    private readonly int[] _watched;
    private readonly List<LogVarianceQuantiles[]> _quantiles = [];
    private readonly List<float[]> _paths = []; // per epoch: [watched x tasks]
    private int _tasks;

    /// <summary>Creates an empty history.</summary>
    /// <param name="watchedRows">Rows whose s is kept for every epoch; usually none or a few.</param>
    public LogVarianceHistory(params ReadOnlySpan<int> watchedRows) => _watched = watchedRows.ToArray();

    /// <summary>Number of epochs recorded.</summary>
    public int Epochs => _quantiles.Count;

    /// <summary>The rows whose path is kept.</summary>
    public IReadOnlyList<int> WatchedRows => _watched;

    /// <summary>Adds the state at the end of an epoch. O(N).</summary>
    /// <param name="parameters">The log-variances.</param>
    /// <returns>The quantiles of each task.</returns>
    /// <exception cref="ArgumentException">The number of tasks differs from the epochs before, or a watched row does not exist.</exception>
    public IReadOnlyList<LogVarianceQuantiles> Record(InstanceTaskParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (Epochs > 0 && parameters.Tasks != _tasks)
            throw new ArgumentException(FormattableString.Invariant($"Expected {_tasks} tasks as in the epochs before; found {parameters.Tasks}."), nameof(parameters));
        _tasks = parameters.Tasks;
        var path = new float[_watched.Length * _tasks];
        for (var at = 0; at < path.Length; at++)
            path[at] = parameters[_watched[at / _tasks], at % _tasks];
        var quantiles = new LogVarianceQuantiles[_tasks];
        for (var task = 0; task < _tasks; task++)
            quantiles[task] = LogVarianceQuantiles.Of(parameters, task);
        _paths.Add(path);
        _quantiles.Add(quantiles);
        return quantiles;
    }

    /// <summary>Quantiles of s at the end of an epoch.</summary>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>The quantiles.</returns>
    public LogVarianceQuantiles Quantiles(int epoch, int task) => _quantiles[epoch][task];

    /// <summary>s of a watched row at the end of every epoch.</summary>
    /// <param name="row">A row given to the constructor.</param>
    /// <param name="task">Task, from 0.</param>
    /// <returns>One value per epoch.</returns>
    /// <exception cref="ArgumentException">The row is not watched, or the task does not exist.</exception>
    public float[] Path(int row, int task)
    {
        var position = Array.IndexOf(_watched, row);
        if (position < 0)
            throw new ArgumentException(FormattableString.Invariant($"Row {row} is not watched; name it when the history is created."), nameof(row));
        ArgumentOutOfRangeException.ThrowIfNegative(task);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, Math.Max(_tasks, 1));
        return [.. _paths.Select(path => path[(position * _tasks) + task])];
    }
}
