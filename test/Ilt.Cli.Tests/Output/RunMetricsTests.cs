using Ilt.Cli.Output;
using Ilt.Torch;

namespace Ilt.Cli.Tests.Output;

public sealed class RunMetricsTests
{
    private static readonly string[] Always = ["rows", "loss", "accuracy", "logLoss", "meanAbsoluteError", "rootMeanSquaredError", "rSquared"];

    [Test]
    public void Of_Classes_HasNoF1()
    {
        var record = RunMetrics.Of(Metrics(new("accuracy", 0.5, "", true), new("logLoss", 0.7, "nats", false), new("f1", 0.4, "", true)));
        Assert.That(record.Keys, Is.EqualTo(Always));
        Assert.That(record.Values, Is.EqualTo(new double?[] { 3, 0.25, 0.5, 0.7, null, null, null }));
    }

    [Test]
    public void Of_Masks_AddsTheirsInOrder()
    {
        var record = RunMetrics.Of(Metrics(new("f1", 0.4, "", true), new("meanIoU", 0.3, "", true), new("accuracy", 0.5, "", true), new("logLoss", 0.7, "nats", false)));
        Assert.That(record.Keys, Is.EqualTo((string[])[.. Always, "f1", "meanIoU"]));
        Assert.That((record["accuracy"], record["f1"], record["meanIoU"]), Is.EqualTo((0.5, 0.4, 0.3)));
    }

    [Test]
    public void Of_LengthsInMillimetres_SayTheirUnit()
    {
        var record = RunMetrics.Of(Metrics(new("meanAbsoluteError", 0.1, Metric.LabelUnit, false), new("surfaceError", 40, "mm", false), new("jointError", 30, "mm", false)));
        Assert.That(record.Keys, Is.EqualTo((string[])[.. Always, "surfaceErrorMm", "jointErrorMm"]));
    }

    private static TaskMetrics Metrics(params Metric[] metrics) => new() { Task = "t", Count = 3, Loss = 0.25, Metrics = metrics };
}
