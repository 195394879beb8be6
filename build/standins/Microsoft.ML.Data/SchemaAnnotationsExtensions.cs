namespace Microsoft.ML.Data;

/// <summary>The annotations that ML.NET itself gives a meaning.</summary>
public static class SchemaAnnotationsExtensions
{
    private const string SlotNames = "SlotNames";
    private const string KeyValues = "KeyValues";

    public static bool IsNormalized(this DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("IsNormalized")?.Type is not BooleanDataViewType)
            return false;
        var value = false;
        column.Annotations.GetValue("IsNormalized", ref value);
        return value;
    }

    public static bool HasSlotNames(this DataViewSchema.Column column) =>
        column.Type is VectorDataViewType { Size: > 0 } vector
        && column.Annotations.Schema.GetColumnOrNull(SlotNames)?.Type is VectorDataViewType { ItemType: TextDataViewType } names
        && names.Size == vector.Size;

    public static void GetSlotNames(this DataViewSchema.Column column, ref VBuffer<ReadOnlyMemory<char>> slotNames) =>
        column.Annotations.GetValue(SlotNames, ref slotNames);

    public static bool HasKeyValues(this DataViewSchema.Column column, PrimitiveDataViewType keyValueItemType = null) =>
        DataKinds.ItemType(column.Type) is KeyDataViewType key
        && column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is VectorDataViewType values
        && (ulong)values.Size == key.Count
        && (keyValueItemType is null || values.ItemType.Equals(keyValueItemType));

    public static void GetKeyValues<TValue>(this DataViewSchema.Column column, ref VBuffer<TValue> keyValues) =>
        column.Annotations.GetValue(KeyValues, ref keyValues);
}
