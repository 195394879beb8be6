using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Data kinds, raw types and column types of each other.</summary>
internal static class DataKinds
{
    private static readonly (DataKind Kind, PrimitiveDataViewType Type)[] _all =
    [
        (DataKind.SByte, NumberDataViewType.SByte), (DataKind.Byte, NumberDataViewType.Byte),
        (DataKind.Int16, NumberDataViewType.Int16), (DataKind.UInt16, NumberDataViewType.UInt16),
        (DataKind.Int32, NumberDataViewType.Int32), (DataKind.UInt32, NumberDataViewType.UInt32),
        (DataKind.Int64, NumberDataViewType.Int64), (DataKind.UInt64, NumberDataViewType.UInt64),
        (DataKind.Single, NumberDataViewType.Single), (DataKind.Double, NumberDataViewType.Double),
        (DataKind.String, TextDataViewType.Instance), (DataKind.Boolean, BooleanDataViewType.Instance),
    ];

    public static PrimitiveDataViewType TypeOf(DataKind kind) =>
        _all.FirstOrDefault(x => x.Kind == kind).Type ?? throw new ArgumentOutOfRangeException(nameof(kind), $"Unsupported data kind '{kind}'");

    /// <summary>The kind of a non-key item type, or null.</summary>
    public static DataKind? KindOf(DataViewType type)
    {
        foreach (var (kind, known) in _all)
            if (ReferenceEquals(known, type))
                return kind;
        return null;
    }

    /// <summary>The plain column type of a raw type (text for <c>string</c> too), or null.</summary>
    public static PrimitiveDataViewType NumberOf(Type raw) =>
        raw == typeof(string) ? TextDataViewType.Instance : _all.FirstOrDefault(x => x.Type.RawType == raw).Type;

    public static PrimitiveDataViewType ItemType(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type as PrimitiveDataViewType;
}
