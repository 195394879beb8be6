using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// From what the network's heads emit, and from the targets of the tasks that have labels, to those of all tasks of a run: derived tasks
/// are computed from their sources.
/// </summary>
internal sealed class TaskValues
{
    private readonly IReadOnlyList<TaskDefinition> tasks;
    private readonly IReadOnlyList<TargetScaling?> scalings;
    private readonly int[] heads; // of each task its head, or -1
    private readonly int[]?[] sources; // of each derived task the tasks it is derived from

    public TaskValues(IReadOnlyList<TaskDefinition> tasks, IReadOnlyList<TargetScaling?> scalings)
    {
        (this.tasks, this.scalings) = (tasks, scalings);
        (heads, sources) = (new int[tasks.Count], new int[]?[tasks.Count]);
        var head = 0;
        for (var k = 0; k < tasks.Count; k++)
        {
            heads[k] = tasks[k].HasHead ? head++ : -1;
            sources[k] = (tasks[k] as DerivedTask)?.SourceIndices(tasks);
        }
    }

    /// <summary>The outputs of all tasks on their scales, [B, C_k] or [B, C_k, H, W]: those of the heads, and of derived tasks what they give.</summary>
    public Tensor[] Outputs(Tensor[] headOutputs)
    {
        var outputs = new Tensor[tasks.Count];
        for (var k = 0; k < outputs.Length; k++)
            if (heads[k] >= 0) outputs[k] = headOutputs[heads[k]];
        for (var k = 0; k < outputs.Length; k++)
            if (sources[k] is { } from) outputs[k] = Derive(k, Array.ConvertAll(from, j => tasks[j].SourceValue(outputs[j], scalings[j])));
        return outputs;
    }

    /// <summary>The targets of all tasks; those of derived ones come from the targets of their sources.</summary>
    public BatchTarget[] Targets(BatchTarget[] targets)
    {
        if (sources.All(from => from is null)) return targets;
        using var _ = no_grad();
        return
        [
            .. targets.Select((target, k) => sources[k] is { } from
                ? new BatchTarget(Derive(k, Array.ConvertAll(from, j => tasks[j].SourceTarget(targets[j], scalings[j])))) { Scale = scalings[k] }
                : target),
        ];
    }

    private Tensor Derive(int k, Tensor[] values) => ((CommonScaling)scalings[k]!).Standardise(((DerivedTask)tasks[k]).Compute(values));
}
