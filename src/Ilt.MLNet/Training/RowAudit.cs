using Ilt.Auditing;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What an audit says of the labels of one task, with its suggestions as labels.</summary>
/// <param name="Share">How many are wrong.</param>
/// <param name="ProbabilityWrong">[rows], NaN where it cannot be told.</param>
/// <param name="IsFlagged">[rows].</param>
/// <param name="Suggested">What the labels should be; null where that is not known of any.</param>
/// <param name="Confidence">[rows]: of classes the probability, of single numbers half the 90 % interval; NaN for vectors, and where it is not known.</param>
/// <param name="Difficulty">[rows], NaN where it is not known.</param>
internal sealed record RowAudit(WrongShare Share, float[] ProbabilityWrong, bool[] IsFlagged, TaskLabels? Suggested, float[] Confidence, float[] Difficulty)
{
    /// <summary>Of an audit; labels are made of suggestions only where the table of noise scores lists them.</summary>
    public static RowAudit Of(TaskAudit audit, TaskSchema task)
    {
        var rows = audit.ProbabilityWrong.Length;
        var suggested = audit.Suggested is not null && task.Binding.IsListed ? task.Binding.Suggested(task, audit.Suggested) : null;
        return new RowAudit(audit.Share, audit.ProbabilityWrong, audit.IsFlagged, suggested,
            suggested is not null && audit.Confidence is { } confidence && confidence.Length == rows ? confidence : Unknown(rows), audit.Difficulty);
    }

    private static float[] Unknown(int rows)
    {
        var unknown = new float[rows];
        Array.Fill(unknown, float.NaN);
        return unknown;
    }
}
