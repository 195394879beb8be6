using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Helpers about columns that many views and transformers need.</summary>
internal static class Columns
{
    /// <summary>Which columns of the schema are asked for, by index.</summary>
    public static bool[] Mask(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        Check.NotNull(columns, nameof(columns));
        var mask = new bool[schema.Count];
        foreach (var column in columns)
        {
            Check.Param(column.Index < mask.Length && column.Name == schema[column.Index].Name, nameof(columns), $"Column '{column.Name}' does not belong to the schema");
            mask[column.Index] = true;
        }
        return mask;
    }

    /// <summary>The input column of a transformer, or the exception ML.NET gives for a missing one.</summary>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role = "input", string parameter = "inputSchema") =>
        schema.GetColumnOrNull(name) ?? throw Missing(name, role, parameter);

    public static SchemaShape.Column Find(SchemaShape schema, string name, string role = "input")
    {
        Check.NotNull(schema, "inputSchema");
        return schema.TryFindColumn(name, out var column) ? column : throw Missing(name, role, "inputSchema");
    }

    public static ArgumentOutOfRangeException Missing(string name, string role, string parameter) =>
        new(parameter, $"Could not find {role} column '{name}'");

    public static ArgumentOutOfRangeException Mismatch(string name, string role, string expected, string found, string parameter = "inputSchema") =>
        new(parameter, $"Schema mismatch for {role} column '{name}': expected {expected}, got {found}");

    /// <summary>The getter of a column whose type is known only at run time.</summary>
    public static Delegate GetGetter(DataViewRow row, DataViewSchema.Column column) =>
        Generic.Call<Delegate>(TypedGetter<int>, [column.Type.RawType], row, column);

    private static ValueGetter<T> TypedGetter<T>(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);
}
