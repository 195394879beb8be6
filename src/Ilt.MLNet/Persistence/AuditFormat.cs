using Ilt.Auditing;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What an audit says of the rows of a task, in a file.</summary>
internal static class AuditFormat
{
    public static void Write(BinaryWriter writer, RowAudit audit, Action<TaskLabels?> writeLabels)
    {
        writer.WriteOptional(audit.Share.Estimate);
        writer.Write(audit.Share.Low);
        writer.Write(audit.Share.High);
        writer.WriteOptional(audit.Share.CannotTell, writer.Write);
        writer.WriteOptional(audit.Share.Overlap);
        writer.WriteArray<float>(audit.ProbabilityWrong);
        writer.WriteArray<bool>(audit.IsFlagged);
        writeLabels(audit.Suggested);
        writer.WriteArray<float>(audit.Confidence);
        writer.WriteArray<float>(audit.Difficulty);
    }

    public static RowAudit Read(BinaryReader reader, Func<TaskLabels?> readLabels) => new(
        new WrongShare(reader.ReadOptionalDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadOptional(reader.ReadString)) { Overlap = reader.ReadOptionalDouble() },
        reader.ReadArray<float>(), reader.ReadArray<bool>(), readLabels(), reader.ReadArray<float>(), reader.ReadArray<float>());

    /// <summary>The number of rows for which there are values.</summary>
    public static IEnumerable<int> Lengths(RowAudit? audit) => audit is null
        ? []
        : [audit.ProbabilityWrong.Length, audit.IsFlagged.Length, audit.Suggested?.Count ?? audit.IsFlagged.Length, audit.Confidence.Length, audit.Difficulty.Length];
}
