using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// From what the network's heads emit, and from the targets of the tasks that have labels, to those of all tasks of a run: derived tasks
/// are computed from their sources, and losses that are not taken between the scaled numbers find what they are taken between.
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
            var derived = tasks[k] as DerivedTask;
            heads[k] = derived is null ? head++ : -1;
            sources[k] = derived?.SourceIndices(tasks);
        }
    }

    /// <summary>The outputs of all tasks on their scales, [B, C_k] or [B, C_k, H, W]: those of the heads, and of derived tasks what they give.</summary>
    public Tensor[] Outputs(Tensor[] headOutputs)
    {
        var outputs = new Tensor[tasks.Count];
        for (var k = 0; k < outputs.Length; k++)
            if (heads[k] >= 0) outputs[k] = headOutputs[heads[k]];
        for (var k = 0; k < outputs.Length; k++)
            if (sources[k] is { } from) outputs[k] = Derive(k, Array.ConvertAll(from, j => SourceOutput(j, outputs[j])));
        return outputs;
    }

    /// <summary>The targets of all tasks; those of derived ones come from the targets of their sources.</summary>
    public BatchTarget[] Targets(BatchTarget[] targets)
    {
        if (sources.All(from => from is null)) return targets;
        using var _ = no_grad();
        return [.. targets.Select((target, k) => sources[k] is { } from ? new BatchTarget(Derive(k, Array.ConvertAll(from, j => SourceTarget(j, targets[j])))) : target)];
    }

    /// <summary>What the losses are taken between: rotation matrices, on the scale of their six numbers, where a task asks for them.</summary>
    public Tensor[] InLossSpace(Tensor[] values) => [.. values.Select((value, k) => IsOfMatrices(k) ? Matrices(k, value) : value)];

    /// <summary>The same of the targets.</summary>
    public BatchTarget[] InLossSpace(BatchTarget[] targets) => [.. targets.Select((target, k) => IsOfMatrices(k) ? new BatchTarget(Matrices(k, target.Values)) : target)];

    private bool IsOfMatrices(int k) => tasks[k] is RegressionTask { Loss: RegressionLoss.RotationMatrices };

    // [B, 6 J] -> [B, 9 J]
    private Tensor Matrices(int k, Tensor six)
    {
        using Scalar perDeviation = 1 / scalings[k]!.CommonDeviation;
        return RotationTensors.SixToMatrices(scalings[k]!.Restore(six)).flatten(1, -1).mul(perDeviation);
    }

    private Tensor Derive(int k, Tensor[] values) => scalings[k]!.Standardise(((DerivedTask)tasks[k]).Compute(values));

    private Tensor SourceOutput(int j, Tensor output) => tasks[j] is ClassificationTask ? output.softmax(1) : scalings[j]!.Restore(output);

    private Tensor SourceTarget(int j, BatchTarget target) =>
        tasks[j] is ClassificationTask classes ? Identity(classes.ClassCount).index_select(0, target.Values.flatten()) : scalings[j]!.Restore(target.Values);

    private static Tensor Identity(int size)
    {
        var numbers = new float[size * size];
        for (var i = 0; i < size; i++) numbers[i * (size + 1)] = 1;
        return Tensors.From(numbers, size, size);
    }
}
