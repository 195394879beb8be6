using Ilt.Torch;

namespace Ilt.Examples.ImageTables;

/// <summary>A data set with its tasks, and the ways in which its labels can be made wrong.</summary>
internal sealed record Experiment(
    string Name, IReadOnlyList<TaskDefinition> Tasks, ImageData Train, ImageData Test, TrainingOptions Training, IReadOnlyList<ExperimentCorruption> Corruptions)
{
    /// <summary>Rows that are known to be wrong without any doing of ours: a name, the task, and the rows.</summary>
    public IReadOnlyList<(string Name, int Task, bool[] Rows)> KnownWrong { get; init; } = [];
}

/// <summary>A way to make the labels of one or several tasks wrong, in the same rows.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Tasks">The tasks that are hit.</param>
/// <param name="Apply">From the fraction and the seed to the new labels of these tasks, and which rows really changed.</param>
/// <param name="InRegions">Whether only a part of a mask is wrong, so that it is to be found pixel by pixel.</param>
internal sealed record ExperimentCorruption(string Name, IReadOnlyList<int> Tasks, Func<double, int, (IReadOnlyList<TaskLabels> Labels, bool[] Wrong)> Apply, bool InRegions = false)
{
    public ExperimentCorruption(string name, int task, Func<double, int, (TaskLabels Labels, bool[] Wrong)> apply, bool inRegions = false)
        : this(name, [task], (fraction, seed) => apply(fraction, seed) is var (labels, wrong) ? ([labels], wrong) : default, inRegions)
    {
    }
}
