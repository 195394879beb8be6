using Microsoft.ML.Data;
using Onnx;

namespace Ilt.Onnx;

/// <summary>ONNX's types of numbers, and those of ML.NET that they are.</summary>
internal static class OnnxType
{
    public const int Float = (int)TensorProto.Types.DataType.Float;
    public const int Float16 = (int)TensorProto.Types.DataType.Float16;
    public const int Int64 = (int)TensorProto.Types.DataType.Int64;
    public const int Text = (int)TensorProto.Types.DataType.String;
    public const int Bool = (int)TensorProto.Types.DataType.Bool;

    private static readonly Dictionary<Type, int> Known = new()
    {
        [typeof(float)] = Float,
        [typeof(double)] = (int)TensorProto.Types.DataType.Double,
        [typeof(int)] = (int)TensorProto.Types.DataType.Int32,
        [typeof(long)] = Int64,
        [typeof(bool)] = Bool,
        [typeof(ReadOnlyMemory<char>)] = Text,
    };

    /// <summary>The type of a column's items; null where ONNX has none for it, as for keys.</summary>
    public static int? Of(DataViewType type) => ((type as VectorDataViewType)?.ItemType ?? type) is var item && item is not KeyDataViewType && Known.TryGetValue(item.RawType, out var found) ? found : null;

    /// <summary>Numbers or texts per row; null where rows differ.</summary>
    public static int? SizeOf(DataViewType type) => type is VectorDataViewType vector ? vector.IsKnownSize ? vector.Size : null : 1;
}
