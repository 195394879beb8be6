using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Compares given counts, however high, with expected ones.</summary>
internal sealed class CountEvaluator(MultiTaskModel model, int index, NumberLabels labels) : TaskEvaluator(model, index, labels)
{
    private const string MeanPoissonDeviance = "meanPoissonDeviance";

    private double absolute;
    private double squared;
    private double halfDeviance;

    protected override Tensor Output(float[] predictions, int rows) => Tensors.From(Scale!.Standardised(predictions), [rows, 1]);

    protected override void Add(int row, ReadOnlySpan<float> prediction)
    {
        double label = labels[row][0], error = prediction[0] - label;
        absolute += Math.Abs(error);
        squared += error * error;
        halfDeviance += PoissonDeviance.Half(label, prediction[0]);
    }

    protected override double[] Sums
    {
        get => [absolute, squared, halfDeviance];
        set => (absolute, squared, halfDeviance) = (value[0], value[1], value[2]);
    }

    protected override IReadOnlyList<Metric> Metrics() =>
    [
        new(MetricNames.MeanAbsoluteError, absolute / Count, Metric.LabelUnit, HigherIsBetter: false) { Caption = "mean absolute error" },
        new(MetricNames.RootMeanSquaredError, Math.Sqrt(squared / Count), Metric.LabelUnit, HigherIsBetter: false) { Caption = "root mean squared error" },
        new(MeanPoissonDeviance, 2 * halfDeviance / Count, Metric.LabelUnit, HigherIsBetter: false) { Caption = "mean Poisson deviance" },
    ];
}
