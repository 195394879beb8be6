using Ilt.Torch;

namespace Ilt.Cli.Output;

/// <summary>
/// Metrics of one task on the validation rows, by name: rows and loss, five that every record has (null where they do not fit the task's kind),
/// and the kind's others. One in millimetres says so in its name.
/// </summary>
internal sealed class RunMetrics : OrderedDictionary<string, double?>
{
    private static readonly string[] Always = ["accuracy", "logLoss", "meanAbsoluteError", "rootMeanSquaredError", "rSquared"];

    /// <summary>The record of a task's metrics.</summary>
    public static RunMetrics Of(TaskMetrics metrics)
    {
        var record = new RunMetrics { ["rows"] = metrics.Count, ["loss"] = metrics.Loss };
        foreach (var name in Always) record[name] = null;
        foreach (var metric in metrics.Metrics) record[metric.Unit == "mm" ? metric.Name + "Mm" : metric.Name] = metric.Value;
        // Only masks have it in their record; readers of the file know that of classes without.
        if (metrics.MeanIoU is null) record.Remove("f1");
        return record;
    }
}
