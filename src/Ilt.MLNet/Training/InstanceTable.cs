using Ilt.Detection;
using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What training found out about each training row: the content of the noise columns and of the noise score table.</summary>
internal sealed class InstanceTable(InstanceIndex index, IReadOnlyList<TaskInstances> tasks)
{
    public InstanceIndex Index => index;

    public IReadOnlyList<TaskInstances> Tasks => tasks;

    /// <summary>Collects the scores of a run; predictions are those of the finished model.</summary>
    public static InstanceTable Of(InstanceIndex index, TableData table, TrainingResult result)
    {
        var predictions = result.Model.Predict(table.Features);
        var tasks = new TaskInstances[table.Labels.Count];
        for (var k = 0; k < tasks.Length; k++)
        {
            var task = k;
            tasks[k] = new TaskInstances(
                result.Scores.NoiseScores(k),
                result.Scores.LogVariances(k),
                [.. Enumerable.Range(0, table.RowCount).Select(row => result.Scores.LastLoss(row, task))],
                table.Labels[k],
                Predicted(table.Labels[k], predictions[k]));
        }
        return new InstanceTable(index, tasks);
    }

    private static TaskLabels Predicted(TaskLabels given, float[] predictions)
    {
        if (given is NumberLabels numbers) return new NumberLabels(predictions, numbers.Dimensions);
        var classes = predictions.Length / given.Count;
        var predicted = new int[given.Count];
        for (var row = 0; row < predicted.Length; row++)
            predicted[row] = Probabilities.ArgMax(predictions.AsSpan(row * classes, classes));
        return new ClassLabels(predicted);
    }

    /// <summary>The rows of one task, most suspicious first; rows without a label are not among them.</summary>
    public int[] Ranking(int task) => NoiseRanking.Rank(tasks[task].NoiseScores, tasks[task].LogVariances, index.Ids);
}

/// <summary>One task's part of the table; NaN where the row has no label.</summary>
internal sealed record TaskInstances(float[] NoiseScores, float[] LogVariances, float[] Losses, TaskLabels Given, TaskLabels Predicted);
