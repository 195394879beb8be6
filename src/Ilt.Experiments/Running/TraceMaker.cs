using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Sums up the paths of all log-variances for figures.</summary>
internal static class TraceMaker
{
    private const int Hard = 3;

    /// <summary>The trace of each task.</summary>
    public static IReadOnlyList<TaskTrace>? Of(IReadOnlyList<TaskDefinition> tasks, TrainingResult result, IReadOnlyList<bool[]?> wrongByTask)
    {
        if (result.LogVarianceHistory is not { } history) return null;
        var rows = result.Scores.RowCount;
        var any = Union(wrongByTask, rows);
        return [.. tasks.Select((task, k) => Of(task.Name, k, history, rows, any))];
    }

    /// <summary>Rows that are wrong in any task; null where no task is corrupted.</summary>
    public static bool[]? Union(IReadOnlyList<bool[]?> wrongByTask, int rows)
    {
        bool[][] given = [.. wrongByTask.OfType<bool[]>()];
        return given.Length == 0 ? null : [.. Enumerable.Range(0, rows).Select(row => given.Any(wrong => wrong[row]))];
    }

    private static TaskTrace Of(string task, int k, LogVarianceHistory history, int rows, bool[]? wrong)
    {
        var paths = Enumerable.Range(0, rows).Select(row => history.Path(row, k)).ToArray(); // [rows][epochs]
        var right = Enumerable.Range(0, rows).Where(row => wrong is null || !wrong[row]).ToArray();
        var corrupted = Enumerable.Range(0, rows).Where(row => wrong is not null && wrong[row]).ToArray();
        var epochs = Enumerable.Range(0, history.Epochs).ToArray();
        var hard = right.OrderByDescending(row => paths[row].Max() - paths[row][^1]).ThenBy(row => row).Take(Hard).ToArray();
        return new TaskTrace
        {
            Task = task,
            Median = [.. epochs.Select(epoch => history.Quantiles(epoch, k).Median)],
            Right = [.. epochs.Select(epoch => Box(right.Select(row => (double)paths[row][epoch])))],
            Wrong = corrupted.Length == 0 ? [] : [.. epochs.Select(epoch => Box(corrupted.Select(row => (double)paths[row][epoch])))],
            Found = corrupted.Length == 0 ? [] : [.. epochs.Select(epoch => RankingMeasures.Of("log-variance", task, [.. paths.Select(path => path[epoch])], null, wrong!, null, 0, []).First().Value)],
            HardRows = [.. hard.Select(row => paths[row].Select(value => (double)value).ToArray())],
        };
    }

    /// <summary>Minimum, quartiles and maximum, by linear interpolation.</summary>
    public static double[] Box(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN] : [At(0), At(0.25), At(0.5), At(0.75), At(1)];

        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
        }
    }
}
