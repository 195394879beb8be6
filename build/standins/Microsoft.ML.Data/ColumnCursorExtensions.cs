using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    /// <summary>The column's values; texts also as strings, vectors also as arrays.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        Check.NotNull(data, nameof(data));
        Check.NotEmpty(columnName, nameof(columnName));
        var column = Columns.Find(data.Schema, columnName, parameter: nameof(columnName));
        if (column.Type.RawType == typeof(T))
            return Read<T, T>(data, column, value => value);
        if (typeof(T) == typeof(string) && column.Type is TextDataViewType)
            return (IEnumerable<T>)Read<ReadOnlyMemory<char>, string>(data, column, text => text.ToString());
        if (column.Type is VectorDataViewType vector && typeof(T) == vector.ItemType.RawType.MakeArrayType())
            return Generic.Call<IEnumerable<T>>(Arrays<int>, [vector.ItemType.RawType], data, column);
        throw new ArgumentOutOfRangeException(nameof(T), $"Could not map a data view column '{column.Name}' of type {column.Type} to {typeof(T)}.");
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column) =>
        Read<VBuffer<T>, T[]>(data, column, vector => [.. vector.DenseValues()]);

    private static IEnumerable<TOut> Read<T, TOut>(IDataView data, DataViewSchema.Column column, Func<T, TOut> map)
    {
        using var cursor = data.GetRowCursor([column]);
        var get = cursor.GetGetter<T>(column);
        while (cursor.MoveNext())
        {
            // What is handed out must not share its memory with the next row.
            T value = default;
            get(ref value);
            yield return map(value);
        }
    }
}
