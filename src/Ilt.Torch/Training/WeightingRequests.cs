using Ilt.Weighting;
using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>
/// Serves what a weighting asks for beyond the losses of a batch, at its moment in the step: temperatures on logits, the tasks' gradients at the trunk, the losses
/// after the step. Where it asks for nothing, nothing is done.
/// </summary>
internal sealed class WeightingRequests
{
    private readonly TrainingState state;
    private readonly IReadOnlyList<TaskDefinition> tasks;
    private readonly ComputeDevice compute;
    private readonly BatchParts parts;
    private readonly ITemperatureWeighting? temperatures;
    private readonly ITrunkGradientWeighting? gradients;
    private readonly IAfterStepWeighting? afterStep;
    private readonly TrunkGradients? trunk;
    private readonly float[] tempered, factors, after; // of a batch

    private Tensor? leaf; // the temperatures of the batch under way
    private Tensor? random; // where dropout stood before its forward pass

    public WeightingRequests(TrainingState state, IReadOnlyList<TaskDefinition> tasks, ComputeDevice compute, BatchParts parts, int cells)
    {
        (this.state, this.tasks, this.compute, this.parts) = (state, tasks, compute, parts);
        temperatures = tasks.Any(task => task.HasLogits) ? state.Weighting as ITemperatureWeighting : null;
        gradients = state.Weighting as ITrunkGradientWeighting;
        afterStep = state.Weighting as IAfterStepWeighting;
        trunk = gradients is null ? null : new TrunkGradients(tasks, state.Network.parameters());
        (tempered, factors) = temperatures is null ? ([], []) : (new float[cells], new float[cells]);
        after = afterStep is null ? [] : new float[cells];
    }

    /// <summary>Before the forward pass.</summary>
    public void BeginStep() => random = afterStep is null ? null : state.RandomState;

    /// <summary>The row losses of this rank that are to be learned from, [b, K]: those given, or those of logits divided by temperatures.</summary>
    public Tensor Temper(ReadOnlySpan<int> rows, Tensor[] outputs, BatchTarget[] targets, Tensor rowLosses)
    {
        if (temperatures is null) return rowLosses;
        var cells = rows.Length * tasks.Count;
        temperatures.Temper(rows, factors.AsSpan(0, cells));
        leaf = compute.Move(Tensors.From<float>(factors.AsSpan(0, cells), rows.Length, tasks.Count)).requires_grad_(true);
        return stack([.. tasks.Select((task, k) => task.HasLogits ? RowLosses.Of(task, Divided(outputs[k], leaf.select(1, k)), targets[k]) : rowLosses.select(1, k))], 1);
    }

    /// <summary>The losses as the weighting is to see them: those of the batch, or those of <see cref="Temper"/>.</summary>
    public LossBatch Judged(LossBatch batch, Tensor learned)
    {
        if (temperatures is null) return batch;
        return Masked(batch, learned, tempered);
    }

    /// <summary>Before the batch is weighed.</summary>
    public void Observe(LossBatch batch, Tensor[] outputs, BatchTarget[] targets)
    {
        if (gradients is null) return;
        gradients.Observe(batch, trunk!.Of([.. tasks.Select((task, k) => RowLosses.Of(task, outputs[k], targets[k]))], batch, parts, compute));
    }

    /// <summary>After the step of the network.</summary>
    public void EndStep(LossBatch batch, LossBatch judged, Tensor inputs, BatchTarget[] targets)
    {
        if (leaf is not null)
        {
            compute.ToHost(leaf.grad!, parts.Own(factors));
            parts.Gather(factors);
            temperatures!.LearnTemperatures(judged, factors.AsSpan(0, batch.Losses.Length));
            leaf = null;
        }
        if (afterStep is null) return;
        using (no_grad())
        {
            var losses = WithoutTrace(() => RowLosses.Compute(tasks, state.Model.Values.Outputs(state.Network.call(inputs)), targets));
            afterStep.LearnAfterStep(batch, Masked(batch, losses, after));
        }
    }

    private static Tensor Divided(Tensor logits, Tensor temperatures) => // [B, C] or [B, C, H, W], [B]
        logits.div(temperatures.reshape([logits.shape[0], .. Enumerable.Repeat(1L, logits.shape.Length - 1)]));

    // NaN where the batch has no label.
    private LossBatch Masked(LossBatch batch, Tensor losses, float[] values)
    {
        compute.ToHost(losses, parts.Own(values));
        parts.Gather(values);
        var cells = values.AsSpan(0, batch.Losses.Length);
        for (var i = 0; i < cells.Length; i++)
            if (float.IsNaN(batch.Losses[i])) cells[i] = float.NaN;
        return new LossBatch(batch.Rows, tasks.Count, cells);
    }

    // The same units are dropped as in the first pass, after which the generator stands where that left it; running statistics are put back.
    private Tensor WithoutTrace(Func<Tensor> pass)
    {
        var buffers = state.Network.named_buffers(true, false).Select(entry => entry.buffer).ToArray();
        var kept = Array.ConvertAll(buffers, buffer => buffer.clone());
        if (random is not null)
        {
            state.RandomState = random;
            random.Dispose();
            random = null;
        }
        var result = pass();
        for (var i = 0; i < buffers.Length; i++) buffers[i].copy_(kept[i]);
        return result;
    }
}
