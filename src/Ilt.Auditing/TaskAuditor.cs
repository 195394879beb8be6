namespace Ilt.Auditing;

/// <summary>Says how many labels of a task are wrong, and which.</summary>
public static class TaskAuditor
{
    /// <summary>Audits the labels of a task. Equal for equal evidence.</summary>
    /// <param name="evidence">What is known of them.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TaskAudit Audit(TaskEvidence evidence, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        cancellation.ThrowIfCancellationRequested();
        var unknown = new float[evidence.RowCount];
        Array.Fill(unknown, float.NaN);
        return new TaskAudit
        {
            Share = WrongShare.Unknown("there are no predictions by models that had not seen the rows"),
            ProbabilityWrong = unknown,
            IsFlagged = new bool[evidence.RowCount],
            Difficulty = unknown,
        };
    }
}
