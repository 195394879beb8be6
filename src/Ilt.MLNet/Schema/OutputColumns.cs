using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// The columns a fitted model adds, per task, in this order: PredictedLabel, Score, Probability, NoiseScore, LogVariance, ProbabilityWrong, IsFlagged; at the end the
/// default task's first three again, without its name.
/// </summary>
internal static class OutputColumns
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string NoiseScore = "NoiseScore";
    public const string LogVariance = "LogVariance";
    public const string ProbabilityWrong = "ProbabilityWrong";
    public const string IsFlagged = "IsFlagged";

    /// <param name="schema">Tasks, size of the images, and whether rows have ids, without which there are no noise columns.</param>
    /// <param name="setId">First free score column set id; each task is a scorer of its own, and so are the columns without a name.</param>
    public static IReadOnlyList<OutputColumn> Of(TrainerSchema schema, uint setId)
    {
        var (tasks, noise, size) = (schema.Tasks, schema.IdColumnName is not null, schema.Image?.Size ?? default);
        var columns = new List<OutputColumn>();
        for (var k = 0; k < tasks.Count; k++)
        {
            columns.AddRange(Predictions(k, setId + (uint)k, tasks[k].Task.Name + "."));
            if (!noise) continue;
            foreach (var role in (string[])[NoiseScore, LogVariance, ProbabilityWrong])
                columns.Add(new OutputColumn(k, role, new($"{tasks[k].Task.Name}.{role}", NumberDataViewType.Single)));
            columns.Add(new OutputColumn(k, IsFlagged, new($"{tasks[k].Task.Name}.{IsFlagged}", BooleanDataViewType.Instance)));
        }
        for (var k = 0; k < tasks.Count; k++)
            if (tasks[k].Task.Name == schema.DefaultTask) columns.AddRange(Predictions(k, setId + (uint)tasks.Count, ""));
        return columns;

        IReadOnlyList<OutputColumn> Predictions(int k, uint set, string prefix)
        {
            var predictions = new PredictionColumns(k, size, set, prefix);
            tasks[k].Binding.AddPredictions(predictions, tasks[k]);
            return predictions.All;
        }
    }
}

/// <summary>An added column: which task's, in which role, its schema, and what makes its values of the predictions; null where it is none of them.</summary>
internal sealed record OutputColumn(int Task, string Role, DataViewSchema.DetachedColumn Column, PredictionGetter? Getter = null);
