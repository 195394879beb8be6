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
        [.. tasks.Select((task, k) => Evidence(task, k, data, scored, inSample[k], seed))];

    private static TaskEvidence Evidence(TaskDefinition task, int k, TrainingData data, LabelScores scored, float[]? inSample, int seed)
    {
        var (losses, labels) = (scored.OutOfFoldLosses[k], data.Labels[k]);
        var plain = labels.CountLabelled() < 2 ? null : PlainTargets.Of(task, labels);
        return new TaskEvidence
        {
            Task = task.Name,
            Form = plain is null ? LabelForm.Images : plain.IsClasses ? LabelForm.Classes : LabelForm.Numbers,
            Columns = plain?.Columns ?? 1,
            Given = plain is null ? [.. Enumerable.Range(0, data.RowCount).Select(row => labels.IsLabelled(row) ? 0 : float.NaN)]
                : plain.IsClasses ? plain.Values : plain.InUnits(plain.Values),
            Scores = scored.Scores[k],
            OutOfFold = plain is null ? null : scored.OutOfFold[k],
            InSample = plain is null ? null : inSample,
            OutOfFoldLosses = losses,
            KnownRight = data.KnownRight?[k],
            Seed = seed,
        };
    }
}
