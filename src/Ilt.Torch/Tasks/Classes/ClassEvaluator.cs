using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Compares classes.</summary>
internal sealed class ClassEvaluator(MultiTaskModel model, int index, ClassificationTask task, ClassLabels labels) : TaskEvaluator(model, index, labels)
{
    private readonly int[] hits = new int[task.ClassCount];
    private readonly int[] occurrences = new int[task.ClassCount]; // given plus predicted

    protected override Tensor Output(float[] predictions, int rows) => Probabilities.ToLogits(Tensors.From(predictions, [rows, task.ClassCount]));

    protected override void Add(int row, ReadOnlySpan<float> prediction)
    {
        var (label, predicted) = (labels.Classes[row], ArgMax(prediction));
        occurrences[label]++;
        occurrences[predicted]++;
        if (predicted == label) hits[label]++;
    }

    protected override double[] Sums
    {
        get => [.. hits, .. occurrences];
        set
        {
            for (var c = 0; c < hits.Length; c++) (hits[c], occurrences[c]) = ((int)value[c], (int)value[hits.Length + c]);
        }
    }

    protected override IReadOnlyList<Metric> Metrics() =>
    [
        new(MetricNames.Accuracy, Count == 0 ? double.NaN : hits.Sum() / (double)Count, "", HigherIsBetter: true) { Caption = "accuracy" },
        new(MetricNames.LogLoss, MeanLoss / task.LossScale, "nats", HigherIsBetter: false) { Caption = "log loss" },
        new(MetricNames.F1, Enumerable.Range(0, task.ClassCount).Where(c => occurrences[c] > 0).Select(c => 2.0 * hits[c] / occurrences[c]).DefaultIfEmpty(double.NaN).Average(), "", HigherIsBetter: true),
    ];

    private static int ArgMax(ReadOnlySpan<float> values)
    {
        var best = 0;
        for (var c = 1; c < values.Length; c++)
            if (values[c] > values[best]) best = c;
        return best;
    }
}
