using Ilt.Auditing;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>From what is known of the training rows to an audit per task.</summary>
internal static class LabelAudits
{
    /// <summary>Audits every task of whose rows models have spoken that had not seen them; null for others.</summary>
    /// <param name="evidence">By task.</param>
    /// <param name="cancellation">Stops it.</param>
    public static TaskAudit?[] Of(IReadOnlyList<TaskEvidence> evidence, CancellationToken cancellation) =>
        [.. evidence.Select(task => task.OutOfFoldLosses is null ? null : TaskAuditor.Audit(task, cancellation))];

    /// <summary>What is known of the labels, by task.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="scored">Their scores, and what models say that had not seen them.</param>
    /// <param name="inSample">Per task what the trained network predicts for its own training rows; null where that is not known.</param>
    /// <param name="seed">Seed of everything random.</param>
    public static TaskEvidence[] Evidence(IReadOnlyList<TaskDefinition> tasks, TrainingData data, LabelScores scored, IReadOnlyList<float[]?> inSample, int seed) =>
        [.. tasks.Select((task, k) => TaskEvidence.Of(task, data, k, scored.Scores[k], scored.OutOfFold[k], scored.OutOfFoldLosses[k], inSample[k], seed))];
}
