using Ilt.Torch;

namespace Ilt.Experiments;

/// <summary>Labels of all tasks, some of them wrong.</summary>
/// <param name="Labels">One per task.</param>
/// <param name="Wrong">Per task, which rows are wrong; null: the task is not concerned.</param>
/// <param name="InRegions">Whether only a part of a mask is wrong, so that it is to be found pixel by pixel.</param>
internal sealed record CorruptedLabels(IReadOnlyList<TaskLabels> Labels, IReadOnlyList<bool[]?> Wrong, bool InRegions = false)
{
    /// <summary>Which rows have been made hard, whether their labels are right or wrong; null: none.</summary>
    public bool[]? IsAmbiguous { get; init; }

    /// <summary>Labels that are right.</summary>
    public static CorruptedLabels None(LoadedData data) => new(data.Train.Labels, new bool[]?[data.Tasks.Count]);
}
