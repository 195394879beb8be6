using TorchSharp;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Compares what a derived task gives for the predictions of its sources with what it gives for their labels.</summary>
internal sealed class DerivedEvaluator : TaskEvaluator
{
    private readonly DerivedTask task;
    private readonly DerivedLabels labels;
    private readonly int[] sources;
    private readonly DerivedErrors? errors;
    private double absolute;
    private double squared;
    private float[] given = []; // of the part under way, [rows x Channels]
    private int first;

    public DerivedEvaluator(MultiTaskModel model, int index, DerivedTask task, DerivedLabels labels) : base(model, index, labels)
    {
        (this.task, this.labels, errors) = (task, labels, task.Derivation.CreateErrors());
        sources = task.SourceIndices(model.Tasks);
    }

    public override void AddPart(int first, IReadOnlyList<float[]> predictions)
    {
        int[] rows = [.. Enumerable.Range(first, predictions[Index].Length / task.Channels)];
        given = task.FromLabels(labels, rows);
        this.first = first;
        base.AddPart(first, predictions);
        if (errors is null) return;

        int[] labelled = [.. rows.Where(labels.IsLabelled)];
        if (labelled.Length == 0) return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        errors.Add(labels.Values(labelled, task.SourceDimensions), [.. sources.Select((source, i) => Rows(predictions[source], task.SourceDimensions[i], labelled, first))]);
    }

    protected override double Add(int row, ReadOnlySpan<float> prediction)
    {
        var label = given.AsSpan((row - first) * task.Channels, task.Channels);
        for (var d = 0; d < label.Length; d++)
        {
            double error = prediction[d] - label[d];
            absolute += Math.Abs(error);
            squared += error * error;
        }
        return Scaling!.SquaredError(RegressionReduction.Mean, label, prediction);
    }

    public override TaskMetrics Result()
    {
        var cells = (double)Count * task.Channels;
        var metrics = new TaskMetrics
        {
            Task = task.Name,
            Count = Count,
            Loss = MeanLoss,
            MeanAbsoluteError = absolute / cells,
            RootMeanSquaredError = Math.Sqrt(squared / cells),
        };
        return errors?.AddTo(metrics) ?? metrics;
    }

    private static Tensor Rows(float[] predictions, int dimensions, int[] rows, int first)
    {
        var chosen = new float[rows.Length * dimensions];
        for (var i = 0; i < rows.Length; i++) predictions.AsSpan((rows[i] - first) * dimensions, dimensions).CopyTo(chosen.AsSpan(i * dimensions));
        return Tensors.From(chosen, [rows.Length, dimensions]);
    }
}
