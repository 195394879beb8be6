using Ilt.Auditing;
using Ilt.Detection;
using Ilt.Parameters;
using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What training found out about each training row: the content of the noise columns and of the noise score table.</summary>
internal sealed class InstanceTable(InstanceIndex index, IReadOnlyList<TaskInstances> tasks)
{
    public InstanceIndex Index => index;

    public IReadOnlyList<TaskInstances> Tasks => tasks;

    /// <summary>
    /// What the finished model predicts for the rows that it was trained on, by task; null for label images and what is derived, which the table does not hold. A
    /// cancelled run on images has none: they would take about a third of an epoch, and whoever cancels waits for it.
    /// </summary>
    public static float[]?[] Predictions(IReadOnlyList<TaskSchema> schema, TrainingData data, TrainingResult result) => result.Completed || !data.Input.IsImage
        ? Predict(result.Model, data, [.. schema.Select(task => task.Binding.IsListed)])
        : new float[]?[schema.Count];

    /// <summary>Collects the scores of a run; predictions are those of models that had not seen the row where the detector has such ones, else those given.</summary>
    public static InstanceTable Of(
        InstanceIndex index, IReadOnlyList<TaskSchema> schema, DataRows rows, TrainingResult result, LabelScores scored, float[]?[] inSample, TaskAudit?[] audits)
    {
        var data = rows.Data;
        var kept = schema.Select(task => task.Binding.IsListed).ToArray();
        float[]?[] predictions = [.. kept.Select((isKept, k) => isKept ? scored.OutOfFold[k] ?? inSample[k] : null)];
        var tasks = new TaskInstances[data.Labels.Count];
        for (var k = 0; k < tasks.Length; k++)
        {
            var task = k;
            tasks[k] = new TaskInstances(
                scored.Scores[k],
                result.Scores.LogVariances(k),
                [.. Enumerable.Range(0, data.RowCount).Select(row => result.Scores.LastLoss(row, task))],
                kept[k] ? data.Labels[k] : null,
                predictions[k] is { } predicted ? schema[k].Binding.Predicted(schema[k], predicted) : null,
                audits[k] is { } audit ? RowAudit.Of(audit, schema[k]) : null)
            {
                Reviewed = rows.Verdicts is { } said ? [.. said.Select(verdicts => verdicts?[task])] : null,
            };
        }
        return new InstanceTable(index, tasks);
    }

    /// <summary>Predictions of all rows per task; null for label images and what is derived, which the table does not hold.</summary>
    private static float[]?[] Predict(MultiTaskModel model, TrainingData data, bool[] kept)
    {
        var all = model.Tasks.Select((task, k) => kept[k] ? new float[data.RowCount * task.OutputSize(model.Input)] : null).ToArray();
        if (Array.TrueForAll(all, predictions => predictions is null)) return all;
        model.PredictInParts(data, (first, part) =>
        {
            for (var k = 0; k < all.Length; k++)
                if (all[k] is { } predictions) part[k].CopyTo(predictions, first * model.Tasks[k].OutputSize(model.Input));
        });
        return all;
    }

    /// <summary>The rows of one task, most suspicious first, behind all others those that a person found right; rows without a label are not among them.</summary>
    public int[] Ranking(int task)
    {
        var ranking = NoiseRanking.Rank(tasks[task].NoiseScores, tasks[task].LogVariances, index.Ids);
        return tasks[task].Reviewed is { } reviewed ? [.. ranking.OrderBy(row => reviewed[row] is not null)] : ranking; // keeps the order on either side
    }
}

/// <summary>One task's part of the table; NaN where the row has no label. Given and predicted labels are null for label images and derived tasks, predicted ones
/// also where a training on images was cancelled. The audit is null where no models have spoken of the rows that had not seen them.</summary>
internal sealed record TaskInstances(float[] NoiseScores, float[] LogVariances, float[] Losses, TaskLabels? Given, TaskLabels? Predicted, RowAudit? Audit)
{
    /// <summary>What a person said of each row; null: nobody has looked at any.</summary>
    public LabelVerdict?[]? Reviewed { get; init; }
}
