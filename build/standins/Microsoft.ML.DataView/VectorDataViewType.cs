namespace Microsoft.ML.Data;

/// <summary>A vector of primitive items; size 0 means that the length differs from row to row.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        Check.Param(size >= 0, nameof(size), "Must not be negative");
        ItemType = itemType;
        Size = size;
    }

    public PrimitiveDataViewType ItemType { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType other) => other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Size == vector.Size;

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(ItemType, Size);

    public override string ToString() => Size > 0 ? $"Vector<{ItemType}, {Size}>" : $"Vector<{ItemType}>";
}
