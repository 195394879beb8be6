using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Detection;

namespace Ilt.Cli.Commands;

/// <summary>How well one task's scores find the rows that are known to be wrong.</summary>
/// <param name="Task">The task.</param>
/// <param name="WithoutScore">Rows of the truth that have no score: without a label, or kept for validation.</param>
/// <param name="Result">The figures.</param>
internal sealed record TaskDetection(string Task, int WithoutScore, DetectionResult Result);

/// <summary>Joins noise scores and truth by id and task, and measures.</summary>
internal static class DetectionEvaluation
{
    /// <summary>One entry per task of the truth, in its order. Ids or tasks that do not meet are a <see cref="UserErrorException"/>.</summary>
    public static IReadOnlyList<TaskDetection> Measure(IReadOnlyList<ScoredRow> scores, IReadOnlyList<TruthRow> truth)
    {
        var byTask = scores.GroupBy(s => s.Task).ToDictionary(g => g.Key, g => g.OrderBy(s => s.Rank).ToArray());
        return truth.GroupBy(row => row.Task).Select(task => byTask.TryGetValue(task.Key, out var ranked)
            ? Measure(task.Key, ranked, task.ToArray())
            : throw new UserErrorException(
                $"--truth: the file speaks of task '{task.Key}', the scores do not (they have {string.Join(", ", byTask.Keys)}); use one task name in both.")).ToArray();
    }

    private static TaskDetection Measure(string task, ScoredRow[] ranked, TruthRow[] truth)
    {
        var wrongById = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var row in truth)
        {
            if (!wrongById.TryAdd(row.Id, row.Corrupted))
                throw new UserErrorException($"--truth: id '{row.Id}' occurs twice for task '{task}'; give every row one line.");
        }

        var wrong = new bool[ranked.Length];
        for (var i = 0; i < wrong.Length; i++)
        {
            if (!wrongById.TryGetValue(ranked[i].Id, out wrong[i]))
                throw new UserErrorException($"--truth: id '{ranked[i].Id}' of task '{task}' has a score but is not in the file; make both from one table with one --id.");
        }

        int[] ranking = [.. Enumerable.Range(0, ranked.Length)];
        float[] scores = [.. ranked.Select(row => row.NoiseScore)];
        for (var i = 1; i < scores.Length; i++)
            scores[i] = Math.Min(scores[i], scores[i - 1]); // rows that a person found right come last, whatever their scores
        return new TaskDetection(task, truth.Length - ranked.Length, DetectionResult.Measure(scores, ranking, wrong));
    }
}
