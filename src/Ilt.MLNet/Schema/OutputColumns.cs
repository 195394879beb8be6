using Ilt.Imaging;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// The columns a fitted model adds, per task, in this order: PredictedLabel, Score, Probability, NoiseScore, LogVariance; at the end the
/// default task's first three again, without its name.
/// </summary>
internal static class OutputColumns
{
    public const string PredictedLabel = "PredictedLabel";
    public const string Score = "Score";
    public const string Probability = "Probability";
    public const string NoiseScore = "NoiseScore";
    public const string LogVariance = "LogVariance";

    /// <param name="schema">Tasks, size of the images, and whether rows have ids, without which there are no noise columns.</param>
    /// <param name="setId">First free score column set id; each task is a scorer of its own, and so are the columns without a name.</param>
    public static IReadOnlyList<OutputColumn> Of(TrainerSchema schema, uint setId)
    {
        var (tasks, noise, size) = (schema.Tasks, schema.IdColumnName is not null, schema.Image?.Size ?? default);
        var columns = new List<OutputColumn>();
        for (var k = 0; k < tasks.Count; k++)
        {
            AddPredictions(columns, k, tasks[k], size, setId + (uint)k, tasks[k].Task.Name + ".");
            if (!noise) continue;
            columns.Add(new OutputColumn(k, NoiseScore, new($"{tasks[k].Task.Name}.{NoiseScore}", NumberDataViewType.Single)));
            columns.Add(new OutputColumn(k, LogVariance, new($"{tasks[k].Task.Name}.{LogVariance}", NumberDataViewType.Single)));
        }
        for (var k = 0; k < tasks.Count; k++)
            if (tasks[k].Task.Name == schema.DefaultTask) AddPredictions(columns, k, tasks[k], size, setId + (uint)tasks.Count, "");
        return columns;
    }

    private static void AddPredictions(List<OutputColumn> columns, int k, TaskSchema task, ImageSize size, uint setId, string prefix)
    {
        switch (task.Label)
        {
            case LabelKind.Key:
                Add(PredictedLabel, new KeyDataViewType(typeof(uint), task.Size), "MulticlassClassification", b => task.Names?.AddTo(b, KeyNames.Annotation));
                Add(Score, new VectorDataViewType(NumberDataViewType.Single, task.Size), "MulticlassClassification", b =>
                {
                    if (task.Names is null) return;
                    KeyNames.FromText([.. Enumerable.Range(0, task.Names.Count).Select(task.Names.Text)]).AddTo(b, Annotate.SlotNames);
                    task.Names.AddTo(b, Annotate.TrainingLabelValues);
                });
                break;
            case LabelKind.Boolean:
                Add(PredictedLabel, BooleanDataViewType.Instance, "BinaryClassification");
                Add(Score, NumberDataViewType.Single, "BinaryClassification");
                Add(Probability, NumberDataViewType.Single, "BinaryClassification",
                    b => b.AddPrimitiveValue(Annotate.IsNormalized, BooleanDataViewType.Instance, true));
                break;
            case LabelKind.Number:
                Add(Score, NumberDataViewType.Single, "Regression");
                break;
            case LabelKind.Mask:
                AddPlain(PredictedLabel, new VectorDataViewType(NumberDataViewType.Byte, size.Height, size.Width));
                AddPlain(Score, new VectorDataViewType(NumberDataViewType.Single, task.Size, size.Height, size.Width));
                break;
            case LabelKind.Map:
                AddPlain(Score, new VectorDataViewType(NumberDataViewType.Single, size.Height, size.Width));
                break;
            default: // Vector and Derived
                Add(Score, new VectorDataViewType(NumberDataViewType.Single, task.Size), "MultiOutputRegression", b =>
                {
                    if (task.SlotNames is not null) KeyNames.FromText(task.SlotNames).AddTo(b, Annotate.SlotNames);
                });
                break;
        }

        // No evaluator of ML.NET knows label images, so none shall take these columns for a scorer's.
        void AddPlain(string role, DataViewType type) => columns.Add(new OutputColumn(k, role, new(prefix + role, type)));

        void Add(string role, DataViewType type, string scorer, Action<DataViewSchema.Annotations.Builder>? more = null)
        {
            var builder = Annotate.Scorer(scorer, role, setId);
            more?.Invoke(builder);
            columns.Add(new OutputColumn(k, role, new(prefix + role, type, builder.ToAnnotations())));
        }
    }
}

/// <summary>An added column: which task's, in which role, and its schema.</summary>
internal sealed record OutputColumn(int Task, string Role, DataViewSchema.DetachedColumn Column);
