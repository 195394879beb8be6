using Ilt.Detection;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>Epoch reports and metrics, in a file.</summary>
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
        writer.Write(report.Seconds);
        writer.Write(report.RowsPerSecond);
        writer.Write(report.WaitSeconds);
    }

    public static EpochReport ReadEpoch(BinaryReader reader) => new()
    {
        Epoch = reader.ReadInt32(),
        Epochs = reader.ReadInt32(),
        TrainLoss = reader.ReadList(reader.ReadDouble),
        LogVariances = reader.ReadOptional(() => reader.ReadList(() => new LogVarianceQuantiles(
            reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()))),
        Validation = reader.ReadOptional(() => reader.ReadList(() => ReadMetrics(reader))),
        Seconds = reader.ReadDouble(),
        RowsPerSecond = reader.ReadDouble(),
        WaitSeconds = reader.ReadDouble(),
    };

    public static void Write(BinaryWriter writer, TaskMetrics metrics)
    {
        writer.Write(metrics.Task);
        writer.Write(metrics.Count);
        writer.Write(metrics.Loss);
        foreach (var value in (double?[])[metrics.Accuracy, metrics.LogLoss, metrics.MeanAbsoluteError, metrics.RootMeanSquaredError, metrics.RSquared, metrics.F1, metrics.MeanIoU, metrics.MeanRelativeError,
            metrics.SurfaceError, metrics.JointError, metrics.AlignedJointError])
            writer.WriteOptional(value);
    }

    public static TaskMetrics ReadMetrics(BinaryReader reader) => new()
    {
        Task = reader.ReadString(),
        Count = reader.ReadInt32(),
        Loss = reader.ReadDouble(),
        Accuracy = reader.ReadOptionalDouble(),
        LogLoss = reader.ReadOptionalDouble(),
        MeanAbsoluteError = reader.ReadOptionalDouble(),
        RootMeanSquaredError = reader.ReadOptionalDouble(),
        RSquared = reader.ReadOptionalDouble(),
        F1 = reader.ReadOptionalDouble(),
        MeanIoU = reader.ReadOptionalDouble(),
        MeanRelativeError = reader.ReadOptionalDouble(),
        SurfaceError = reader.ReadOptionalDouble(),
        JointError = reader.ReadOptionalDouble(),
        AlignedJointError = reader.ReadOptionalDouble(),
    };
}
