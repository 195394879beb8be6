using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The annotations that transforms hand on or make.</summary>
internal static class Annotated
{
    public const string SlotNames = "SlotNames";
    public const string KeyValues = "KeyValues";
    public const string IsNormalized = "IsNormalized";

    /// <summary>The annotations of <paramref name="source"/> that are named.</summary>
    public static DataViewSchema.Annotations.Builder Keep(DataViewSchema.Column source, params string[] names)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(source.Annotations, names.Contains);
        return builder;
    }

    public static void AddNormalized(this DataViewSchema.Annotations.Builder builder) =>
        builder.AddPrimitiveValue(IsNormalized, BooleanDataViewType.Instance, true);

    public static void AddVector<T>(this DataViewSchema.Annotations.Builder builder, string name, PrimitiveDataViewType item, T[] values) =>
        builder.Add(name, new VectorDataViewType(item, values.Length), (ref VBuffer<T> result) => new VBuffer<T>(values.Length, values).CopyTo(ref result));

    /// <summary>The text annotation, one text a slot, or null.</summary>
    public static ReadOnlyMemory<char>[] Texts(DataViewSchema.Column column, string name, int count)
    {
        if (count == 0 || column.Annotations.Schema.GetColumnOrNull(name)?.Type is not VectorDataViewType { ItemType: TextDataViewType } type || type.Size != count)
            return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.Annotations.GetValue(name, ref values);
        return [.. values.DenseValues()];
    }
}

/// <summary>What estimators ask of the shape of their input.</summary>
internal static class Shapes
{
    /// <summary>The column under a new name, with another item type where given, and only the annotations that are named.</summary>
    public static SchemaShape.Column Derive(SchemaShape.Column column, string name, DataViewType item, bool isKey, params IEnumerable<SchemaShape.Column> annotations) =>
        new(name, column.Kind, item, isKey, new SchemaShape(annotations));

    public static IEnumerable<SchemaShape.Column> Keep(SchemaShape.Column column, params string[] names) =>
        column.Annotations.Where(a => names.Contains(a.Name));

    public static SchemaShape.Column Normalized { get; } = new(Annotated.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);

    public static SchemaShape.Column Texts(string name) => new(name, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, false);
}
