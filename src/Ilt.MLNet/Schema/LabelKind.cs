using Ilt.Torch;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>What a label column holds. The numbers are part of the file format.</summary>
internal enum LabelKind
{
    Key = 0,
    Boolean = 1,
    Number = 2,
    Vector = 3,
    Mask = 4,
    Map = 5,
    Derived = 6, // no column: numbers that come from other labels
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
        if (task is TaskKind.PixelClassification or TaskKind.PixelRegression)
        {
            DataViewType item = task == TaskKind.PixelClassification ? NumberDataViewType.Byte : NumberDataViewType.Single;
            return column.Kind != SchemaShape.Column.VectorKind.Vector || !column.ItemType.Equals(item) ? null : task == TaskKind.PixelClassification ? LabelKind.Mask : LabelKind.Map;
        }
        if (scalar) return column.ItemType is NumberDataViewType ? LabelKind.Number : null;
        return column.Kind == SchemaShape.Column.VectorKind.Vector && column.ItemType.Equals(NumberDataViewType.Single) ? LabelKind.Vector : null;
    }

    public static string Expected(TaskKind task) => task switch
    {
        TaskKind.Classification => "Key or Boolean",
        TaskKind.Regression => "a number or known-size Vector<Single>",
        TaskKind.PixelClassification => "Vector<Byte> with the dimensions [height, width]",
        _ => "Vector<Single> with the dimensions [height, width]",
    };
}
