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

    protected override Tensor Output(float[] predictions, int rows) => Tensors.From(Scale!.Standardised(predictions), [rows, task.Channels]);

    protected override BatchTarget Target(int first, int rows) => new(Tensors.From(Scale!.Standardised(given), [rows, task.Channels])) { Scale = Scale };

    protected override void Add(int row, ReadOnlySpan<float> prediction)
    {
        var label = given.AsSpan((row - first) * task.Channels, task.Channels);
        for (var d = 0; d < label.Length; d++)
        {
            double error = prediction[d] - label[d];
            absolute += Math.Abs(error);
            squared += error * error;
        }
    }

    protected override double[] Sums
    {
        get => [absolute, squared, .. errors?.Sums ?? []];
        set
        {
            (absolute, squared) = (value[0], value[1]);
            if (errors is not null) errors.Sums = value[2..];
        }
    }

    protected override IReadOnlyList<Metric> Metrics()
    {
        var cells = (double)Count * task.Channels;
        Metric mean = new(MetricNames.MeanAbsoluteError, absolute / cells, Metric.LabelUnit, HigherIsBetter: false);
        Metric root = new(MetricNames.RootMeanSquaredError, Math.Sqrt(squared / cells), Metric.LabelUnit, HigherIsBetter: false);
        return errors is null
            ? [mean with { Caption = "mean absolute error" }, root with { Caption = "root mean squared error" }]
            : [mean, root, .. errors.Metrics()]; // a line of text says those of its field
    }

    private static Tensor Rows(float[] predictions, int dimensions, int[] rows, int first)
    {
        var chosen = new float[rows.Length * dimensions];
        for (var i = 0; i < rows.Length; i++) predictions.AsSpan((rows[i] - first) * dimensions, dimensions).CopyTo(chosen.AsSpan(i * dimensions));
        return Tensors.From(chosen, [rows.Length, dimensions]);
    }
}
