using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Compares numbers in the user's units.</summary>
internal sealed class NumberEvaluator(MultiTaskModel model, int index, RegressionTask task, NumberLabels labels) : TaskEvaluator(model, index, labels)
{
    private readonly float[] predictions = new float[labels.Count * task.Dimensions];

    protected override Tensor Output(float[] predictions, int rows) => Tensors.From(Scale!.Standardised(predictions), [rows, task.Dimensions]);

    protected override void Add(int row, ReadOnlySpan<float> prediction) => prediction.CopyTo(predictions.AsSpan(row * task.Dimensions));

    // Metrics are computed of all rows in the end.
    protected override double[] Sums
    {
        get => [];
        set
        {
        }
    }

    protected override void ShareRows(IReplicas replicas, int[] starts) => replicas.Gather(predictions, Array.ConvertAll(starts, start => start * task.Dimensions));

    protected override IReadOnlyList<Metric> Metrics()
    {
        var dimensions = task.Dimensions;
        var mean = new double[dimensions];
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            for (var d = 0; d < dimensions; d++) mean[d] += labels[row][d];
        }
        for (var d = 0; d < dimensions; d++) mean[d] /= Count;
        var (absolute, squared, total) = (0.0, 0.0, 0.0);
        for (var row = 0; row < labels.Count; row++)
        {
            if (!labels.IsLabelled(row)) continue;
            var label = labels[row];
            var prediction = predictions.AsSpan(row * dimensions, dimensions);
            for (var d = 0; d < dimensions; d++)
            {
                double error = prediction[d] - label[d];
                absolute += Math.Abs(error);
                squared += error * error;
                total += (label[d] - mean[d]) * (label[d] - mean[d]);
            }
        }
        var cells = Count * dimensions;
        return
        [
            new(MetricNames.MeanAbsoluteError, absolute / cells, Metric.LabelUnit, HigherIsBetter: false) { Caption = "mean absolute error" },
            new(MetricNames.RootMeanSquaredError, Math.Sqrt(squared / cells), Metric.LabelUnit, HigherIsBetter: false) { Caption = "root mean squared error" },
            new(MetricNames.RSquared, total > 0 ? 1 - squared / total : double.NaN, "", HigherIsBetter: true) { Caption = "R2" },
        ];
    }
}
