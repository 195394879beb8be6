using Ilt.Metrics;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Compares maps in the user's units.</summary>
internal sealed class MapEvaluator(MultiTaskModel model, int index, MapLabels labels) : TaskEvaluator(model, index, labels)
{
    private readonly MapErrors errors = new();
    private readonly float[] given = new float[labels.Size.PixelCount];

    protected override Tensor Output(float[] predictions, int rows) => Tensors.From(Scale!.Standardised(predictions), [rows, 1, Size.Height, Size.Width]);

    protected override void Add(int row, ReadOnlySpan<float> prediction)
    {
        labels.Read(row, given);
        errors.Add(given, prediction);
    }

    protected override double[] Sums
    {
        get => errors.Sums;
        set => errors.Sums = value;
    }

    protected override IReadOnlyList<Metric> Metrics() =>
    [
        new(MetricNames.MeanAbsoluteError, errors.MeanAbsolute, Metric.LabelUnit, HigherIsBetter: false) { Caption = "mean absolute error" },
        new(MetricNames.MeanRelativeError, errors.MeanRelative, "", HigherIsBetter: false) { Caption = "relative" },
        new(MetricNames.RootMeanSquaredError, errors.RootMeanSquare, Metric.LabelUnit, HigherIsBetter: false) { Caption = "root mean squared error" },
    ];
}
