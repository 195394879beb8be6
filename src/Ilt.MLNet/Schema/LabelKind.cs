using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>What a label column holds.</summary>
internal enum LabelKind
{
    Key = 0,
    Boolean = 1,
    Number = 2,
    Vector = 3,
}

internal static class LabelKinds
{
    /// <summary>What a label column of this shape holds, or null where it fits no task of the kind.</summary>
    public static LabelKind? Of(SchemaShape.Column column, TaskKind task)
    {
        var scalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        if (task == TaskKind.Classification)
            return !scalar ? null : column.IsKey ? LabelKind.Key : column.ItemType is BooleanDataViewType ? LabelKind.Boolean : null;
        if (column.IsKey) return null;
        if (scalar) return column.ItemType is NumberDataViewType ? LabelKind.Number : null;
        return column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType.Equals(NumberDataViewType.Single) ? LabelKind.Vector : null;
    }

    public static string Expected(TaskKind task) => task == TaskKind.Classification
        ? "Key or Boolean"
        : "a number or known-size Vector<Single>";

    public static string Advice(TaskKind task) => task == TaskKind.Classification
        ? "Turn classes into keys first, with mlContext.Transforms.Conversion.MapValueToKey"
        : "Turn the column into numbers first, with mlContext.Transforms.Conversion.ConvertType";
}
