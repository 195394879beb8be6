using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>The training table as tensors, from which batches are gathered: features [N, D], and per task a target [N] or [N, D_k].</summary>
internal sealed class TableBatches : IDisposable
{
    private readonly Tensor features;
    private readonly Tensor[] targets;

    public TableBatches(TableData data, TargetScaling?[] scalings)
    {
        features = tensor(data.Features, [data.RowCount, data.FeatureCount]).DetachFromDisposeScope();
        targets = new Tensor[data.Labels.Count];
        for (var k = 0; k < targets.Length; k++)
            targets[k] = (data.Labels[k] is ClassLabels classes ? ClassTargets(classes) : NumberTargets((NumberLabels)data.Labels[k], scalings[k]!)).DetachFromDisposeScope();
    }

    /// <summary>The inputs [B, D] and targets of the rows, in their order.</summary>
    public (Tensor Inputs, Tensor[] Targets) Load(ReadOnlySpan<int> rows)
    {
        var index = new long[rows.Length];
        for (var i = 0; i < index.Length; i++) index[i] = rows[i];
        var selected = tensor(index, [index.Length]);
        var inputs = features.index_select(0, selected);
        var batchTargets = new Tensor[targets.Length];
        for (var k = 0; k < targets.Length; k++) batchTargets[k] = targets[k].index_select(0, selected);
        return (inputs, batchTargets);
    }

    // A missing label becomes class 0: its loss is finite and its weight zero.
    private static Tensor ClassTargets(ClassLabels labels)
    {
        var classes = new long[labels.Count];
        for (var row = 0; row < classes.Length; row++) classes[row] = Math.Max(0, labels.Classes[row]);
        return tensor(classes, [classes.Length, 1]); // [N, 1], as gather wants it
    }

    private static Tensor NumberTargets(NumberLabels labels, TargetScaling scaling)
    {
        var values = new float[labels.Count * labels.Dimensions];
        for (var row = 0; row < labels.Count; row++)
            scaling.Standardise(labels, row, values.AsSpan(row * labels.Dimensions, labels.Dimensions));
        return tensor(values, [labels.Count, labels.Dimensions]);
    }

    public void Dispose()
    {
        features.Dispose();
        foreach (var target in targets) target.Dispose();
    }
}
