using Ilt.Metrics;
using static TorchSharp.torch;

namespace Ilt.Torch;

/// <summary>Compares masks.</summary>
internal sealed class MaskEvaluator(MultiTaskModel model, int index, PixelClassificationTask task, MaskLabels labels) : TaskEvaluator(model, index, labels)
{
    private readonly ConfusionMatrix confusion = new(task.ClassCount);
    private readonly byte[] given = new byte[labels.Size.PixelCount];
    private readonly byte[] predicted = new byte[labels.Size.PixelCount];

    protected override Tensor Output(float[] predictions, int rows) => Probabilities.ToLogits(Tensors.From(predictions, [rows, task.ClassCount, Size.Height, Size.Width]));

    protected override void Add(int row, ReadOnlySpan<float> prediction)
    {
        labels.Read(row, given);
        PixelClasses.MostProbable(prediction, task.ClassCount, predicted);
        confusion.Add(given, predicted);
    }

    protected override double[] Sums
    {
        get => confusion.Sums;
        set => confusion.Sums = value;
    }

    protected override IReadOnlyList<Metric> Metrics() =>
    [
        new(MetricNames.F1, confusion.MeanF1, "", HigherIsBetter: true),
        new(MetricNames.MeanIoU, confusion.MeanIntersectionOverUnion, "", HigherIsBetter: true) { Caption = "mean IoU" },
        new(MetricNames.Accuracy, confusion.PixelAccuracy, "", HigherIsBetter: true) { Caption = "pixel accuracy" },
        new(MetricNames.LogLoss, MeanLoss / task.LossScale, "nats", HigherIsBetter: false),
    ];
}
