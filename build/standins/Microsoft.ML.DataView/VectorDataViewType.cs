using System.Collections.Immutable;
using System.Text;

namespace Microsoft.ML.Data;

/// <summary>A vector of primitive items; size 0 means that the length differs from row to row.</summary>
public sealed class VectorDataViewType : StructuredDataViewType
{
    public VectorDataViewType(PrimitiveDataViewType itemType, int size = 0)
        : this(itemType, ImmutableArray.Create(size))
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, params int[] dimensions)
        : this(itemType, (dimensions ?? throw new ArgumentNullException(nameof(dimensions))).ToImmutableArray())
    {
    }

    public VectorDataViewType(PrimitiveDataViewType itemType, ImmutableArray<int> dimensions)
        : base(typeof(VBuffer<>).MakeGenericType((itemType ?? throw new ArgumentNullException(nameof(itemType))).RawType))
    {
        Check.Param(!dimensions.IsDefaultOrEmpty && dimensions.All(d => d >= 0), nameof(dimensions), "Dimensions must not be empty or negative");
        ItemType = itemType;
        Dimensions = dimensions;
        var size = 1L;
        foreach (var d in dimensions)
            size = checked(size * d);
        Size = checked((int)size);
    }

    public ImmutableArray<int> Dimensions { get; }

    public PrimitiveDataViewType ItemType { get; }

    public int Size { get; }

    public bool IsKnownSize => Size > 0;

    public override bool Equals(DataViewType other) =>
        other is VectorDataViewType vector && ItemType.Equals(vector.ItemType) && Dimensions.SequenceEqual(vector.Dimensions);

    public override bool Equals(object other) => other is DataViewType type && Equals(type);

    public override int GetHashCode() => HashCode.Combine(ItemType, Size, Dimensions.Length);

    public override string ToString()
    {
        var text = new StringBuilder("Vector<").Append(ItemType);
        if (Dimensions.Length > 1 || Size > 0)
            foreach (var d in Dimensions)
                text.Append(", ").Append(d > 0 ? d.ToString() : "*");
        return text.Append('>').ToString();
    }
}
