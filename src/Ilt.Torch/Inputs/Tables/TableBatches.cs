using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>A table as tensors, from which batches are gathered: features [N, D], and per task targets [N, 1] or [N, D_k].</summary>
internal sealed class TableBatches : IBatches
{
    private readonly IReadOnlyList<TaskLabels> labels;
    private readonly Tensor features;
    private readonly BatchTarget[] targets;
    private IReadOnlyList<int[]> batches = [];
    private int next;

    public TableBatches(TableData data, BatchOptions options)
    {
        labels = data.Labels;
        features = Tensors.From(data.Features, [data.RowCount, data.FeatureCount]).DetachFromDisposeScope();
        targets = new BatchTarget[labels.Count];
        for (var k = 0; k < targets.Length; k++)
        {
            var buffer = options.Tasks[k].CreateTargets(labels[k], options.TargetScalings[k], data.RowCount, default);
            for (var row = 0; row < data.RowCount; row++) buffer.Write(row, row, null);
            targets[k] = buffer.ToTensors().Keep();
        }
    }

    /// <summary>Zero: gathering is part of the step.</summary>
    public TimeSpan Waited => TimeSpan.Zero;

    public void Begin(int epoch, IReadOnlyList<int[]> batches) => (this.batches, next) = (batches, 0);

    public Batch Next()
    {
        var rows = batches[next++];
        var selected = Tensors.From(Array.ConvertAll(rows, row => (long)row), [rows.Length]);
        var inputs = features.index_select(0, selected);
        var batchTargets = Array.ConvertAll(targets, target => target.Select(selected));
        var labelled = new bool[rows.Length * labels.Count];
        for (var i = 0; i < labelled.Length; i++) labelled[i] = labels[i % labels.Count].IsLabelled(rows[i / labels.Count]);
        return new Batch(inputs, batchTargets, labelled);
    }

    public void Dispose()
    {
        features.Dispose();
        foreach (var target in targets) target.Dispose();
    }
}
