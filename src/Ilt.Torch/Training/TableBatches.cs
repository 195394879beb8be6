using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>A table as tensors, from which batches are gathered: features [N, D], and per task targets [N, 1] or [N, D_k].</summary>
internal sealed class TableBatches : IBatches
{
    private readonly IReadOnlyList<TaskLabels> labels;
    private readonly Tensor features;
    private readonly Tensor[] targets;
    private IReadOnlyList<int[]> batches = [];
    private int next;

    public TableBatches(TableData data, BatchOptions options)
    {
        labels = data.Labels;
        features = Tensors.From(data.Features, [data.RowCount, data.FeatureCount]).DetachFromDisposeScope();
        targets = new Tensor[labels.Count];
        for (var k = 0; k < targets.Length; k++)
            targets[k] = (labels[k] switch
            {
                ClassLabels classes => ClassTargets(classes),
                DerivedLabels => zeros([data.RowCount, 1]), // TaskValues derives them from the others, batch by batch
                _ => NumberTargets((NumberLabels)labels[k], options.TargetScalings[k]!),
            }).DetachFromDisposeScope();
    }

    /// <summary>Zero: gathering is part of the step.</summary>
    public TimeSpan Waited => TimeSpan.Zero;

    public void Begin(int epoch, IReadOnlyList<int[]> batches) => (this.batches, next) = (batches, 0);

    public Batch Next()
    {
        var rows = batches[next++];
        var selected = Tensors.From(Array.ConvertAll(rows, row => (long)row), [rows.Length]);
        var inputs = features.index_select(0, selected);
        var batchTargets = Array.ConvertAll(targets, target => new BatchTarget(target.index_select(0, selected)));
        var labelled = new bool[rows.Length * labels.Count];
        for (var i = 0; i < labelled.Length; i++) labelled[i] = labels[i % labels.Count].IsLabelled(rows[i / labels.Count]);
        return new Batch(inputs, batchTargets, labelled);
    }

    // A missing label becomes class 0: its loss is finite and its weight zero.
    private static Tensor ClassTargets(ClassLabels labels)
    {
        var classes = new long[labels.Count];
        for (var row = 0; row < classes.Length; row++) classes[row] = Math.Max(0, labels.Classes[row]);
        return Tensors.From(classes, [classes.Length, 1]); // [N, 1], as gather wants it
    }

    private static Tensor NumberTargets(NumberLabels labels, TargetScaling scaling)
    {
        var values = new float[labels.Count * labels.Dimensions];
        for (var row = 0; row < labels.Count; row++)
            scaling.Standardise(labels, row, values.AsSpan(row * labels.Dimensions, labels.Dimensions));
        return Tensors.From(values, [labels.Count, labels.Dimensions]);
    }

    public void Dispose()
    {
        features.Dispose();
        foreach (var target in targets) target.Dispose();
    }
}
