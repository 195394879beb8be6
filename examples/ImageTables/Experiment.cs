using Ilt.Torch;

namespace Ilt.Examples.ImageTables;

/// <summary>A data set with its tasks, and the ways in which its labels can be made wrong.</summary>
internal sealed record Experiment(
    string Name, IReadOnlyList<TaskDefinition> Tasks, ImageData Train, ImageData Test, TrainingOptions Training, IReadOnlyList<ExperimentCorruption> Corruptions)
{
    /// <summary>Rows that are known to be wrong without any doing of ours: a name, the task, and the rows.</summary>
    public IReadOnlyList<(string Name, int Task, bool[] Rows)> KnownWrong { get; init; } = [];
}

/// <summary>A way to make the labels of one task wrong.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Task">The task that is hit.</param>
/// <param name="Apply">From the fraction and the seed to the new labels, and which rows really changed.</param>
/// <param name="InRegions">Whether only a part of a mask is wrong, so that it is to be found pixel by pixel.</param>
internal sealed record ExperimentCorruption(string Name, int Task, Func<double, int, (TaskLabels Labels, bool[] Mask)> Apply, bool InRegions = false);
