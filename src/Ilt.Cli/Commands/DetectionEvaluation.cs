using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Detection;

namespace Ilt.Cli.Commands;

/// <summary>How well one task's ranking finds the rows that a mask marks; NaN where undefined.</summary>
/// <param name="Task">The task.</param>
/// <param name="Rows">Ranked rows.</param>
/// <param name="Corrupted">Corrupted ones among them.</param>
/// <param name="WithoutScore">Rows of the mask that are not ranked: without a label, or kept for validation.</param>
/// <param name="PrecisionAtTrueCount">Share of corrupted rows among the first <paramref name="Corrupted"/>.</param>
/// <param name="AveragePrecision">Mean precision at the corrupted rows' ranks.</param>
/// <param name="RocAuc">Chance that a corrupted row ranks above a clean one.</param>
internal sealed record TaskDetection(
    string Task, int Rows, int Corrupted, int WithoutScore, double PrecisionAtTrueCount, double AveragePrecision, double RocAuc);

/// <summary>Joins noise scores and masks by id and task, and measures.</summary>
internal static class DetectionEvaluation
{
    /// <summary>One entry per task of the mask, in its order. Ids or tasks that do not meet are a <see cref="UserErrorException"/>.</summary>
    public static IReadOnlyList<TaskDetection> Measure(IReadOnlyList<ScoredRow> scores, IReadOnlyList<MaskRow> mask)
    {
        var byTask = scores.GroupBy(s => s.Task).ToDictionary(g => g.Key, g => g.OrderBy(s => s.Rank).ToArray());
        return mask.GroupBy(m => m.Task).Select(task => byTask.TryGetValue(task.Key, out var ranked)
            ? Measure(task.Key, ranked, task.ToArray())
            : throw new UserErrorException(
                $"--mask: the mask speaks of task '{task.Key}', the scores do not (they have {string.Join(", ", byTask.Keys)}); use one task name in both.")).ToArray();
    }

    private static TaskDetection Measure(string task, ScoredRow[] ranked, MaskRow[] mask)
    {
        var corruptedById = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var row in mask)
        {
            if (!corruptedById.TryAdd(row.Id, row.Corrupted))
                throw new UserErrorException($"--mask: id '{row.Id}' occurs twice for task '{task}'; give every row one line.");
        }

        var flags = new bool[ranked.Length];
        for (var i = 0; i < flags.Length; i++)
        {
            if (!corruptedById.TryGetValue(ranked[i].Id, out flags[i]))
                throw new UserErrorException($"--mask: id '{ranked[i].Id}' of task '{task}' has a score but is not in the mask; make both from one table with one --id.");
        }

        var ranking = Enumerable.Range(0, ranked.Length).ToArray();
        return new TaskDetection(
            task, ranked.Length, flags.Count(f => f), mask.Length - ranked.Length,
            DetectionMetrics.PrecisionAtTrueCount(ranking, flags), DetectionMetrics.AveragePrecision(ranking, flags), DetectionMetrics.RocAuc(ranking, flags));
    }
}
