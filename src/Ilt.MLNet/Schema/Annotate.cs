using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>The annotations by which ML.NET's own evaluators and steps recognise score columns.</summary>
internal static class Annotate
{
    public const string SlotNames = "SlotNames";
    public const string ClassValues = "ClassValues"; // of predicted masks, see TaskColumn.ClassValues
    public const string TrainingLabelValues = "TrainingLabelValues";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string ScoreValueKind = "ScoreValueKind";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string IsNormalized = "IsNormalized";

    /// <summary>Annotations of one column of a scorer.</summary>
    /// <param name="columnKind">BinaryClassification, MulticlassClassification, Regression, MultiOutputRegression.</param>
    /// <param name="valueKind">Score, PredictedLabel or Probability.</param>
    /// <param name="setId">One number for all columns of one scorer in a view.</param>
    public static DataViewSchema.Annotations.Builder Scorer(string columnKind, string valueKind, uint setId)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.AddPrimitiveValue(ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        builder.AddPrimitiveValue(ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
        builder.AddPrimitiveValue(ScoreColumnSetId, new KeyDataViewType(typeof(uint), int.MaxValue), setId);
        return builder;
    }

    /// <summary>The first set id that no column of the schema uses.</summary>
    public static uint NextSetId(DataViewSchema schema)
    {
        uint highest = 0;
        foreach (var column in schema)
            if (column.Annotations.Schema.GetColumnOrNull(ScoreColumnSetId)?.Type is KeyDataViewType { RawType: { } raw } && raw == typeof(uint))
            {
                uint id = 0;
                column.Annotations.GetValue(ScoreColumnSetId, ref id);
                highest = Math.Max(highest, id);
            }
        return highest + 1;
    }
}
