using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Epoch reports and metrics, in a file; without times, so that equal trainings write equal bytes.</summary>
internal static class ReportFormat
{
    public static void Write(BinaryWriter writer, EpochReport report)
    {
        writer.Write(report.Epoch);
        writer.Write(report.Epochs);
        writer.WriteList(report.TrainLoss, writer.Write);
        writer.WriteOptional(report.LogVariances, all => writer.WriteList(all, q =>
        {
            foreach (var value in (double[])[q.Minimum, q.P05, q.P25, q.Median, q.P75, q.P95, q.Maximum]) writer.Write(value);
        }));
        writer.WriteOptional(report.Validation, all => writer.WriteList(all, metrics => Write(writer, metrics)));
    }

    public static EpochReport ReadEpoch(BinaryReader reader) => new()
    {
        Epoch = reader.ReadInt32(),
        Epochs = reader.ReadInt32(),
        TrainLoss = reader.ReadList(reader.ReadDouble),
        LogVariances = reader.ReadOptional(() => reader.ReadList(() => new LogVarianceQuantiles(
            reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()))),
        Validation = reader.ReadOptional(() => reader.ReadList(() => ReadMetrics(reader))),
        Seconds = double.NaN,
        RowsPerSecond = double.NaN,
        WaitSeconds = double.NaN,
    };

    public static void Write(BinaryWriter writer, TaskMetrics metrics)
    {
        writer.Write(metrics.Task);
        writer.Write(metrics.Count);
        writer.Write(metrics.Loss);
        writer.WriteList(metrics.Metrics, metric =>
        {
            writer.Write(metric.Name);
            writer.Write(metric.Value);
            writer.Write(metric.Unit);
            writer.Write(metric.HigherIsBetter);
            writer.WriteOptional(metric.Caption, writer.Write);
        });
    }

    public static TaskMetrics ReadMetrics(BinaryReader reader) => new()
    {
        Task = reader.ReadString(),
        Count = reader.ReadInt32(),
        Loss = reader.ReadDouble(),
        Metrics = reader.ReadList(() => new Metric(reader.ReadString(), reader.ReadDouble(), reader.ReadString(), reader.ReadBoolean())
        {
            Caption = reader.ReadOptional(reader.ReadString),
        }),
    };
}
